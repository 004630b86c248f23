"""The management's page: the year against its targets; every number leads to the rows behind it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from babel.dates import get_month_names
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.pages.charts import Chart, Series
from visitors import indicators, sums
from visitors.behind import UNKNOWN
from visitors.forms import year_in
from visitors.links import rows_url

YEARS_BACK = 4


@require_GET
@staff_page("indicators.view")
def management(request: HttpRequest) -> HttpResponse:
    """Each figure with its target, definition and months; `ar` chooses the year."""
    today = periods.local_day(timezone.now())
    year = year_in(request.GET.get("ar", ""), today.year)
    report = indicators.report(year, as_of=today)
    context = {
        "report": report,
        "shown": [_shown(figure, year, today) for figure in report.figures],
        "years": range(today.year + 1, today.year - YEARS_BACK - 1, -1),
        "today": today,
        "can_see_checks": actor.of(request).has_capability("ledger.view_checks"),
    }
    return render(request, "visitors/management.html", context)


def _month_names(width: Literal["abbreviated", "wide"]) -> dict[int, str]:
    return dict(get_month_names(width, "stand-alone", locale=get_language() or "sv"))


@dataclass(frozen=True)
class Shown:
    """A figure with its chart and the addresses of the rows behind its numbers."""

    figure: indicators.Figure
    chart: Chart
    outcome: str
    same_day_last_year: str
    booked_ahead: str
    by_municipality: list[tuple[indicators.Place, str, str]]


def _shown(figure: indicators.Figure, year: int, today: dt.date) -> Shown:
    this_year = {"ar": year, "indikator": figure.code}
    same_day = sums.span(year, today).same_day.isoformat()
    before = {"ar": year - 1, "regler": year, "indikator": figure.code}
    return Shown(
        figure=figure,
        chart=_chart(figure, year, this_year, before),
        outcome=rows_url(**this_year),
        same_day_last_year=rows_url(**before, till=same_day),
        booked_ahead=_ahead_url(**this_year),
        by_municipality=[
            (
                place,
                rows_url(**this_year, kommun=place.code or UNKNOWN),
                rows_url(**before, till=same_day, kommun=place.code or UNKNOWN),
            )
            for place in figure.by_municipality
        ],
    )


def _ahead_url(**asked: Any) -> str:
    return f"{reverse('visitors:ahead')}?{urlencode(asked)}"


def _chart(figure: indicators.Figure, year: int, this_year: dict[str, Any], before: dict[str, Any]) -> Chart:
    months = range(1, 13)
    last_day = dt.date(year - 1, 12, 31).isoformat()
    series: list[Series] = [
        Series(
            str(year),
            [month.outcome for month in figure.by_month],
            [rows_url(**this_year, manad=month) for month in months],
        ),
        Series(
            str(year - 1),
            [month.last_year for month in figure.by_month],
            [rows_url(**before, till=last_day, manad=month) for month in months],
        ),
    ]
    if figure.booked_ahead:
        ahead = [_ahead_url(**this_year, manad=month) for month in months]
        series.append(Series(_("Booked ahead"), [month.booked_ahead for month in figure.by_month], ahead))
    names: dict[str, Any] = {"name": figure.name, "unit": figure.unit}
    return Chart(
        title=_("%(name)s by month, %(unit)s") % names,
        labels=list(_month_names("abbreviated").values()),
        series=series,
        key=figure.code,
    )
