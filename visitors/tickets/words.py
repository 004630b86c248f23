"""What the desk is told of money when it taps."""

import datetime as dt

from django.utils.translation import gettext as _

from navet.pages import formats
from visitors import walk_ins
from visitors.models import Visit
from visitors.tickets import prices, till
from visitors.tickets.models import ReceiptLine

Key = tuple[str, str, int | None]


def of_entry(visit: Visit | None) -> str:
    """What an entry, or the entry that takes one back, does to the day's sum; "" where it has no price."""
    line = ReceiptLine.objects.filter(visit=visit).first() if visit else None
    if line is None:
        return ""
    sums = {"amount": formats.money(line.amount_ore), "day": formats.money(till.sum_of(line.day))}
    return _("To the till: %(amount)s. The day's sum is now %(day)s.") % sums


def keys(at: dt.datetime) -> list[Key]:
    """The desk's keys: category, its name, and the öre of one ticket where it has a price."""
    costs = prices.now(at)
    return [
        (category.value, str(category.label), costs[category].price_ore if category in costs else None)
        for category in walk_ins.CATEGORIES
    ]
