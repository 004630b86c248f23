"""Visitors who come without an announcement, counted by category with one tap, and who is in the house now."""

import datetime as dt

from django.db import transaction
from django.db.models import Sum

from navet import periods
from navet.accounts.actor import Actor
from navet.directory.models import Municipality
from navet.transactions import operation
from visitors import ledger, limits, rules
from visitors.models import Category, Visit
from visitors.refusals import AlreadyUndone, NobodyCame, NotAWalkIn, TooLateToUndo
from visitors.tickets import till
from visitors.tickets.models import ReceiptLine

# Pupils, course and conference guests come by an arrival, leisure children by an attendance list.
CATEGORIES = (
    Category.ADULT,
    Category.CHILD,
    Category.FAMILY_ADULT,
    Category.FAMILY_CHILD,
    Category.ANNUAL_PASS,
    Category.GROUP,
    Category.FREE,
)


class NobodyCounted(NobodyCame):
    field = "count"


@operation
def record_walk_in(
    category: str,
    count: int,
    *,
    municipality: Municipality | None = None,
    by: Actor,
    at: dt.datetime,
    override_reason: str = "",
    already_inside: bool = False,
) -> Visit:
    """Count visitors who just came in, and note what the till is to take; `already_inside` as in desk.check_in.

    Raises NotAWalkIn, NobodyCounted, ImplausibleCount, HouseFull, MayNotOverrideLimit.
    """
    if category not in CATEGORIES:
        raise NotAWalkIn()
    ledger.refuse_implausible(count=count)
    if count == 0:
        raise NobodyCounted()
    if not already_inside:
        limits.admit(count, by=by, at=at, reason=override_reason, category=category)
    visit = ledger.entry(
        category,
        count,
        municipality_id=municipality.pk if municipality else None,
        leaves_at=at + rules.minutes("walk_in_stay_minutes"),
        by=by,
        at=at,
    )
    ledger.write([visit])
    till.sell(visit)
    return visit


@transaction.atomic
def undo_walk_in(visit: Visit, *, by: Actor, at: dt.datetime) -> Visit:
    """Take a walk-in back on the same day; the reversing entry. Raises NotAWalkIn, AlreadyUndone, TooLateToUndo."""
    ledger.lock(visit)
    entry = Visit.objects.get(pk=visit.pk)
    if entry.reverses_id or entry.check_in_id or entry.source != Visit.Source.DESK:
        raise NotAWalkIn()
    if Visit.objects.filter(reverses=entry).exists():
        raise AlreadyUndone()
    if entry.day != periods.local_day(at):
        raise TooLateToUndo()
    taken_back = ledger.reversal(entry, by=by)
    ledger.write([taken_back])
    sold = ReceiptLine.objects.filter(visit=entry).first()
    if sold is not None:
        till.take_back(sold, visit=taken_back)
    return taken_back


def house_now(*, at: dt.datetime) -> dict[str, int]:
    """Heads in the house by category (those above zero).

    In the house is who came today by the ledger, is not undone, and is not yet expected to have left: a party
    until its visit ends, a late one and a walk-in for as long as rules.py says. Digital visits are elsewhere.
    """
    here = Visit.objects.in_the_house(at).exclude(category=Category.DIGITAL)
    sums = here.values("category").annotate(heads=Sum("count")).order_by()
    found = {row["category"]: row["heads"] for row in sums}
    return {category: found[category] for category in Category.values if found.get(category, 0) > 0}


def recent(*, at: dt.datetime, limit: int) -> list[Visit]:
    """The day's latest walk-ins that stand, newest first: what may have been a slip of the thumb."""
    today = Visit.objects.on_day(periods.local_day(at)).standing().filter(check_in=None)
    found = today.filter(source=Visit.Source.DESK).select_related("by", "device", "receipt")
    return list(found.order_by("-pk")[:limit])
