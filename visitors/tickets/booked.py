"""What was sold beside the desk's keys: booked tickets and groups, and orders paid by card or Swish.

`settings.TILL_SOURCES` names who tells what was taken in the reception for bookings: functions of a first and a last day
that yield `Taken`. Nothing is counted twice: the till's own lines are of walk-ins and passes, never of a party that was
checked in, and an order that was paid by card is no booking paid in the reception.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from navet import money, periods
from navet.payments import vat
from navet.payments.models import OrderLine, Payment, Refund


@dataclass(frozen=True)
class Taken:
    """Tickets of one booking at one price; `tickets` is below zero where money goes back. Öre including VAT."""

    day: dt.date
    booked: str  # where: "online" or "desk"
    label: str
    unit_ore: int
    vat_permille: int
    tickets: int

    @property
    def amount_ore(self) -> int:
        return self.tickets * self.unit_ore

    @property
    def vat_ore(self) -> int:
        return money.split_gross(self.amount_ore, rate_permille=self.vat_permille).vat_ore


@dataclass
class Row:
    """The sums of one kind of ticket or group, day by day or of several; öre."""

    day: dt.date
    booked: str
    label: str
    unit_ore: int
    vat_permille: int
    tickets: int = 0
    amount_ore: int = 0
    vat_ore: int = 0

    @property
    def where(self) -> str:
        return {"online": _("Booked online"), "desk": _("Sold at the desk"), "card": _("Card and Swish")}[
            self.booked
        ]

    @property
    def net_ore(self) -> int:
        return self.amount_ore - self.vat_ore

    @property
    def vat_percent(self) -> float:
        return self.vat_permille / 10


def in_the_reception(first: dt.date, last: dt.date) -> Iterator[Taken]:
    """What bookings leave to take in the reception, of every line; free tickets are left out."""
    for name in settings.TILL_SOURCES:
        yield from (one for one in import_string(name)(first, last) if one.tickets and one.unit_ore)


def rows(found: Iterable[Taken], *, by_day: bool = False) -> list[Row]:
    """Summed by kind, price and VAT rate; with `by_day` each day for itself."""
    sums: dict[tuple[object, ...], Row] = {}
    for one in found:
        key = (one.day if by_day else None, one.booked, one.label, one.unit_ore, one.vat_permille)
        row = sums.setdefault(key, Row(one.day, one.booked, one.label, one.unit_ore, one.vat_permille))
        row.tickets += one.tickets
        row.amount_ore += one.amount_ore
        row.vat_ore += one.vat_ore
    order = sorted(sums.items(), key=lambda pair: tuple(str(part) for part in pair[0]))
    return [row for _key, row in order if row.tickets or row.amount_ore]


def by_card(first: dt.date, last: dt.date, *, by_day: bool = False) -> list[Row]:
    """What was paid by card and Swish those days, and what went back, by VAT rate: it is in no till. Five queries.

    A payment or refund of a part of an order is of its rates in proportion to what its lines come to.
    """
    span = (periods.day_bounds(first)[0], periods.day_bounds(last)[1])
    paid = Payment.objects.paid().filter(paid_at__gte=span[0], paid_at__lt=span[1]).select_related("order")
    back = Refund.objects.filter(
        state=Refund.State.SUCCEEDED, settled_at__gte=span[0], settled_at__lt=span[1]
    )
    moved = [(one.order, one.paid_at, one.amount_ore) for one in paid if one.paid_at]
    moved += [
        (one.payment.order, one.settled_at, -one.amount_ore)
        for one in back.select_related("payment__order")
        if one.settled_at
    ]
    shares = _shares({order.pk: order.basis for order, _at, _ore in moved})
    sums: dict[tuple[object, ...], Row] = {}
    for order, at, ore in moved:
        day = periods.local_day(at)
        for rate, part in _split(ore, shares.get(order.pk) or {0: 1}).items():
            key = (day if by_day else None, rate)
            row = sums.setdefault(key, Row(day, "card", _("Card and Swish"), 0, rate))
            row.amount_ore += part
            row.vat_ore += money.split_gross(part, rate_permille=rate).vat_ore
    return [row for _key, row in sorted(sums.items(), key=str)]


def _shares(bases: dict[int, str]) -> dict[int, dict[int, int]]:
    """Per order what its lines of each rate come to with VAT; of one whose lines were all taken back, what they were."""
    lines: dict[int, list[OrderLine]] = {}
    for line in OrderLine.objects.filter(order__in=bases).order_by("pk"):
        lines.setdefault(line.order_id, []).append(line)
    shares = {}
    for pk, basis in bases.items():
        totals = vat.totals(lines.get(pk, []), basis)
        if not totals.payable_ore:
            totals = vat.totals([line for line in lines.get(pk, []) if line.reverses_id is None], basis)
        shares[pk] = {rate.vat_permille: rate.net_ore + rate.vat_ore for rate in totals.rates}
    return shares


def _split(ore: int, shares: dict[int, int]) -> dict[int, int]:
    """Whole öre in proportion; the last rate takes what rounding leaves, so that the parts are the whole."""
    whole, parts, left = sum(shares.values()), {}, ore
    rates = sorted(rate for rate, share in shares.items() if share) or [0]
    for rate in rates[:-1]:
        parts[rate] = round(ore * shares[rate] / whole)
        left -= parts[rate]
    parts[rates[-1]] = left
    return parts
