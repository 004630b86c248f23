"""What holds tables that are only added to."""

import pgtrigger
from django.db import models


class HouseDay(models.Func):
    """The date in Borås of a moment, as PostgreSQL sees it."""

    template = "(%(expressions)s AT TIME ZONE 'Europe/Stockholm')::date"
    output_field = models.DateField()


def never_emptied() -> pgtrigger.Trigger:
    """TRUNCATE is refused: it would go around the triggers of the rows."""
    return pgtrigger.Trigger(
        name="never_emptied",
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'never emptied: %', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';",
    )


# What an arrival's own trigger writes. A later row of the same moment takes the place of the earlier: the id decides.
REMEMBER = """
    INSERT INTO visitors_expectation (arrival_id, since, party, kind, starts_at, participant_category, adult_category, participants, adults, expected)
    VALUES (NEW.id, clock_timestamp(), NEW.party, NEW.kind, NEW.starts_at, NEW.participant_category, NEW.adult_category,
        NEW.expected_participants, NEW.expected_adults, NEW.status = 'expected');
    RETURN NULL;
"""
# An entry for a closed day is added to its sum. The lock is shared among writers; closing takes it alone.
ADD_TO_SUM = """
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('visitors.sums', 0));
    IF EXISTS (SELECT FROM visitors_daysclosed c WHERE c.through >= NEW.day) THEN
        INSERT INTO visitors_daysum AS s (day, category, municipality_id, heads)
        VALUES (NEW.day, NEW.category, NEW.municipality_id, NEW.count)
        ON CONFLICT (day, category, municipality_id) DO UPDATE SET heads = s.heads + EXCLUDED.heads;
    END IF;
    RETURN NULL;
"""

_TOUCH = """
    INSERT INTO visitors_yeartouched (year, transaction, began)
    VALUES (({of})::int, pg_current_xact_id()::text::bigint, now()) ON CONFLICT DO NOTHING;
    RETURN NULL;
"""
_THIS_YEAR = "date_trunc('year', now() AT TIME ZONE 'Europe/Stockholm')"


def touches_its_year(name: str, *, of: str, past: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """Whoever changes what a year that is over brought leaves word of it (YearTouched), once in a transaction.

    `of` is the year and `past` whether the row is of an earlier year than the clock's, both SQL; {this_year} is its start.
    """
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        condition=pgtrigger.Condition(f"({past.format(this_year=_THIS_YEAR)})"),
        func=_TOUCH.format(of=of),
    )
