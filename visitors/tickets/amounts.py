"""What every row of money says of itself: how much is without VAT, and the rate in per cent."""

from typing import Protocol


class _Amount(Protocol):
    """Öre, VAT included."""

    @property
    def amount_ore(self) -> int: ...
    @property
    def vat_ore(self) -> int: ...


class _Rated(Protocol):
    @property
    def vat_permille(self) -> int: ...


class WithoutVat:
    """Has an amount with VAT in it."""

    @property
    def net_ore(self: _Amount) -> int:
        return self.amount_ore - self.vat_ore


class AtRate:
    """Is of one VAT rate."""

    @property
    def vat_percent(self: _Rated) -> float:
        return self.vat_permille / 10
