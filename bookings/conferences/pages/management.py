"""`/ledning/konferenser/`: conferences against their target by month, what they came to, and how full the rooms are."""

import datetime as dt
from typing import Any

from babel.dates import get_day_names, get_month_names
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.conferences import figures
from navet import periods
from navet.accounts.doors import staff_page
from navet.pages.charts import Chart, Series
from visitors import indicators
from visitors.forms import year_in
from visitors.links import rows_url
from visitors.models import Category, Indicator

YEARS_BACK = 4


@require_safe
@staff_page("indicators.view")
def conferences(request: HttpRequest) -> HttpResponse:
    """`ar` chooses the year. Conferences held are counted as on `/ledning/`, each once."""
    today = periods.local_day(timezone.now())
    year = year_in(request.GET.get("ar", ""), today.year)
    held = _held(year, today)
    sold, before = figures.turnover(year), figures.turnover(year - 1)
    context = {
        "year": year,
        "years": range(today.year + 1, today.year - YEARS_BACK - 1, -1),
        "held": held,
        "held_url": rows_url(ar=year, indikator=held.code),
        "guests": figures.guests(year),
        "guests_url": rows_url(ar=year, kategori=Category.CONFERENCE),
        "held_chart": _held_chart(held, year),
        "sold": sold,
        "things": [(figures.of_name(one.of), one) for one in sold.sold],
        "turnover_chart": _turnover_chart(sold, before, year),
        "rooms": figures.rooms(year),
        "weekdays": _weekdays(),
    }
    return render(request, "conferences/management.html", context)


def _held(year: int, today: dt.date) -> indicators.Figure:
    (held,) = indicators.report(year, as_of=today, codes=[Indicator.CONFERENCES]).figures
    return held


def _months() -> list[str]:
    return list(get_month_names("abbreviated", "stand-alone", locale=get_language() or "sv").values())


def _weekdays() -> list[str]:
    names: Any = get_day_names("abbreviated", "stand-alone", locale=get_language() or "sv")
    return [names[number] for number in range(7)]


def _held_chart(held: indicators.Figure, year: int) -> Chart:
    links = [rows_url(ar=year, indikator=held.code, manad=month) for month in range(1, 13)]
    return Chart(
        title=_("Conferences held by month"),
        labels=_months(),
        series=[
            Series(str(year), [month.outcome for month in held.by_month], links),
            Series(str(year - 1), [month.last_year for month in held.by_month]),
            Series(_("Booked ahead"), [month.booked_ahead for month in held.by_month]),
        ],
        key="held",
    )


def _turnover_chart(sold: figures.Turnover, before: figures.Turnover, year: int) -> Chart:
    return Chart(
        title=_("Turnover by month, kronor excluding VAT"),
        labels=_months(),
        series=[
            Series(str(year), [round(ore / 100) for ore in sold.by_month]),
            Series(str(year - 1), [round(ore / 100) for ore in before.by_month]),
        ],
        key="turnover",
    )
