"""Entries of the ledger: how one is written and how one is taken back. Nothing else makes a Visit at the desk."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils import timezone

from navet import periods
from navet.accounts.actor import Actor
from navet.inserts import Insert
from visitors import rules
from visitors.models import CheckIn, Visit
from visitors.refusals import ImplausibleCount

_APPEND = Insert(Visit)
# The entries of a check-in that the same statement made as `received`: one for its participants, one for its adults,
# none for nobody.
OF_CHECK_IN = """
    INSERT INTO visitors_visit (at, day, leaves_at, category, count, municipality_id, source, via, check_in_id, person,
        note, by_id, device_id, entered_at)
    SELECT r.checked_in_at, %(day)s, %(leaves_at)s, heads.category, heads.count, %(municipality)s, %(source)s, %(via)s,
        r.id, '', '', r.by_id, r.device_id, %(entered_at)s
    FROM received r CROSS JOIN LATERAL (
        VALUES (%(participant_category)s, r.participants), (%(adult_category)s, r.adults)
    ) AS heads (category, count)
    WHERE heads.count > 0
"""


def entry(
    category: str,
    count: int,
    *,
    municipality_id: int | None,
    leaves_at: dt.datetime,
    by: Actor,
    at: dt.datetime,
) -> Visit:
    """An unsaved entry of `count` heads counted at the desk."""
    return Visit(
        at=at,
        day=periods.local_day(at),
        leaves_at=leaves_at,
        category=category,
        count=count,
        municipality_id=municipality_id,
        source=Visit.Source.DESK,
        via=by.via,
        by=by.user,
        device=by.device,
    )


def reversal(visit: Visit, *, by: Actor) -> Visit:
    """An unsaved entry that takes `visit` away from every sum it is in, at its own moment and place."""
    return Visit(
        at=visit.at,
        day=visit.day,
        leaves_at=visit.leaves_at,
        category=visit.category,
        count=-visit.count,
        municipality_id=visit.municipality_id,
        source=visit.source,
        via=by.via,
        check_in_id=visit.check_in_id,
        reverses=visit,
        person=visit.person,
        by=by.user,
        device=by.device,
    )


def of_check_in(check_in: CheckIn, *, leaves_at: dt.datetime, by: Actor) -> dict[str, Any]:
    """What OF_CHECK_IN asks for, beside the check-in itself."""
    party, at = check_in.arrival, check_in.checked_in_at
    return {
        "day": periods.local_day(at),
        "leaves_at": leaves_at,
        "participant_category": party.participant_category,
        "adult_category": party.adult_category,
        "municipality": party.municipality_id,
        "source": Visit.Source.DESK.value,
        "via": by.via,
        "entered_at": timezone.now(),
    }


def lock(visit: Visit) -> None:
    """Until the transaction ends, nobody else reverses this entry. The row itself may be locked by none but its owner:
    SELECT FOR UPDATE asks for the right to UPDATE, and the application's role has none (visitors/database_role.py)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"visitors.visit {visit.pk}"]
        )


def write(entries: Iterable[Visit]) -> list[Visit]:
    """Append them in one statement."""
    return _APPEND(entries)


def refuse_implausible(**counts: int) -> None:
    """Raises ImplausibleCount naming the first count below zero or above what one entry may hold."""
    most = rules.value("most_heads_at_once")
    for field, count in counts.items():
        if not 0 <= count <= most:
            raise ImplausibleCount(field, most)
