"""The management's pages: the year against its targets, and the rows behind every figure."""

from typing import Any, Literal

from babel.dates import get_month_names
from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from navet import periods
from navet.accounts.doors import staff_page
from navet.house.models import Occasion
from navet.pages.charts import Chart, Series
from visitors import counting, indicators
from visitors.forms import FIRST_YEAR, LAST_YEAR, RowsForm
from visitors.models import CountingRule, Indicator, Visit

ROWS_A_PAGE = 100
YEARS_BACK = 4


@require_GET
@staff_page("indicators.view")
def management(request: HttpRequest) -> HttpResponse:
    """Each figure with its target, definition and months; `ar` chooses the year."""
    today = periods.local_day(timezone.now())
    year = _year(request.GET.get("ar", ""), today.year)
    report = indicators.report(year, as_of=today)
    context = {
        "report": report,
        "figures": [(figure, _chart(figure, year)) for figure in report.figures],
        "months": list(_month_names("wide").items()),
        "years": range(today.year + 1, today.year - YEARS_BACK - 1, -1),
        "today": today,
    }
    return render(request, "visitors/management.html", context)


@require_GET
@staff_page("indicators.view")
def rows(request: HttpRequest) -> HttpResponse:
    """The ledger's rows behind a figure: `indikator`, `ar`, and `manad` where one month is meant."""
    form = RowsForm(request.GET)
    if not form.is_valid():
        return render(request, "visitors/rows.html", {"form": form}, status=400)
    found = _behind(**form.cleaned_data)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    month = form.cleaned_data["manad"]
    context = {
        "form": form,
        "indicator": Indicator(form.cleaned_data["indikator"]),
        "individuals": form.cleaned_data["indikator"] in counting.INDIVIDUALS,
        "year": form.cleaned_data["ar"],
        "month": _month_names("wide")[month] if month else "",
        "page": page,
        "heads": found.aggregate(heads=Sum("count", default=0))["heads"],
    }
    return render(request, "visitors/rows.html", context)


def _behind(indikator: str, ar: int, manad: int | None) -> QuerySet[Visit]:
    """Entries up to today that the year's rules count in the indicator, reversals included, oldest first."""
    entries = Visit.objects.in_year(ar).filter(day__lte=periods.local_day(timezone.now()))
    if indikator == Indicator.CONFERENCES:
        entries = entries.filter(check_in__arrival__kind=Occasion.Kind.CONFERENCE)
    else:
        rules = CountingRule.objects.values_list("year", "indicator", "category", "counts")
        entries = entries.filter(category__in=counting.categories_of(ar, rules)[indikator])
    if manad:
        entries = entries.filter(day__month=manad)
    return entries.select_related("municipality", "by", "device", "check_in__arrival").order_by("at", "pk")


def _year(text: str, this_year: int) -> int:
    """The year asked for, or this one where it cannot be read."""
    if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    return this_year


def _month_names(width: Literal["abbreviated", "wide"]) -> dict[int, str]:
    return dict(get_month_names(width, "stand-alone", locale=get_language() or "sv"))


def _chart(figure: indicators.Figure, year: int) -> Chart:
    series: list[Series] = [
        Series(str(year), [month.outcome for month in figure.by_month]),
        Series(str(year - 1), [month.last_year for month in figure.by_month]),
    ]
    if figure.booked_ahead:
        series.append(Series(_("Booked ahead"), [month.booked_ahead for month in figure.by_month]))
    names: dict[str, Any] = {"name": figure.name, "unit": figure.unit}
    return Chart(
        title=_("%(name)s by month, %(unit)s") % names,
        labels=list(_month_names("abbreviated").values()),
        series=series,
        key=figure.code,
    )
