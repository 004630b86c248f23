"""What lines come to: the one place where an order, its receipt, its invoice and its voucher are added up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from navet.payments.models import Basis


class Taxed(Protocol):
    """A line as far as its sum goes. A quantity below zero takes back or discounts."""

    quantity: int
    unit_ore: int
    vat_permille: int


@dataclass(frozen=True)
class RateSum:
    """What all lines of one rate come to, öre."""

    vat_permille: int
    net_ore: int
    vat_ore: int


@dataclass(frozen=True)
class Totals:
    """Per rate, ascending; `rounding_ore` is what prices including VAT leave over, so that the payable is their sum."""

    rates: tuple[RateSum, ...]
    rounding_ore: int

    @property
    def net_ore(self) -> int:
        return sum(rate.net_ore for rate in self.rates)

    @property
    def vat_ore(self) -> int:
        return sum(rate.vat_ore for rate in self.rates)

    @property
    def payable_ore(self) -> int:
        return self.net_ore + self.vat_ore + self.rounding_ore


def line_net(line: Taxed, basis: str) -> int:
    """A line without VAT, whole öre, half away from zero: what takes back comes to exactly what it takes."""
    amount = line.quantity * line.unit_ore
    if basis == Basis.NET:
        return amount
    return _whole(Decimal(amount) * 1000 / (1000 + line.vat_permille))


def totals(lines: Iterable[Taxed], basis: str) -> Totals:
    """Nets are added per rate, and VAT is worked out on each sum, as an e-invoice must (BR-S-09 of EN 16931)."""
    nets: defaultdict[int, int] = defaultdict(int)
    gross = 0
    for line in lines:
        nets[line.vat_permille] += line_net(line, basis)
        gross += line.quantity * line.unit_ore
    rates = tuple(
        RateSum(vat_permille=rate, net_ore=net, vat_ore=_whole(Decimal(net) * rate / 1000))
        for rate, net in sorted(nets.items())
    )
    without = sum(rate.net_ore + rate.vat_ore for rate in rates)
    return Totals(rates=rates, rounding_ore=gross - without if basis == Basis.GROSS else 0)


def _whole(ore: Decimal) -> int:
    return int(ore.to_integral_value(ROUND_HALF_UP))
