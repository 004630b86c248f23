"""Money is integer öre; rounding happens here and nowhere else."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

Key = TypeVar("Key")
CURRENCY = "SEK"
MAX_ORE = 10**12  # ten billion kronor; guards against a slipped key, not against wealth


def ore_from_kronor(kronor: Decimal | str) -> int:
    """`"1250.50"` kronor -> 125050 öre. Raises ValueError for more than two decimals or for what is not a number."""
    try:
        ore = Decimal(kronor) * 100
    except ArithmeticError as exc:
        raise ValueError("not an amount") from exc
    if not ore.is_finite() or ore != ore.to_integral_value() or abs(ore) > MAX_ORE:
        raise ValueError("an amount has at most two decimals")
    return int(ore)


def kronor(ore: int) -> Decimal:
    """125050 öre -> Decimal("1250.50") kronor."""
    return Decimal(ore).scaleb(-2)


def as_json(ore: int) -> dict[str, str]:
    """The shape of money in the API: `{"amount": "1250.50", "currency": "SEK"}`."""
    return {"amount": f"{kronor(ore):.2f}", "currency": CURRENCY}


@dataclass(frozen=True)
class VatSplit:
    """Net and VAT in öre; their sum is the gross they were made from."""

    net_ore: int
    vat_ore: int


def split_gross(gross_ore: int, *, rate_permille: int) -> VatSplit:
    """Split an amount including VAT at `rate_permille` (250 = 25 %), the VAT rounded half up to whole öre."""
    vat = (Decimal(gross_ore) * rate_permille / (1000 + rate_permille)).to_integral_value(ROUND_HALF_UP)
    return VatSplit(net_ore=gross_ore - int(vat), vat_ore=int(vat))


def share_out(ore: int, shares: dict[Key, int]) -> dict[Key, int]:
    """Whole öre in proportion to the shares; the last takes what rounding leaves, so that the parts are the whole.

    Where the shares come to nothing there is no proportion, and the last takes all of it.
    """
    whole, parts, left = sum(shares.values()), dict[Key, int](), ore
    *others, last = list(shares)
    for key in others:
        part = Decimal(ore) * shares[key] / whole if whole else Decimal(0)
        parts[key] = int(part.to_integral_value(ROUND_HALF_UP))
        left -= parts[key]
    return parts | {last: left}
