"""Adding the ledger up again, by other ways than those that made it; set by set, so that millions of rows are no matter.

`settings.LEDGER_AUDITS` names what is asked: each is a function without arguments that yields a Difference for every
disagreement, so that whoever announces arrivals can say what they should be.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visitors.models import Category

MOST = 1000  # differences of one kind that are told; by then something is wrong everywhere


@dataclass(frozen=True)
class Difference:
    """One place where the ledger and what it was made from disagree, in heads; `rows` names entries of the ledger."""

    where: str
    expected: int
    found: int
    rows: tuple[int, ...] = ()

    def __str__(self) -> str:
        said = _("%(where)s: expected %(expected)s, found %(found)s") % {
            "where": self.where,
            "expected": self.expected,
            "found": self.found,
        }
        rows = ", ".join(map(str, self.rows))
        return f"{said} ({_('entries %(rows)s') % {'rows': rows}})" if rows else said


def all_differences() -> Iterator[Difference]:
    """What every audit of the house finds. Nothing when all is well."""
    for name in settings.LEDGER_AUDITS:
        yield from itertools.islice(import_string(name)(), MOST)


# --- The ledger and the desk's check-ins ------------------------------------------------------------------------


def of_the_desk() -> Iterator[Difference]:
    """Check-ins against their entries, reversals against what they reverse, days against moments."""
    for statement, where in _STATEMENTS:
        yield from _asked(statement, where)


# What a standing check-in must have in the ledger, by category, and what it has; an undone one must have nothing.
_BY_CHECK_IN = """
    WITH expected AS (
        SELECT c.id AS check_in, counted.category, SUM(counted.heads) AS heads, COUNT(*) AS entries
        FROM visitors_checkin c
        JOIN visitors_arrival a ON a.id = c.arrival_id
        CROSS JOIN LATERAL (
            VALUES (a.participant_category, c.participants), (a.adult_category, c.adults)
        ) AS counted (category, heads)
        WHERE c.undone_at IS NULL AND counted.heads > 0
        GROUP BY 1, 2
    ), written AS (
        SELECT check_in_id AS check_in, category, SUM(count) AS heads, SUM(SIGN(count)) AS entries
        FROM visitors_visit WHERE check_in_id IS NOT NULL
        GROUP BY 1, 2
    ), differing AS (
        SELECT check_in, category, COALESCE(e.heads, 0) AS expected, COALESCE(w.heads, 0) AS found
        FROM expected e FULL JOIN written w USING (check_in, category)
        WHERE COALESCE(e.heads, 0) <> COALESCE(w.heads, 0) OR COALESCE(e.entries, 0) <> COALESCE(w.entries, 0)
        ORDER BY 1, 2 LIMIT %s
    )
    SELECT d.check_in, a.code, d.category, d.expected, d.found,
        ARRAY(SELECT v.id FROM visitors_visit v WHERE v.check_in_id = d.check_in AND v.category = d.category ORDER BY 1)
    FROM differing d JOIN visitors_checkin c ON c.id = d.check_in JOIN visitors_arrival a ON a.id = c.arrival_id
    ORDER BY d.check_in, d.category
"""
# The moment and the day of an entry are those of its check-in.
_OUT_OF_TIME = """
    SELECT c.id, a.code, v.day::text, 0, v.count, ARRAY[v.id]
    FROM visitors_visit v JOIN visitors_checkin c ON c.id = v.check_in_id JOIN visitors_arrival a ON a.id = c.arrival_id
    WHERE v.at <> c.checked_in_at
    ORDER BY v.id LIMIT %s
"""
# The triggers refuse these; rows from before them, or written around them, are found here.
_CROOKED = """
    SELECT r.id, r.reverses_id, r.category, -v.count, r.count, ARRAY[v.id, r.id]
    FROM visitors_visit r JOIN visitors_visit v ON v.id = r.reverses_id
    WHERE r.reverses_id IS NOT NULL AND (
        r.count <> -v.count OR v.reverses_id IS NOT NULL
        OR (r.day, r.category, r.person, r.municipality_id, r.check_in_id)
            IS DISTINCT FROM (v.day, v.category, v.person, v.municipality_id, v.check_in_id)
    )
    ORDER BY r.id LIMIT %s
"""
_WRONG_DAY = """
    SELECT id, day::text, category, 0, count, ARRAY[id] FROM visitors_visit
    WHERE day <> (at AT TIME ZONE 'Europe/Stockholm')::date
    ORDER BY id LIMIT %s
"""
_STATEMENTS = (
    (_BY_CHECK_IN, gettext_lazy("check-in {0} ({1}), {2}")),
    (_OUT_OF_TIME, gettext_lazy("check-in {0} ({1}) at another moment than its entry on {2}")),
    (_CROOKED, gettext_lazy("reversal {0} of {1}, {2}")),
    (_WRONG_DAY, gettext_lazy("entry {0} on another day than its moment: {1}, {2}")),
)


def _asked(statement: str, where: Any) -> Iterator[Difference]:
    """A statement gives three words for `where`, the expected and the found heads, and ids of entries."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [MOST])
        for *words, expected, found, rows in cursor.fetchall():
            yield Difference(str(where).format(*map(_named, words)), int(expected), int(found), tuple(rows))


def _named(word: Any) -> str:
    """A category by its name; anything else as it is."""
    return str(Category(word).label) if word in Category.values else str(word)
