"""Visitors who come without an announcement, counted by ticket or by category with one tap, and who is in the house now."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q, Sum

from navet import periods
from navet.accounts.actor import Actor
from navet.directory.models import Municipality
from navet.transactions import operation
from visitors import ledger, limits, rules
from visitors.models import Category, Visit
from visitors.refusals import AlreadyUndone, NobodyCame, NotAWalkIn, TooLateToUndo
from visitors.tickets import selling, till
from visitors.tickets.models import DESK_CATEGORIES, ReceiptLine

CATEGORIES = DESK_CATEGORIES


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


@operation
def record_tickets(
    ticket: str,
    tickets: int,
    *,
    municipality: Municipality | None = None,
    by: Actor,
    at: dt.datetime,
    override_reason: str = "",
    already_inside: bool = False,
) -> Visit:
    """Count whom so many tickets of a kind (its code) admit, as one tap; the first of its entries.

    Three statements, whoever is on the ticket. Raises NoSuchTicket, TicketNotSold, NobodyCounted, ImplausibleCount,
    HouseFull, MayNotOverrideLimit.
    """
    ledger.refuse_implausible(count=tickets)
    if tickets == 0:
        raise NobodyCounted()
    sale = selling.on_sale(ticket, at=at)
    heads = tickets * sale.kind.admits
    ledger.refuse_implausible(count=heads)
    if not already_inside:
        limits.admit(heads, by=by, at=at, reason=override_reason, category=sale.kind.whom[0][0])
    entries = [
        ledger.entry(
            category,
            tickets * each,
            municipality_id=municipality.pk if municipality else None,
            leaves_at=at + rules.minutes("walk_in_stay_minutes"),
            by=by,
            at=at,
        )
        for category, each in sale.kind.whom
    ]
    return selling.write(entries, sale, tickets)


@transaction.atomic
def undo_walk_in(visit: Visit, *, by: Actor, at: dt.datetime) -> Visit:
    """Take a walk-in back on the same day, with all that its tap entered; the (first) reversing entry.

    Raises NotAWalkIn, AlreadyUndone, TooLateToUndo.
    """
    entries = list(Visit.objects.filter(selling.of_tap(visit)).order_by("pk"))
    first = entries[0]
    if first.reverses_id or first.check_in_id or first.source != Visit.Source.DESK:
        raise NotAWalkIn()
    ledger.lock(first)
    if Visit.objects.filter(reverses__in=entries).exists():
        raise AlreadyUndone()
    if first.day != periods.local_day(at):
        raise TooLateToUndo()
    taken_back = ledger.write([ledger.reversal(entry, by=by) for entry in entries])
    sold = ReceiptLine.objects.filter(visit=first).first()
    if sold is not None:
        till.take_back(sold, visit=taken_back[0])
    return taken_back[0]


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
    """The day's latest taps that stand, newest first, each by its first entry: what may have been a slip of the thumb."""
    today = Visit.objects.on_day(periods.local_day(at)).standing().filter(check_in=None)
    found = today.filter(Q(ticket=None) | Q(ticket__first=F("pk")), source=Visit.Source.DESK)
    found = found.select_related("by", "device", "receipt", "ticket__kind")
    return list(found.order_by("-pk")[:limit])
