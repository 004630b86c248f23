"""Every figure of the report, added up a second time by SQL of its own, from the entries that stand.

The report sums entries and takes reversals off; this leaves both out. Where they differ, one of them is wrong.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from visitors import counting, indicators
from visitors.audit import Difference
from visitors.insight import day_sums, past_years
from visitors.models import Category, CountingRule, Indicator

# year, month, municipality and category of everybody who came and was not taken back
_HEADS = """
    SELECT date_part('year', v.day)::int, date_part('month', v.day)::int, m.code, v.category, SUM(v.count)
    FROM visitors_visit v LEFT JOIN directory_municipality m ON m.id = v.municipality_id
    WHERE v.reverses_id IS NULL
        AND NOT EXISTS (SELECT FROM visitors_visit r WHERE r.reverses_id = v.id)
    GROUP BY 1, 2, 3, 4
"""
# each person's first visit of the year
_INDIVIDUALS = """
    SELECT date_part('month', day)::int, code, COUNT(*) FROM (
        SELECT v.day, m.code, ROW_NUMBER() OVER (
            PARTITION BY COALESCE(i.counts_as, v.person) ORDER BY v.at, v.id
        ) AS nth
        FROM visitors_visit v LEFT JOIN directory_municipality m ON m.id = v.municipality_id
        LEFT JOIN visitors_individual i ON i.person = v.person
        WHERE v.day BETWEEN %s AND %s AND v.category = ANY(%s) AND v.person <> '' AND v.reverses_id IS NULL
            AND NOT EXISTS (SELECT FROM visitors_visit r WHERE r.reverses_id = v.id)
    ) firsts WHERE nth = 1 GROUP BY 1, 2
"""
# conferences that somebody came to, by their entries, each in the month and place of the first of its days that stands
_CONFERENCES = """
    SELECT date_part('month', day)::int, code, COUNT(*) FROM (
        SELECT v.day, m.code, ROW_NUMBER() OVER (
            PARTITION BY CASE WHEN a.party = '' THEN a.code ELSE a.party END ORDER BY c.checked_in_at, c.id, v.id
        ) AS nth
        FROM visitors_visit v
        JOIN visitors_checkin c ON c.id = v.check_in_id
        JOIN visitors_arrival a ON a.id = c.arrival_id
        LEFT JOIN directory_municipality m ON m.id = a.municipality_id
        WHERE a.kind = 'conference' AND v.reverses_id IS NULL
            AND NOT EXISTS (SELECT FROM visitors_visit r WHERE r.reverses_id = v.id)
    ) firsts WHERE nth = 1 AND day BETWEEN %s AND %s GROUP BY 1, 2
"""
Key = tuple[int, str | None]  # month, municipality's code
Sums = Counter[Key]


def of_every_year() -> Iterator[Difference]:
    """Each indicator of each year that has entries, and of the year after: the whole, by month and municipality, last year."""
    heads = _ask(_HEADS)
    years = {row[0] for row in heads}
    for year in sorted(years | {year + 1 for year in years}):
        for figure in indicators.report(year, as_of=dt.date(year, 12, 31)).figures:
            counted = _counted(figure.code, year)
            yield from _of_figure(
                f"{Indicator(figure.code).label} {year}",
                figure,
                this_year=_again(figure.code, counted, year, heads),
                before=_again(figure.code, counted, year - 1, heads),
            )


def of_kept_days() -> Iterator[Difference]:
    """The sums that are kept of closed days, against the ledger's entries."""
    for day, category, expected, found in day_sums.differences():
        where = _("kept sum of %(day)s, %(category)s") % {"day": day, "category": Category(category).label}
        yield Difference(where, expected, found)


def of_kept_years() -> Iterator[Difference]:
    """What is kept of years that are over, against the ledger's entries."""
    for found in past_years.differences():
        yield Difference(_("kept year, %(figure)s") % {"figure": found.where}, found.expected, found.found)


def _of_figure(
    name: str, figure: indicators.Figure, *, this_year: Sums, before: Sums
) -> Iterator[Difference]:
    pairs = [
        (name, this_year.total(), figure.outcome),
        (_last_year(name), before.total(), figure.last_year),
    ]
    for month in figure.by_month:
        of_month = f"{name}-{month.month:02d}"
        pairs.append((of_month, _sum(this_year, 0, month.month), month.outcome))
        pairs.append((_last_year(of_month), _sum(before, 0, month.month), month.last_year))
    shown = {place.code: place.outcome for place in figure.by_municipality}
    for code in sorted(shown.keys() | {place for _month, place in this_year}, key=str):
        where = _("%(figure)s, municipality %(code)s") % {"figure": name, "code": code or _("unknown")}
        pairs.append((where, _sum(this_year, 1, code), shown.get(code, 0)))
    yield from (Difference(*pair) for pair in pairs if pair[1] != pair[2])


def _last_year(name: str) -> str:
    return _("%(figure)s, last year") % {"figure": name}


def _sum(sums: Sums, part: int, value: object) -> int:
    """Of the months (part 0) or municipalities (part 1) that are `value`."""
    return sum(number for key, number in sums.items() if key[part] == value)


def _again(code: str, counted: set[str], year: int, heads: list[tuple[Any, ...]]) -> Sums:
    bounds = [dt.date(year, 1, 1), dt.date(year, 12, 31)]
    if code == Indicator.CONFERENCES:
        return Counter({(month, place): number for month, place, number in _ask(_CONFERENCES, bounds)})
    if code in counting.INDIVIDUALS:
        rows = _ask(_INDIVIDUALS, [*bounds, sorted(counted)])
        return Counter({(month, place): number for month, place, number in rows})
    sums: Sums = Counter()
    for of_year, month, place, category, number in heads:
        if of_year == year and category in counted:
            sums[month, place] += int(number)
    return sums


def _counted(code: str, year: int) -> set[str]:
    """The categories of the year's rules, looked up cell by cell and not by replaying them as `counting` does."""
    counted: set[str] = set(counting.DEFAULT_CATEGORIES[code])
    rows = CountingRule.objects.filter(indicator=code, year__lte=year).order_by("category", "-year")
    for row in rows.distinct("category"):
        (counted.add if row.counts else counted.discard)(row.category)
    return counted


def _ask(statement: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()
