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

from navet import money
from navet.payments import card_books
from visitors.tickets.amounts import AtRate, WithoutVat


@dataclass(frozen=True)
class Taken:
    """Tickets of one booking at one price; `tickets` is below zero where money goes back. Öre including VAT."""

    day: dt.date
    code: str
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
class Row(WithoutVat, AtRate):
    """The sums of one kind of ticket or group, day by day or of several; öre."""

    day: dt.date
    booked: str  # as of what was taken; or "card", "lost", "owed_back", "rounding"
    label: str
    unit_ore: int
    vat_permille: int
    tickets: int = 0
    amount_ore: int = 0
    vat_ore: int = 0

    @property
    def where(self) -> str:
        return {"online": _("Booked online"), "desk": _("Sold at the desk")}.get(
            self.booked, _("Card and Swish")
        )


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


@dataclass(frozen=True)
class Part(AtRate):
    """What one moment of an order changed in one row of the card's sums; öre."""

    entry: card_books.Entry
    booked: str  # "card", "lost", "owed_back" or "rounding"
    vat_permille: int
    net_ore: int
    vat_ore: int

    @property
    def amount_ore(self) -> int:
        return self.net_ore + self.vat_ore

    @property
    def label(self) -> str:
        return _names()[self.booked]


def card_parts(first: dt.date, last: dt.date) -> list[Part]:
    """What is behind the card's sums, in the order it happened."""
    return [
        Part(entry, booked, rate, net_ore, vat_ore)
        for entry in card_books.entries(first, last)
        for booked, rate, net_ore, vat_ore in _parts(entry.change)
        if net_ore or vat_ore
    ]


def by_card(first: dt.date, last: dt.date, *, by_day: bool = False) -> list[Row]:
    """What Stripe owes Navet for those days before its fees, as the vouchers have it: it is in no till.

    What was paid less refunds, by VAT rate; then what disputes took, what is still to go back, and rounding, which have no VAT.
    """
    sums: dict[tuple[object, ...], Row] = {}
    for part in card_parts(first, last):
        day = part.entry.day
        key = (day if by_day else None, _ORDER.index(part.booked), part.vat_permille)
        row = sums.setdefault(key, Row(day, part.booked, part.label, 0, part.vat_permille))
        row.amount_ore += part.amount_ore
        row.vat_ore += part.vat_ore
    return [row for _key, row in sorted(sums.items(), key=lambda pair: pair[0]) if row.amount_ore]


_ORDER = ("card", "lost", "owed_back", "rounding")


def _names() -> dict[str, str]:
    return {
        "card": _("Card and Swish"),
        "lost": _("Lost disputes"),
        "owed_back": _("Paid too much, to go back"),
        "rounding": _("Rounding"),
    }


def _parts(change: card_books.Standing) -> Iterator[tuple[str, int, int, int]]:
    """Which row, VAT rate, net and VAT; together they are what moved at Stripe."""
    nets: dict[int, int] = {}
    for (_treatment, rate), net_ore in change.nets.items():
        nets[rate] = nets.get(rate, 0) + net_ore
    for rate in sorted(nets.keys() | change.vats.keys()):
        yield "card", rate, nets.get(rate, 0), change.vats.get(rate, 0)
    yield "lost", 0, -change.lost_ore, 0
    yield "owed_back", 0, change.owed_back_ore, 0
    yield "rounding", 0, change.rounding_ore, 0
