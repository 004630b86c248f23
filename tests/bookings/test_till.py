"""Bookings paid in the reception are in the till's sums once, on their day; what was paid by card is beside them."""

import datetime as dt

import pytest
from django.test import Client

from bookings.tickets.operations import booking as tickets
from bookings.tickets.operations import selling
from tests.bookings.groups import parties
from tests.bookings.tickets import shows
from tests.visitors.making import desk, user
from tests.visitors.tickets.making import rows_behind
from visitors import operations as visitors
from visitors.tickets import booked, till


@pytest.fixture
def desk_browser(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user("desk", email="till@navet.example", name="Till"))
    return browser


def sums(day: dt.date) -> list[tuple[str, int, int]]:
    found = booked.rows(booked.in_the_reception(day, day))
    return sorted((row.booked, row.tickets, row.amount_ore) for row in found)


@pytest.mark.django_db
def test_what_was_booked_is_taken_when_it_comes_and_once(desk_browser):
    slot, group = shows.slot(), parties.confirmed()
    seen, missing = shows.confirmed(slot), shows.confirmed(slot)
    assert sums(shows.DAY) == []
    received = {
        code: visitors.check_in(code, participants=children, adults=1, by=desk(), at=slot.occasion.starts_at)
        for code, children in ((seen.code, 2), (group.code, 10))
    }
    assert sums(shows.DAY) == [("online", 1, 12_000), ("online", 1, 170_000), ("online", 2, 16_000)]
    assert till.to_the_till(shows.DAY, shows.DAY).amount_ore == 0
    opened = rows_behind(desk_browser, f"/kassa/?fran={shows.DAY}")
    assert sorted(opened.values()) == [  # entries and bookings of one VAT rate and in all; what was booked of each kind
        (0, 0, 0), (0, 0, 0), (12_000, 12_000, 1), (16_000, 16_000, 1), (170_000, 170_000, 1), (198_000, 198_000, 3), (198_000, 198_000, 3)
    ]  # fmt: skip
    assert missing.code not in {seen.code, group.code}
    visitors.undo_check_in(
        received[seen.code], by=desk(), at=slot.occasion.starts_at + dt.timedelta(minutes=1)
    )
    assert sums(shows.DAY) == [("online", 1, 170_000)]


@pytest.mark.django_db
def test_a_sale_over_the_counter_is_of_its_day_and_goes_back_when_cancelled():
    slot, by = shows.slot(), shows.planner()
    sold = selling.sell(slot.pk, tickets={"adult": 2}, check_in=False, by=desk(), at=shows.NOW)
    today = shows.NOW.date()
    assert sums(today) == [("desk", 2, 24_000)]
    received = visitors.check_in(sold.code, participants=0, adults=2, by=desk(), at=slot.occasion.starts_at)
    assert sums(shows.DAY) == []
    visitors.undo_check_in(received, by=desk(), at=slot.occasion.starts_at)
    tickets.cancel(sold.code, by=by, at=shows.NOW + dt.timedelta(days=1))
    assert sums(today + dt.timedelta(days=1)) == [("desk", -2, -24_000)]
    assert booked.rows(booked.in_the_reception(today, shows.DAY)) == []
