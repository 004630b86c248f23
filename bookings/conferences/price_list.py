"""Prices of the catalogue as guests read them: excluding VAT, and including it at the rate of the day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from bookings.conferences.models import RoomPrice
from navet.payments import vat
from navet.payments.models import Basis, Treatment, VatRule


@dataclass(frozen=True)
class Price:
    """One price of one thing; `gross_ore` is None where finance has not decided the rate."""

    what: str
    net_ore: int
    gross_ore: int | None


@dataclass
class _One:
    unit_ore: int
    vat_permille: int
    quantity: int = 1


@dataclass(frozen=True)
class PriceList:
    """Of one day. What has no rate that day has no price including VAT."""

    day: dt.date
    rates: dict[str, int]  # per mille, by treatment

    @classmethod
    def of(cls, day: dt.date) -> Self:
        return cls(day, dict(VatRule.objects.on(day).values_list("treatment", "vat_permille")))

    def of_room(self, price: RoomPrice | None) -> list[Price]:
        """Including VAT as a part of a conference; a room by itself is exempt (pricing.py)."""
        if price is None:
            return []
        kept = [
            (_("Half day"), price.half_day_ore),
            (_("Day"), price.day_ore),
            (_("Evening"), price.evening_ore),
            (_("Extra hour"), price.extra_hour_ore),
        ]
        return [self._price(what, ore, Treatment.CONFERENCE) for what, ore in kept if ore is not None]

    def of_things(self, things: Iterable[Any]) -> list[tuple[Any, list[Price]]]:
        """Packages or add-ons with what they cost; free of charge is a price too, not on sale that day is none."""
        return [(thing, self._of_thing(thing, thing.price_on(self.day))) for thing in things]

    def _of_thing(self, thing: Any, price: Any) -> list[Price]:
        if price is None:
            return []
        found = []
        if price.per_person_ore:
            found.append(self._price(_("per person"), price.per_person_ore, thing.treatment))
        if price.per_group_ore or not price.per_person_ore:
            found.append(self._price(_("for the group"), price.per_group_ore, thing.treatment))
        return found

    def _price(self, what: str, ore: int, treatment: str) -> Price:
        rate = self.rates.get(treatment)
        gross = None if rate is None else vat.totals([_One(ore, rate)], Basis.NET).payable_ore
        return Price(what, ore, gross)
