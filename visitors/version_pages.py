"""Old and new rules side by side: before somebody decides, and for every version there was; and the versions as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from navet.pages import exports
from visitors import behind, compared, comparing, counting, decisions, rows_pages, versions
from visitors.behind import Wanted
from visitors.comparing import Comparison
from visitors.counting import Rules
from visitors.counting_words import told
from visitors.forms import CountingForm, year_in
from visitors.models import Category, CountingDecision, Indicator
from visitors.version_forms import DIFFERENCE, NEW, OLD, ComparedRowsForm, ProposedRowsForm


@require_GET
@staff_page("counting.edit")
def preview(request: HttpRequest) -> HttpResponse:
    """What a decision would do to the figures; nothing is saved, and the address can be shown to somebody else."""
    today = periods.local_day(timezone.now())
    year = year_in(request.GET.get("ar", ""), today.year)
    form = CountingForm(request.GET, year=year)
    changes = _proposed(form, year) if form.is_valid() else None
    if changes is None:
        context = {"form": form, "year": year, "is_past": year < today.year}
        return render(request, "visitors/counting_decide.html", context, status=400)
    years = [year] if year >= today.year else [year, today.year]
    both = [(counting.rules_of(one), versions.rules_with(one, changes, of=year)) for one in years]
    laid = [
        comparing.compare(one, old, new, as_of=today)
        for one, (old, new) in zip(years, both, strict=True)
        if one == year or old != new
    ]
    context = {
        "form": form,
        "year": year,
        "is_past": year < today.year,
        "told": list(told(changes)),
        "sides": [(one, compared.shown(one, _proposed_address(form, year))) for one in laid],
        "asked": request.GET.urlencode(),
    }
    return render(request, "visitors/counting_preview.html", context)


def _proposed(form: CountingForm, year: int) -> decisions.Changes | None:
    """What would change; None, and the form says why, where it cannot be decided."""
    try:
        return decisions.propose(
            year,
            categories=form.categories(),
            targets=form.targets(),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return None


def _proposed_address(form: CountingForm, decided: int) -> compared.Address:
    chosen = form.categories()

    def address(comparison: Comparison, code: str, side: str, **more: Any) -> str:
        """Of another year than the decided one only what changes is asked: a row of its own may hold there."""
        if comparison.year != decided:
            return ""
        asked = {"ar": decided, "indikator": code, "visa": side, "raknas": chosen[code], **more}
        return f"{reverse('visitors:proposed-rows')}?{urlencode(asked, doseq=True)}"

    return address


@require_GET
@staff_page("counting.edit")
def proposed_rows(request: HttpRequest, kind: str = "") -> HttpResponse:
    """The entries behind a comparison that nobody has decided on."""
    form = ProposedRowsForm(request.GET)
    if not form.is_valid():
        return rows_pages.asked_wrongly(request, form)
    wanted = form.wanted(periods.local_day(timezone.now()))
    old = counting.rules_of(form.cleaned_data["ar"])
    return _rows(request, form, wanted, (old, form.rules(old)), kind, back=reverse("visitors:counting"))


@require_GET
@staff_page("indicators.view")
def version(request: HttpRequest, number: int) -> HttpResponse:
    """What a version changed, and the year's figures by the rules before it and by its own: on its day, and today."""
    made = _made(number)
    old, new = _before_and_after(made)
    today, then = periods.local_day(timezone.now()), periods.local_day(made.decided_at)
    moments = [(then, then), (today, None)] if then < today else [(today, None)]
    laid = [comparing.compare(made.year, old, new, as_of=day, known=known) for day, known in moments]
    context = {
        "version": made,
        "told": list(told(made.changes)),
        "sides": [(one, compared.shown(one, _version_address(number))) for one in laid],
        "holds": decisions.in_force(made.year) == made,
        "earlier": number - 1,
        "later": number + 1 if number < decisions.version() else None,
        "can_edit": actor.of(request).has_capability("counting.edit"),
    }
    return render(request, "visitors/counting_version.html", context)


def _version_address(number: int) -> compared.Address:
    def address(comparison: Comparison, code: str, side: str, **more: Any) -> str:
        asked: dict[str, Any] = {"indikator": code, "visa": side, **more}
        if comparison.known:
            asked |= {"till": comparison.as_of, "kant": comparison.known}
        return f"{reverse('visitors:version-rows', args=[number])}?{urlencode(asked)}"

    return address


@require_GET
@staff_page("indicators.view")
def version_rows(request: HttpRequest, number: int | str, kind: str = "") -> HttpResponse:
    """The entries behind a version's figures, of the year it was for."""
    number = int(number)  # the file's address is a pattern, and gives text
    made = _made(number)
    asked = request.GET.copy()
    asked["ar"] = str(made.year)
    form = ComparedRowsForm(asked)
    if not form.is_valid():
        return rows_pages.asked_wrongly(request, form)
    wanted = form.wanted(periods.local_day(timezone.now()))
    back = reverse("visitors:counting-version", args=[number])
    return _rows(request, form, wanted, _before_and_after(made), kind, back=back, number=number)


def _made(number: int) -> CountingDecision:
    made = CountingDecision.objects.filter(number=min(number, 2**31 - 1)).select_related("by").first()
    if made is None:
        raise Http404
    return made


def _before_and_after(made: CountingDecision) -> tuple[Rules, Rules]:
    return versions.rules_at(made.number - 1, made.year), versions.rules_at(made.number, made.year)


def _rows(
    request: HttpRequest,
    form: ComparedRowsForm,
    wanted: Wanted,
    rules: tuple[Rules, Rules],
    kind: str,
    *,
    back: str,
    number: int | None = None,
) -> HttpResponse:
    side = form.cleaned_data["visa"]
    if side == DIFFERENCE:
        found = comparing.rows(wanted, *rules)
    else:
        found = behind.entries(wanted, rules[(OLD, NEW).index(side)])
    name = "visitors:proposed-rows-file" if number is None else "visitors:version-rows-file"
    files = {of: reverse(name, args=[of] if number is None else [number, of]) for of in exports.CONTENT_TYPES}
    more = {"back_url": back, "files": files, "signed": side == DIFFERENCE}
    return rows_pages.shown(request, form, wanted, kind, found=found, more=more)


# --- The versions as a file ---------------------------------------------------------------------------------------


@require_GET
@staff_page("indicators.view")
def versions_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Every change of every version, one on each line: who, when, why, before and after."""
    heading = [
        _("Version"), _("Year"), _("Decided"), _("By"), _("Indicator"), _("Category"), _("Before"), _("After"), _("Reason"),
    ]  # fmt: skip
    day = periods.local_day(timezone.now())
    return exports.download(kind, name=f"{_('counting-rules')}-{day}", heading=heading, rows=_changes())


def _changes() -> Iterator[list[Any]]:
    for made in CountingDecision.objects.select_related("by").order_by("number"):
        for change in made.changes:
            counts = {True: _("counts"), False: _("no")} if change["category"] else {}
            yield [
                made.number,
                made.year,
                made.decided_at,
                str(made.by),
                Indicator(change["indicator"]).label,
                Category(change["category"]).label if change["category"] else _("Target"),
                counts.get(change["before"], change["before"]),
                counts.get(change["after"], change["after"]),
                made.reason,
            ]
