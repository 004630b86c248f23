"""Sums of the ledger's days, kept so that twenty years cost no more than one, and the closing of days.

A figure is the kept sums of closed days and the ledger's entries of the others, read in one statement. An entry for a
closed day is added to its sum by the ledger's own trigger, so both always say the same. Nobody needs to close days for
a figure to be right; it is only slower without.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import connection, transaction

from navet import periods

# Heads by day, category and municipality between two days, as the ledger stands.
_DAILY = """
    SELECT day, category, municipality_id, heads FROM visitors_daysum WHERE day BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT day, category, municipality_id, count FROM visitors_visit
    WHERE day BETWEEN %(first)s AND %(last)s
        AND day > (SELECT COALESCE(MAX(through), '-infinity'::date) FROM visitors_daysclosed)
"""
# Taken off it: what had not been entered by an evening that the days are not after (VisitQuerySet.known_by).
_NOT_YET_KNOWN = """
    UNION ALL
    SELECT day, category, municipality_id, -count FROM visitors_visit
    WHERE day BETWEEN %(first)s AND %(last)s AND NOT (reverses_id IS NULL AND source = 'import')
        AND day < (entered_at AT TIME ZONE 'Europe/Stockholm')::date AND entered_at >= %(cutoff)s
"""
_BY_MONTH = """
    SELECT date_part('year', day)::int, date_part('month', day)::int, category, municipality_id, SUM(heads)::int,
        COALESCE(SUM(heads) FILTER (WHERE day <= %(same_day)s OR day >= %(first_of_year)s), 0)::int
    FROM ({daily}) daily WHERE %(categories)s::text[] IS NULL OR category = ANY(%(categories)s) GROUP BY 1, 2, 3, 4
"""
_BY_DAY = """
    SELECT day, {columns} FROM ({daily}) daily GROUP BY 1 ORDER BY 1
"""
_CLOSE = """
    INSERT INTO visitors_daysum (day, category, municipality_id, heads)
    SELECT day, category, municipality_id, SUM(count) FROM visitors_visit
    WHERE day > %(after)s AND day <= %(through)s GROUP BY 1, 2, 3
"""
_WRONG = """
    WITH again AS (
        SELECT day, category, municipality_id, SUM(count) AS heads FROM visitors_visit
        WHERE day <= (SELECT MAX(through) FROM visitors_daysclosed) GROUP BY 1, 2, 3
    )
    SELECT COALESCE(a.day, s.day), COALESCE(a.category, s.category), COALESCE(a.heads, 0), COALESCE(s.heads, 0)
    FROM again a FULL JOIN visitors_daysum s
        ON s.day = a.day AND s.category = a.category AND COALESCE(s.municipality_id, 0) = COALESCE(a.municipality_id, 0)
    WHERE COALESCE(a.heads, 0) <> COALESCE(s.heads, 0)
    ORDER BY 1, 2 LIMIT 1000
"""


def by_month(
    first: dt.date,
    last: dt.date,
    same_day: dt.date,
    categories: Collection[str] | None,
    *,
    known: dt.date | None,
) -> list[tuple[Any, ...]]:
    """Rows of year, month, category, municipality's id, heads, and heads up to `same_day` or from the year of `last` on.

    Of these categories; of all, where None.
    """
    values: dict[str, Any] = {"same_day": same_day, "first_of_year": dt.date(last.year, 1, 1)}
    values["categories"] = None if categories is None else sorted(categories)
    return _ask(_BY_MONTH.format(daily=_daily(known)), first, last, known, values)


def by_day(
    first: dt.date, last: dt.date, counted: list[list[str]], *, known: dt.date | None
) -> list[tuple[Any, ...]]:
    """Rows of a day and, for each list of categories, its heads. Days on which nobody came are left out."""
    columns = ", ".join(
        f"COALESCE(SUM(heads) FILTER (WHERE category = ANY(%(counted{n})s)), 0)::int"
        for n in range(len(counted))
    )
    values = {f"counted{n}": categories for n, categories in enumerate(counted)}
    return _ask(_BY_DAY.format(columns=columns, daily=_daily(known)), first, last, known, values)


def closed_through() -> dt.date | None:
    """The last closed day; None before the first closing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(through) FROM visitors_daysclosed")
        return cursor.fetchone()[0]


def close_if_due(*, at: dt.datetime) -> int:
    """Close every day before today; how many years were looked through. A year at a time, so that the desk never waits long."""
    yesterday = periods.local_day(at) - dt.timedelta(days=1)
    years = 0
    while (through := closed_through()) is None or through < yesterday:
        _close_up_to(_next_end(through, yesterday))
        years += 1
    return years


def differences() -> list[tuple[dt.date, str, int, int]]:
    """Day, category, the ledger's heads and the kept ones, wherever they differ."""
    with connection.cursor() as cursor:
        cursor.execute(_WRONG)
        return cursor.fetchall()


def _next_end(through: dt.date | None, yesterday: dt.date) -> dt.date:
    """The end of the next year that has entries, or yesterday."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(day) FROM visitors_visit WHERE day > %s", [through or dt.date.min])
        oldest = cursor.fetchone()[0] or yesterday
    return min(dt.date(oldest.year, 12, 31), yesterday) if oldest < yesterday else yesterday


@transaction.atomic
def _close_up_to(day: dt.date) -> None:
    """Writers of the ledger hold this lock shared (visitors.models.keeping.ADD_TO_SUM): none is on its way while we add up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('visitors.sums', 0))")
        cursor.execute("SELECT COALESCE(MAX(through), '0001-01-01'::date) FROM visitors_daysclosed")
        after = cursor.fetchone()[0]
        if after >= day:
            return  # somebody else closed it meanwhile
        cursor.execute(_CLOSE, {"after": after, "through": day})
        cursor.execute(
            "INSERT INTO visitors_daysclosed (id, through) VALUES (1, %s) ON CONFLICT (id) DO UPDATE SET through = EXCLUDED.through",
            [day],
        )


def _daily(known: dt.date | None) -> str:
    return _DAILY + (_NOT_YET_KNOWN if known else "")


def _ask(
    statement: str, first: dt.date, last: dt.date, known: dt.date | None, values: dict[str, Any]
) -> list[tuple[Any, ...]]:
    values = values | {"first": first, "last": last}
    if known:
        values["cutoff"] = periods.day_bounds(known)[1]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
