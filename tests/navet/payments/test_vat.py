"""One way to add up, for whatever is sold: net, VAT per rate, and the öre that do not divide."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from navet.payments import vat
from navet.payments.models import VAT_RATES, Basis
from navet.payments.vat import RateSum


@dataclass(frozen=True)
class Sold:
    quantity: int
    unit_ore: int
    vat_permille: int


SOLD = st.builds(
    Sold,
    quantity=st.integers(-500, 500).filter(bool),
    unit_ore=st.integers(0, 10**8),
    vat_permille=st.sampled_from(VAT_RATES),
)


def taken_back(line: Sold) -> Sold:
    return Sold(-line.quantity, line.unit_ore, line.vat_permille)


def test_vat_is_worked_out_on_the_sum_of_a_rate():
    lines = [Sold(3, 33, 250), Sold(1, 1, 250), Sold(2, 500, 120), Sold(1, 310_000, 0)]
    found = vat.totals(lines, Basis.NET)
    assert found.rates == (RateSum(0, 310_000, 0), RateSum(120, 1_000, 120), RateSum(250, 100, 25))
    assert (found.net_ore, found.vat_ore, found.rounding_ore, found.payable_ore) == (311_100, 145, 0, 311_245)


def test_prices_with_vat_come_to_their_sum_and_say_what_does_not_divide():
    found = vat.totals([Sold(1, 100, 60), Sold(1, 100, 60), Sold(1, 100, 60)], Basis.GROSS)
    assert found.rates == (RateSum(60, 282, 17),)
    assert (found.rounding_ore, found.payable_ore) == (1, 300)


@given(lines=st.lists(SOLD, max_size=20), basis=st.sampled_from(Basis.values))
def test_net_and_vat_and_rounding_are_the_payable_and_what_is_taken_back_comes_to_nothing(lines, basis):
    found = vat.totals(lines, basis)
    mirrored = vat.totals([taken_back(line) for line in lines], basis)
    assert found.net_ore == sum(vat.line_net(line, basis) for line in lines)
    assert [(rate.net_ore, rate.vat_ore) for rate in found.rates] == [
        (-rate.net_ore, -rate.vat_ore) for rate in mirrored.rates
    ]
    assert found.payable_ore == -mirrored.payable_ore
    both = vat.totals([*lines, *map(taken_back, lines)], basis)
    assert (both.payable_ore, both.net_ore, both.vat_ore, both.rounding_ore) == (0, 0, 0, 0)


@given(lines=st.lists(SOLD, min_size=1, max_size=20))
def test_what_does_not_divide_is_at_most_a_few_ore(lines):
    """Half an öre for each line and each rate."""
    found = vat.totals(lines, Basis.GROSS)
    assert found.payable_ore == sum(line.quantity * line.unit_ore for line in lines)
    assert abs(found.rounding_ore) <= len(lines) + len(found.rates)
