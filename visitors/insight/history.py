"""What came on each day of this year and the ones before, by indicator: what the forecast and the curves are made of."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from navet import periods
from navet.house.models import Occasion
from visitors import counting, sums
from visitors.insight import day_sums, known
from visitors.models import Arrival, Indicator, Visit
from visitors.sums import Ahead

YEARS_BACK = 5  # past years learned from: more would say more of how the house once was than of how it is
SHOW_RATE_DAYS = 365

Daily = dict[
    int, list[int]
]  # year -> what came on each day from 1 January, whole years but for the asked one


@dataclass(frozen=True)
class History:
    """Every indicator's days, and the bookings ahead on the same day of each past year that is remembered."""

    year: int
    last_day: dt.date
    daily: Mapping[str, Daily]
    ahead_before: Mapping[int, list[Ahead]]
    show_rates: Mapping[str, float]  # kind of occasion -> came of those expected, at most 1


def read(
    year: int,
    *,
    as_of: dt.date,
    categories: Mapping[str, frozenset[str]],
    known_by: dt.date | None,
    years_back: int = YEARS_BACK,
) -> History:
    """Seven queries, whatever the ledger holds. `categories` are the year's rules, for its past too."""
    first, last = dt.date(year - years_back, 1, 1), min(as_of, dt.date(year, 12, 31))
    by_heads = [code for code in Indicator if code not in {*counting.INDIVIDUALS, Indicator.CONFERENCES}]
    counted = [sorted(categories[code]) for code in by_heads]
    rows = day_sums.by_day(first, last, counted, known=known_by)
    daily = {
        code.value: _spread(year, last, ((row[0], row[n + 1]) for row in rows), years_back)
        for n, code in enumerate(by_heads)
    }
    for code in sorted(counting.INDIVIDUALS):
        found = _individuals(first, last, categories[code], known_by)
        daily[code] = _spread(year, last, found.values_list("day", "number"), years_back)
    held: Any = sums.held(first, last, Occasion.Kind.CONFERENCE, known_by).values("day")
    numbers = held.annotate(number=Count("pk")).order_by().values_list("day", "number")
    daily[Indicator.CONFERENCES] = _spread(year, last, numbers, years_back)
    evenings = [] if last < as_of else [_same_day(last, year - n) for n in range(1, years_back + 1)]
    before = known.ahead(evenings)
    return History(
        year, last, daily, {evening.year: rows for evening, rows in before.items()}, _show_rates(last)
    )


def _same_day(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _individuals(
    first: dt.date, last: dt.date, categories: Iterable[str], known_by: dt.date | None
) -> QuerySet:
    entries = Visit.objects.filter(day__gte=first, day__lte=last)
    chosen = sums.firsts(entries, list(categories), known_by)
    return (
        Visit.objects.filter(pk__in=chosen.values("pk"))
        .values("day")
        .annotate(number=Count("pk"), of_year=ExtractYear("day"))
        .order_by()
    )


def _spread(year: int, last: dt.date, rows: Iterable[tuple[dt.date, int]], years_back: int) -> Daily:
    """A list of days for each year, zeros where nobody came; of the asked year up to its last day."""
    found: Daily = {}
    for one in range(year - years_back, year + 1):
        end = last if one == year else dt.date(one, 12, 31)
        found[one] = [0] * max((end - dt.date(one, 1, 1)).days + 1, 0)
    for day, number in rows:
        found[day.year][day.timetuple().tm_yday - 1] = number
    return found


def _show_rates(last: dt.date) -> dict[str, float]:
    """How many of those expected came, in the year up to the day, by kind of occasion. One query."""
    end = periods.day_bounds(last)[0]
    rows = (
        Arrival.objects.filter(starts_at__lt=end, starts_at__gte=end - dt.timedelta(days=SHOW_RATE_DAYS))
        .exclude(status=Arrival.Status.CANCELLED)
        .values("kind")
        .annotate(
            expected=Sum("expected_participants"),
            came=Sum("check_ins__participants", filter=Q(check_ins__undone_at__isnull=True), default=0),
        )
        .order_by()
    )
    return {row["kind"]: min(row["came"] / row["expected"], 1.0) for row in rows if row["expected"]}
