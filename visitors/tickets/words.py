"""What the desk is told of money when it taps."""

import datetime as dt
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from navet import periods
from navet.pages import formats
from visitors import walk_ins
from visitors.models import Visit
from visitors.tickets import prices, till
from visitors.tickets.models import Price, ReceiptLine, TicketEntry, TicketKind


class Key(NamedTuple):
    """A button of the desk: the field and the value it sends, what it says, the öre of one, None without a price, and how
    many of it that price covers."""

    field: str
    value: str
    label: str
    ore: int | None
    covers: int = 1


def of_entry(visit: Visit | None) -> str:
    """What an entry, or the entry that takes one back, does to the day's sum; "" where it has no price."""
    line = ReceiptLine.objects.filter(visit=visit).first() if visit else None
    if line is None:
        return ""
    sums = {"amount": formats.money(line.amount_ore), "day": formats.money(till.sum_of(line.day))}
    return _("To the till: %(amount)s. The day's sum is now %(day)s.") % sums


def keys(at: dt.datetime) -> list[Key]:
    """The desk's keys, in their order, with the öre of one ticket where it has a price. One query.

    A house that has put no ticket on sale counts by category; two queries.
    """
    price = Price.objects.in_force(at).filter(product=OuterRef("code"))
    tickets = TicketKind.objects.with_a_key(periods.local_day(at)).annotate(
        ore=Subquery(price.values("price_ore")[:1]), covers=Subquery(price.values("heads")[:1])
    )
    if found := [Key("ticket", kind.code, kind.name, kind.ore, kind.covers or 1) for kind in tickets]:
        return found
    costs = prices.now(at)
    return [
        Key("category", one.value, str(one.label), costs[one].price_ore, costs[one].heads)
        if one in costs
        else Key("category", one.value, str(one.label), None)
        for one in walk_ins.CATEGORIES
    ]


def of_tap(visit: Visit) -> tuple[str, int]:
    """What was tapped, and how many of it; fetch `ticket__kind` with it."""
    tap: TicketEntry | None = getattr(visit, "ticket", None)
    return (tap.kind.name, tap.tickets) if tap else (visit.get_category_display(), abs(visit.count))
