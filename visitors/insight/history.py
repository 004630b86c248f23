"""What came on each day of this year and the ones before, by indicator: what the forecast and the curves are made of."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, Sum

from navet import periods
from visitors.insight import announced, daily, known, past_years
from visitors.insight.announced import Announcement
from visitors.insight.past_years import YEARS_BACK
from visitors.models import Arrival
from visitors.sums import Ahead, Came

SHOW_RATE_DAYS = 365

Daily = dict[
    int, list[int]
]  # year -> what came on each day from 1 January, whole years but for the asked one


@dataclass(frozen=True)
class History:
    """Each asked indicator's days, and the bookings ahead on the same day of each past year that is remembered.

    `once` has whom the year and the one before brought, of those that count people or parties once.
    """

    year: int
    last_day: dt.date
    daily: Mapping[str, Daily]
    once: Mapping[str, list[Came]]
    ahead_before: Mapping[int, list[Ahead]]
    show_rates: Mapping[str, float]  # kind of occasion -> came of those expected, at most 1
    announced: Sequence[Announcement] = ()


def read(
    year: int,
    *,
    as_of: dt.date,
    categories: Mapping[str, frozenset[str]],
    known_by: dt.date | None,
    years_back: int = YEARS_BACK,
    codes: Collection[str] = daily.ALL,
) -> History:
    """Eight queries at most, whatever the ledger holds. `categories` are the year's rules, for its past too."""
    last = min(as_of, dt.date(year, 12, 31))
    past = range(year - years_back, year)
    kept = past_years.kept(past, known_by)
    missing = [one for one in past for code in codes if past_years.key(one, code, categories) not in kept]
    since = min(missing, default=year)
    days = daily.heads(dt.date(since, 1, 1), last, categories, known_by, codes)
    compared = max(last, dt.date(year - 1, 12, 31))
    once = daily.once(dt.date(min(since, year - 1), 1, 1), compared, categories, known_by, codes)
    days |= {code: daily.days_of(came) for code, came in once.items()}
    evenings = [] if last < as_of else [_same_day(last, one) for one in reversed(past)]
    before = known.ahead(evenings)
    return History(
        year,
        last,
        {
            code: {
                one: kept.get(past_years.key(one, code, categories)) or past_years.spread(one, days[code])
                for one in past
            }
            | {year: past_years.spread(year, days[code], last)}
            for code in codes
        },
        {code: [one for one in came if one.day.year >= year - 1] for code, came in once.items()},
        {evening.year: rows for evening, rows in before.items()},
        show_rates(last),
        announced.of_year(year, known_by),
    )


def _same_day(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def show_rates(last: dt.date) -> dict[str, float]:
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
