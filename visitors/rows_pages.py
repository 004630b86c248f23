"""The rows behind a figure, on a page and as a file: for management by year, for the desk by day."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.pages import exports
from visitors import behind, counting, definitions, leafing
from visitors.behind import Wanted
from visitors.forms import AheadForm, DayRowsForm, RowsForm
from visitors.models import Arrival, Indicator, Visit

MOST_EXPORTED = 200_000  # rows of one file; more is asked for by month


@require_GET
@staff_page("indicators.view")
def rows(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Entries of the ledger by year: what RowsForm says, as a page or a file of `kind`."""
    form = RowsForm(request.GET)
    if not form.is_valid():
        return asked_wrongly(request, form)
    today = periods.local_day(timezone.now())
    return _shown(
        request, form, form.wanted(today), kind, back="visitors:management", file="visitors:rows-file"
    )


@require_GET
@staff_page("visits.view")
def day_rows(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Entries of the ledger of one day, today's where none is asked for, as the desk sees them."""
    at = timezone.now()
    asked = request.GET.copy()
    if not asked.get("dag") and not asked.get("incheckning"):
        asked["dag"] = str(periods.local_day(at))
    form = DayRowsForm(asked)
    if not form.is_valid():
        return asked_wrongly(request, form)
    wanted = form.wanted(at)
    of_doors = wanted.day and (wanted.at_door or wanted.source == Visit.Source.COUNTER)
    beside = of_doors and actor.of(request).has_capability("counts.view")
    back = "counters:day" if beside else "visitors:reception"
    return _shown(request, form, wanted, kind, back=back, file="visitors:day-rows-file")


@require_GET
@staff_page("indicators.view")
def ahead(request: HttpRequest, kind: str = "") -> HttpResponse:
    """The parties behind "booked ahead"."""
    form = AheadForm(request.GET)
    if not form.is_valid():
        return asked_wrongly(request, form)
    asked = form.cleaned_data
    today = periods.local_day(timezone.now())
    found = behind.ahead(asked["indikator"], asked["ar"], as_of=today, month=asked["manad"])
    count, sum_of = behind.total(found)
    if kind:
        return _file(request, kind, count, _("booked-ahead"), _AHEAD_HEADING, _ahead_cells(found))
    leaf = leafing.leaf(
        found.select_related("municipality", "occasion"), by="starts_at", after=asked["efter"]
    )
    told = {"indicator": Indicator(asked["indikator"]), "facts": form.facts(), "count": count, "sum": sum_of}
    files = {one: reverse("visitors:ahead-file", args=[one]) for one in exports.CONTENT_TYPES}
    return render(request, "visitors/ahead.html", told | {"files": files} | _leafing(request, leaf))


def asked_wrongly(request: HttpRequest, form: Form) -> HttpResponse:
    return render(request, "visitors/rows.html", {"form": form}, status=400)


def _shown(
    request: HttpRequest, form: RowsForm | DayRowsForm, wanted: Wanted, kind: str, *, back: str, file: str
) -> HttpResponse:
    files = {one: reverse(file, args=[one]) for one in exports.CONTENT_TYPES}
    return shown(
        request, form, wanted, kind, found=behind.entries(wanted), more={"back": back, "files": files}
    )


def shown(
    request: HttpRequest,
    form: RowsForm | DayRowsForm,
    wanted: Wanted,
    kind: str,
    *,
    found: QuerySet[Visit],
    more: dict[str, Any],
) -> HttpResponse:
    """These entries, each with `counts`, as a page with `more` on it, or as a file of `kind`."""
    count, sum_of = behind.total(found)
    whole = found.select_related("municipality", "by", "device", "check_in__arrival__occasion")
    if kind:
        return _file(request, kind, count, _("ledger"), _HEADING, _cells(whole))
    indicator = Indicator(wanted.indicator) if wanted.indicator else None
    context = {
        "indicator": indicator,
        "unit": definitions.unit(indicator) if indicator else _("heads"),
        "one_each": indicator in {*counting.INDIVIDUALS, Indicator.CONFERENCES},
        "facts": form.facts(),
        "year": wanted.year,
        "day": wanted.day,
        "count": count,
        "sum": sum_of,
    }
    leaf = leafing.leaf(whole, by="day", after=form.cleaned_data["efter"])
    return render(request, "visitors/rows.html", context | more | _leafing(request, leaf))


def _leafing(request: HttpRequest, leaf: leafing.Leaf) -> dict[str, Any]:
    """The page's rows and the questions that lead to the next page, to the first and to the files."""
    first = request.GET.copy()
    first.pop("efter", None)
    following = first.copy()
    if leaf.after:
        following["efter"] = str(leaf.after)
    return {
        "rows": leaf.rows,
        "first": first.urlencode(),
        "following": following.urlencode() if leaf.after else "",
        "is_first": "efter" not in request.GET,
    }


# --- Files ------------------------------------------------------------------------------------------------------


def _file(
    request: HttpRequest, kind: str, count: int, name: str, heading: list[Any], cells: Iterator[list[Any]]
) -> HttpResponse:
    if count > MOST_EXPORTED:
        return render(
            request, "visitors/too_many_rows.html", {"count": count, "most": MOST_EXPORTED}, status=409
        )
    day = periods.local_day(timezone.now())
    return exports.download(kind, name=f"{name}-{day}", heading=[str(word) for word in heading], rows=cells)


_HEADING = [
    gettext_lazy("Entry"), gettext_lazy("Day"), gettext_lazy("Came"), gettext_lazy("Category"), gettext_lazy("Heads"), gettext_lazy("Counts"), gettext_lazy("Municipality"), gettext_lazy("Party"),
    gettext_lazy("Where from"), gettext_lazy("Entered by"), gettext_lazy("Entered"), gettext_lazy("Takes back"),
]  # fmt: skip
_AHEAD_HEADING = [
    gettext_lazy("Time"),
    gettext_lazy("Who"),
    gettext_lazy("Municipality"),
    gettext_lazy("Participants"),
    gettext_lazy("Adults"),
    gettext_lazy("Counts"),
    gettext_lazy("Code"),
]


def _cells(found: QuerySet[Visit]) -> Iterator[list[Any]]:
    for visit in found.order_by("day", "pk").iterator(chunk_size=5000):
        yield [
            visit.pk,
            visit.day,
            visit.at,
            visit.get_category_display(),
            visit.count,
            visit.counts,  # type: ignore[attr-defined]  # annotated by behind.entries
            visit.municipality.name if visit.municipality else None,
            visit.check_in.arrival.label_without_persons if visit.check_in else None,
            visit.where_from,
            visit.who,
            visit.entered_at,
            visit.reverses_id,
        ]


def _ahead_cells(found: QuerySet[Arrival]) -> Iterator[list[Any]]:
    for party in (
        found.select_related("municipality", "occasion").order_by("starts_at", "pk").iterator(chunk_size=5000)
    ):
        yield [
            party.starts_at,
            party.label_without_persons,
            party.municipality.name if party.municipality else None,
            party.expected_participants,
            party.expected_adults,
            party.counts,  # type: ignore[attr-defined]  # annotated by behind.ahead
            party.code,
        ]
