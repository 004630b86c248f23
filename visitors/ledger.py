"""Entries of the ledger: how one is written and how one is taken back. Nothing else makes a Visit at the desk."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from navet import periods
from navet.accounts.actor import Actor
from navet.queries import Insert
from visitors import rules
from visitors.models import Category, CheckIn, Visit
from visitors.refusals import ImplausibleCount

_APPEND = Insert(Visit)


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


def of_check_in(
    check_in: CheckIn,
    categories: tuple[Category | str, Category | str],
    *,
    municipality_id: int | None,
    leaves_at: dt.datetime,
    by: Actor,
) -> list[Visit]:
    """The unsaved entries of a check-in: one for its participants, one for its adults, none for nobody."""
    heads = zip(categories, (check_in.participants, check_in.adults), strict=True)
    entries = [
        entry(
            category,
            n,
            municipality_id=municipality_id,
            leaves_at=leaves_at,
            by=by,
            at=check_in.checked_in_at,
        )
        for category, n in heads
        if n
    ]
    for visit in entries:
        visit.check_in = check_in
    return entries


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
