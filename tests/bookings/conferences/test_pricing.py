"""From a choice to lines, VAT by what they are part of, and what leaving costs."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bookings.conferences import pricing
from bookings.conferences.pricing import Line, PricedDay, PricedRoom, PricedThing

DAY = dt.date(2026, 3, 3)
SMALL = PricedRoom("lilla", "Lilla salen", "Heldag", 200_000, 40_000)
LARGE = PricedRoom("stora", "Stora salen", "Heldag", 500_000, 90_000)


def thing(of: str = "add_on", treatment: str = "conference", **fields) -> PricedThing:
    values = {"slug": "kaffe", "title": "Kaffe", "per_person_ore": 6_500, "per_group_ore": 0, "persons": 40}
    return PricedThing(of=of, treatment=treatment, **values | fields)


def of(*things: PricedThing, rooms: tuple[PricedRoom, ...] = (LARGE,), hours: int = 0) -> list[Line]:
    return pricing.lines([PricedDay(DAY, rooms, hours, things)])


def terms(lines: list[Line]) -> list[tuple[str, str, int, int]]:
    return [(line.slug, line.treatment, line.quantity, line.unit_ore) for line in lines]


def test_a_bare_room_is_a_bare_room():
    assert terms(of(hours=2)) == [("stora", "room", 1, 500_000), ("stora", "room", 2, 90_000)]


def test_coffee_makes_it_a_conference_and_dinner_does_not():
    dinner = thing(treatment="meal", slug="middag")
    assert [line.treatment for line in of(dinner)] == ["room", "meal"]
    assert [line.treatment for line in of(thing(), dinner)] == ["conference", "conference", "meal"]


def test_a_conference_on_one_day_makes_the_rooms_of_all_its_days_part_of_it():
    later = DAY + dt.timedelta(days=7)
    lines = pricing.lines([PricedDay(DAY, (LARGE,), 0, (thing(),)), PricedDay(later, (SMALL,), 0, ())])
    assert {line.treatment for line in lines} == {"conference"}
    with translation.override("sv"):
        texts = [
            line.text for line in pricing.lines([PricedDay(day, (SMALL,), 0, ()) for day in (DAY, later)])
        ]
    assert texts == ["2026-03-03: Lilla salen, heldag", "2026-03-10: Lilla salen, heldag"]


def test_a_package_includes_its_dearest_room_and_no_extra_hour():
    day = thing(of="package", slug="heldag", per_person_ore=59_500, rooms_included=1)
    assert terms(of(day, rooms=(SMALL, LARGE), hours=1)) == [
        ("heldag", "conference", 40, 59_500),
        ("stora", "conference", 1, 90_000),
        ("lilla", "conference", 1, 200_000),
        ("lilla", "conference", 1, 40_000),
    ]


def test_what_is_free_of_charge_is_seen_and_what_costs_both_ways_is_two_lines():
    assert terms(of(thing(per_person_ore=0)))[1] == ("kaffe", "conference", 1, 0)
    both = of(thing(per_group_ore=50_000))
    assert terms(both)[1:] == [("kaffe", "conference", 1, 50_000), ("kaffe", "conference", 40, 6_500)]


@pytest.mark.parametrize(
    ("days", "percent"), [(60, 0), (30, 0), (29, 50), (14, 50), (13, 100), (0, 100), (-1, 100)]
)
def test_leaving_costs_by_the_step_that_was_reached(days, percent):
    assert pricing.per_cent([(30, 0), (14, 50), (0, 100)], days) == percent


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["room", "conference", "meal"]), st.integers(1, 500), st.integers(0, 10**7)
        ),
        max_size=8,
    ),
    st.integers(0, 100),
)
def test_the_fee_is_its_share_of_every_treatment(rows, percent):
    lines = [Line("room", "r", treatment, "t", quantity, ore) for treatment, quantity, ore in rows]
    fee = pricing.fee(lines, percent)
    assert len({line.treatment for line in fee}) == len({line.text for line in fee}) == len(fee)
    owed = {
        treatment: sum(one.net_ore for one in lines if one.treatment == treatment) for treatment, *_ in rows
    }
    for treatment, ore in owed.items():
        share = sum(line.net_ore for line in fee if line.treatment == treatment)
        assert abs(100 * share - percent * ore) <= 50
    assert (sum(line.net_ore for line in fee) == sum(owed.values())) or percent < 100


def test_a_fee_and_a_discount_of_several_kinds_say_of_which_each_line_is():
    lines = [
        Line("room", "r", "conference", "Salen", 1, 500_000),
        Line("add_on", "m", "meal", "Middag", 1, 100_000),
    ]
    with translation.override("sv"):
        fee, off = pricing.fee(lines, 50), pricing.discounted(lines, 10, "Stamkund")[2:]
    assert [(line.text, line.net_ore) for line in fee] == [
        ("Sen avbokning, 50 % av priset (Konferensarrangemang)", 250_000),
        ("Sen avbokning, 50 % av priset (Serverad måltid utanför konferens)", 50_000),
    ]
    assert [line.text for line in off] == [
        "Rabatt 10 %: Stamkund (Konferensarrangemang)",
        "Rabatt 10 %: Stamkund (Serverad måltid utanför konferens)",
    ]


def test_a_fee_and_a_discount_of_one_kind_say_no_more_than_they_need():
    lines = [Line("room", "r", "room", "Salen", 1, 500_000)]
    with translation.override("sv"):
        assert [line.text for line in pricing.fee(lines, 50)] == ["Sen avbokning, 50 % av priset"]
        assert pricing.discounted(lines, 10, "Stamkund")[1].text == "Rabatt 10 %: Stamkund"
