"""Money: nothing is lost between kronor and öre, nor between net and VAT."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navet import money

ORE = st.integers(-money.MAX_ORE, money.MAX_ORE)
RATES = st.sampled_from([0, 60, 120, 250])


@given(ORE)
def test_kronor_and_back_is_the_same_amount(ore):
    assert money.ore_from_kronor(money.kronor(ore)) == ore
    assert money.ore_from_kronor(money.as_json(ore)["amount"]) == ore


@given(ORE, RATES)
def test_split_gross_loses_no_ore(gross, rate):
    split = money.split_gross(gross, rate_permille=rate)

    assert split.net_ore + split.vat_ore == gross


@given(st.integers(0, money.MAX_ORE), RATES)
def test_split_gross_is_within_half_an_ore_of_the_exact_vat(gross, rate):
    exact = Decimal(gross) * rate / (1000 + rate)

    assert abs(money.split_gross(gross, rate_permille=rate).vat_ore - exact) <= Decimal("0.5")


@given(ORE, RATES)
def test_a_refund_splits_as_its_payment(gross, rate):
    paid, refunded = (money.split_gross(sign * gross, rate_permille=rate) for sign in (1, -1))

    assert (refunded.net_ore, refunded.vat_ore) == (-paid.net_ore, -paid.vat_ore)


@given(st.decimals(allow_nan=True, allow_infinity=True) | st.text(max_size=20))
def test_ore_from_kronor_gives_whole_ore_or_says_that_it_is_no_amount(kronor):
    try:
        ore = money.ore_from_kronor(kronor)
    except ValueError:
        return
    assert abs(ore) <= money.MAX_ORE
    assert Decimal(ore) / 100 == Decimal(kronor)


@pytest.mark.parametrize("text", ["1.001", "NaN", "Infinity", "", "1,50", "1e30", "10000000000.01"])
def test_ore_from_kronor_refuses(text):
    with pytest.raises(ValueError, match="amount"):
        money.ore_from_kronor(text)


@pytest.mark.parametrize(
    ("gross", "rate", "vat"), [(12500, 250, 2500), (10600, 60, 600), (1, 250, 0), (3, 250, 1)]
)
def test_split_gross_of_known_amounts(gross, rate, vat):
    assert money.split_gross(gross, rate_permille=rate).vat_ore == vat
