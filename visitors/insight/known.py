"""What was expected on an evening of the past, from what the database remembered of each arrival (Expectation)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from navet import periods
from visitors.sums import Ahead

# For each evening asked of: the latest word on every arrival by then, of those still to come in its year.
_AHEAD = """
    SELECT asked.evening, word.month, word.kind, word.participant_category, word.adult_category,
        COUNT(*) FILTER (WHERE word.opens)::int, SUM(word.participants)::int, SUM(word.adults)::int
    FROM unnest(%(evenings)s::date[], %(first)s::timestamptz[], %(until)s::timestamptz[], %(end)s::timestamptz[])
        AS asked (evening, first, until, year_end)
    CROSS JOIN LATERAL (
        SELECT date_part('month', e.starts_at AT TIME ZONE 'Europe/Stockholm')::int AS month,
            e.kind, e.participant_category, e.adult_category, e.participants, e.adults,
            ROW_NUMBER() OVER (
                PARTITION BY CASE WHEN e.party = '' THEN e.arrival_id::text ELSE e.party END ORDER BY e.starts_at, e.id
            ) = 1 AND NOT EXISTS (
                SELECT FROM visitors_checkin c JOIN visitors_arrival a ON a.id = c.arrival_id
                WHERE a.party = e.party AND e.party <> '' AND c.checked_in_at < asked.until
                    AND (c.undone_at IS NULL OR c.undone_at >= asked.until)
            ) AS opens
        FROM visitors_expectation e
        WHERE e.starts_at >= asked.first AND e.starts_at < asked.year_end AND e.since < asked.until AND e.expected
            AND NOT EXISTS (
                SELECT FROM visitors_expectation later
                WHERE later.arrival_id = e.arrival_id AND later.since < asked.until
                    AND (later.since, later.id) > (e.since, e.id)
            ) AND NOT EXISTS (
                SELECT FROM visitors_checkin c WHERE c.arrival_id = e.arrival_id AND c.checked_in_at < asked.until
                    AND (c.undone_at IS NULL OR c.undone_at >= asked.until)
            )
    ) word
    GROUP BY 1, 2, 3, 4, 5
"""


def since() -> dt.date | None:
    """The first evening of which anything is remembered; None before any arrival."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(since) FROM visitors_expectation")
        first = cursor.fetchone()[0]
    return periods.local_day(first) if first else None


def ahead(evenings: Sequence[dt.date]) -> dict[dt.date, list[Ahead]]:
    """Evening -> what was still expected of its year at its end, for evenings that are remembered. Two queries."""
    first = since()
    asked = [evening for evening in evenings if first and evening >= first]
    found: dict[dt.date, list[Ahead]] = {evening: [] for evening in asked}
    if asked:
        values: dict[str, Any] = {
            "evenings": asked,
            "first": [periods.day_bounds(day)[0] for day in asked],
            "until": [periods.day_bounds(day)[1] for day in asked],
            "end": [periods.at(dt.date(day.year + 1, 1, 1), dt.time.min) for day in asked],
        }
        with connection.cursor() as cursor:
            cursor.execute(_AHEAD, values)
            for evening, *row in cursor.fetchall():
                found[evening].append(Ahead(*row))
    return found
