"""What payments by card and Swish are in the books, moment by moment and per VAT rate: the till's sums and the vouchers are made of it.

An order that is paid for is sold, at its own VAT; what was paid of a part of it is of its rates in proportion. When its lines
change, what is sold changes with them, and what was paid too much is owed back until it has left. A lost dispute is a loss: the VAT of what was
sold stays, as of a loss on an invoice, since whether it may be taken back is finance's to say (docs/invoicing.md).

Nothing here is stored: an order's lines and `Movement` are append-only, so what a day came to stays what it was.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from django.utils.translation import gettext as _

from navet import money, periods
from navet.payments import vat
from navet.payments.models import Movement, Order, OrderLine

Key = TypeVar("Key")
Sold = tuple[str, int]  # treatment and VAT rate, per mille
CHANGED = "changed"


@dataclass(frozen=True)
class Standing:
    """What of an order is in the books, öre: what was sold, and is owed back, less what is lost, is what Navet has of it at Stripe."""

    nets: dict[Sold, int] = field(default_factory=dict)
    vats: dict[int, int] = field(default_factory=dict)
    rounding_ore: int = 0
    owed_back_ore: int = 0
    lost: dict[int, int] = field(default_factory=dict)  # by VAT rate, VAT included

    @property
    def lost_ore(self) -> int:
        return sum(self.lost.values())


@dataclass(frozen=True)
class Entry:
    """What one moment changed of that. `kind` is a Movement's, or CHANGED: the order's lines changed and no money moved."""

    order: Order
    number: str
    kind: str
    at: dt.datetime
    amount_ore: int
    change: Standing

    @property
    def day(self) -> dt.date:
        return periods.local_day(self.at)

    @property
    def what(self) -> str:
        """What happened, as words."""
        return _("The order changed") if self.kind == CHANGED else str(Movement.Kind(self.kind).label)


def standing(lines: Sequence[OrderLine], basis: str, *, came_ore: int, lost_ore: int) -> Standing:
    """An order of these lines, for which `came_ore` was paid less refunds, and `lost_ore` was taken by disputes."""
    totals = vat.totals(lines, basis)
    surplus = came_ore - totals.payable_ore
    if surplus < 0 or not came_ore:
        return _part(_nets(lines, basis), totals, came_ore, lost_ore)
    return Standing(
        nets=_nets(lines, basis),
        vats={rate.vat_permille: rate.vat_ore for rate in totals.rates},
        rounding_ore=totals.rounding_ore,
        owed_back_ore=max(surplus - lost_ore, 0),
        lost=_lost(totals, max(lost_ore - surplus, 0)),
    )


def entries(first: dt.date, last: dt.date) -> list[Entry]:
    """Every change of the days from first to last, in the order they happened. Five queries."""
    start, end = periods.day_bounds(first)[0], periods.day_bounds(last)[1]
    moved = Movement.objects.filter(at__lt=end)
    changed = OrderLine.objects.filter(at__gte=start, at__lt=end, order__in=moved.values("payment__order"))
    touched = {
        *moved.filter(at__gte=start).values_list("payment__order", flat=True),
        *changed.values_list("order", flat=True),
    }
    orders = Order.objects.in_bulk(touched)
    lines, movements = defaultdict(list), defaultdict(list)
    for line in OrderLine.objects.filter(order__in=touched, at__lt=end).order_by("position"):
        lines[line.order_id].append(line)
    for one in moved.filter(payment__order__in=touched).select_related("payment").order_by("at", "pk"):
        movements[one.payment.order_id].append(one)
    found = (one for pk in touched for one in replay(orders[pk], lines[pk], movements[pk]))
    return sorted((one for one in found if one.at >= start), key=lambda one: (one.at, one.number))


def replay(order: Order, lines: Sequence[OrderLine], movements: Sequence[Movement]) -> Iterator[Entry]:
    """Each moment of an order's money, from the first on."""
    before, so_far, came, lost = Standing(), list[OrderLine](), 0, 0
    for moment in _moments(order, lines, movements):
        so_far += moment.lines
        if moment.kind in Movement.OF_DISPUTES:
            lost -= moment.amount_ore
        else:
            came += moment.amount_ore
        after = standing(so_far, order.basis, came_ore=came, lost_ore=lost)
        change = _less(after, before)
        if moment.amount_ore or change != Standing():
            yield Entry(order, moment.number, moment.kind, moment.at, moment.amount_ore, change)
        before = after


@dataclass(frozen=True)
class _Moment:
    """Either lines that were written together, or money that moved."""

    at: dt.datetime
    kind: str
    number: str
    lines: Sequence[OrderLine] = ()
    amount_ore: int = 0


def _moments(order: Order, lines: Sequence[OrderLine], movements: Sequence[Movement]) -> list[_Moment]:
    """In the order they happened; of what happened at once the lines first."""
    found = []
    for at, group in groupby(lines, key=lambda line: line.at):
        together = list(group)
        found.append(_Moment(at, CHANGED, f"{order.pk}-{together[-1].position}", together))
    found += [_Moment(one.at, one.kind, str(one.pk), amount_ore=one.amount_ore) for one in movements]
    return sorted(found, key=lambda moment: moment.at)


def _part(nets: dict[Sold, int], totals: vat.Totals, came_ore: int, lost_ore: int) -> Standing:
    """Of each rate in proportion to what it comes to with VAT; and within a rate, of each treatment."""
    if not came_ore:
        return Standing(lost=_lost(totals, lost_ore))
    by_rate = {rate.vat_permille: rate.net_ore + rate.vat_ore for rate in totals.rates}
    sold, vats = dict[Sold, int](), dict[int, int]()
    for rate, gross in money.share_out(came_ore, by_rate).items():
        split = money.split_gross(gross, rate_permille=rate)
        of_rate = {key: net for key, net in nets.items() if key[1] == rate}
        sold |= money.share_out(split.net_ore, of_rate)
        vats[rate] = split.vat_ore
    return Standing(nets=sold, vats=vats, lost=_lost(totals, lost_ore))


def _lost(totals: vat.Totals, lost_ore: int) -> dict[int, int]:
    """Of each rate in proportion to what it comes to with VAT."""
    by_rate = {rate.vat_permille: rate.net_ore + rate.vat_ore for rate in totals.rates}
    return {rate: ore for rate, ore in money.share_out(lost_ore, by_rate or {0: 1}).items() if ore}


def _nets(lines: Iterable[OrderLine], basis: str) -> dict[Sold, int]:
    nets: defaultdict[Sold, int] = defaultdict(int)
    for line in lines:
        nets[line.treatment, line.vat_permille] += vat.line_net(line, basis)
    return dict(nets)


def _less(after: Standing, before: Standing) -> Standing:
    return Standing(
        nets=_change(after.nets, before.nets),
        vats=_change(after.vats, before.vats),
        rounding_ore=after.rounding_ore - before.rounding_ore,
        owed_back_ore=after.owed_back_ore - before.owed_back_ore,
        lost=_change(after.lost, before.lost),
    )


def _change(after: dict[Key, int], before: dict[Key, int]) -> dict[Key, int]:
    """What became of each, of those that changed."""
    by_key = {key: after.get(key, 0) - before.get(key, 0) for key in after | before}
    return {key: ore for key, ore in by_key.items() if ore}
