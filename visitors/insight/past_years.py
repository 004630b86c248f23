"""Years that are over, kept by day, so that what is learned from them costs the same however many there are.

A kept year is read only while nothing of it has changed since it was added up: whoever changes a year that is over leaves
word of it in the same transaction (YearTouched), and who reads counts those words. Nobody needs a year to be kept for a
figure to be right; it is only slower without. The worker keeps them.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction

from navet import periods
from visitors import counting
from visitors.audit import Difference
from visitors.insight import daily, day_sums
from visitors.models import Indicator, PastYear

YEARS_BACK = 5  # past years learned from: more would say more of how the house once was than of how it is

Categories = Mapping[str, frozenset[str]]
Key = tuple[int, str, tuple[str, ...]]  # year, indicator, what counts in it

# Those that nothing has touched since, and that an evening of the past would have found the same.
_KEPT = """
    SELECT p.year, p.indicator, p.categories, p.daily FROM visitors_pastyear p
    WHERE p.year = ANY(%(years)s) AND (p.known_from IS NULL OR p.known_from < %(cutoff)s)
        AND p.touched = (SELECT COUNT(*) FROM visitors_yeartouched t WHERE t.year = p.year)
"""
_KEEP = """
    INSERT INTO visitors_pastyear (year, indicator, categories, daily, touched, known_from)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (year, indicator, categories)
    DO UPDATE SET daily = EXCLUDED.daily, touched = EXCLUDED.touched, known_from = EXCLUDED.known_from
"""
# The last moment at which anything of the year was entered, but for what was brought in from elsewhere.
_KNOWN_FROM = """
    SELECT GREATEST(
        (SELECT MAX(entered_at) FROM visitors_visit
            WHERE day BETWEEN %(first)s AND %(last)s AND NOT (reverses_id IS NULL AND source = 'import')),
        (SELECT MAX(GREATEST(checked_in_at, undone_at)) FROM visitors_checkin
            WHERE checked_in_at >= %(begin)s AND checked_in_at < %(end)s)
    )
"""


@dataclass(frozen=True)
class _Year:
    """One to be kept, under the rules of one year's report."""

    year: int
    categories: Categories

    def keys(self) -> list[Key]:
        return [key(self.year, code, self.categories) for code in Indicator.values]


def key(year: int, code: str, categories: Categories) -> Key:
    """What a kept year is found by."""
    return year, code, () if code == Indicator.CONFERENCES else tuple(sorted(categories[code]))


def kept(years: Iterable[int], known: dt.date | None) -> dict[Key, list[int]]:
    """`key` -> what each day brought, of those years that can be read as they are kept. One query."""
    cutoff = periods.day_bounds(known)[1] if known else "infinity"
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, {"years": list(years), "cutoff": cutoff})
        return {(year, code, tuple(counted)): days for year, code, counted, days in cursor.fetchall()}


def spread(year: int, days: Iterable[tuple[dt.date, int]], last: dt.date | None = None) -> list[int]:
    """A list of the year's days through `last` (its end), zeros where nobody came; days of other years are left out."""
    first = dt.date(year, 1, 1)
    found = [0] * max(((last or dt.date(year, 12, 31)) - first).days + 1, 0)
    for day, number in days:
        if day.year == year:
            found[(day - first).days] += number
    return found


def keep_if_due(*, at: dt.datetime) -> int:
    """Add up what the reports of this year and the last learn from, where it is not kept or was touched; how many years were."""
    through = day_sums.closed_through()
    this = min(periods.local_day(at).year, through.year if through else 0)
    rules = list(counting.rule_rows())
    wanted = {
        tuple(one.keys()): one
        for report in (this, this - 1)
        for year in range(report - YEARS_BACK, report)
        for one in [_Year(year, counting.categories_of(report, rules))]
    }
    there = kept({one.year for one in wanted.values()}, None)
    due = [one for keys, one in wanted.items() if not there.keys() >= set(keys)] if through else []
    for one in due:
        _keep(one)
    return len(due)


def differences() -> Iterable[Difference]:
    """Every kept year that would be read, against the ledger."""
    years = PastYear.objects.values_list("year", flat=True).distinct()
    for (year, code, counted), days in sorted(kept(years, None).items()):
        categories = dict.fromkeys(Indicator.values, frozenset(counted))
        again = daily.read(dt.date(year, 1, 1), dt.date(year, 12, 31), categories, None)[code]
        if spread(year, again) != days:
            where = f"{Indicator(code).label} {year}"
            yield Difference(where, sum(number for _day, number in again), sum(days))


@transaction.atomic
def _keep(one: _Year) -> None:
    """Words that are left while we add up are not counted, so that what we kept without them is not read."""
    bounds = dt.date(one.year, 1, 1), dt.date(one.year, 12, 31)
    begin, end = periods.day_bounds(bounds[0])[0], periods.day_bounds(bounds[1])[1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM visitors_yeartouched WHERE year = %s", [one.year])
        touched = cursor.fetchone()[0]
        cursor.execute(_KNOWN_FROM, {"first": bounds[0], "last": bounds[1], "begin": begin, "end": end})
        known_from = cursor.fetchone()[0]
        found = daily.read(*bounds, one.categories, None)
        for code in Indicator.values:
            _year, _code, counted = key(one.year, code, one.categories)
            days = spread(one.year, found[code])
            cursor.execute(_KEEP, [one.year, code, list(counted), days, touched, known_from])
