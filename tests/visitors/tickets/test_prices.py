"""Prices: set from a date, ended, never two at a time, and kept by what was sold."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from navet import periods
from tests.visitors.making import DAY, MORNING, desk
from tests.visitors.tickets.making import economist, price
from visitors import operations
from visitors.tickets import prices
from visitors.tickets.models import Price, ReceiptLine

pytestmark = pytest.mark.django_db
TOMORROW = DAY + dt.timedelta(days=1)


def test_a_new_price_ends_the_one_before_and_begins_at_midnight_in_boras():
    old = price()
    new = price(kronor=140, first_date=TOMORROW, at=MORNING)
    old.refresh_from_db()
    assert old.valid.upper == new.valid.lower == periods.day_bounds(TOMORROW)[0]
    assert prices.now(MORNING) == {"adult": old}
    assert prices.now(MORNING + dt.timedelta(days=1)) == {"adult": new}


def test_todays_price_begins_at_this_moment_so_that_what_was_sold_keeps_its_own():
    old = price()
    new = price(kronor=140, first_date=DAY, at=MORNING)
    assert new.valid.lower == MORNING
    old.refresh_from_db()
    assert old.valid.upper == MORNING


def test_a_price_set_before_a_later_one_holds_until_it():
    later = price(kronor=140, first_date=DAY + dt.timedelta(days=9), at=MORNING)
    sooner = price(kronor=130, first_date=TOMORROW, at=MORNING)
    assert sooner.valid.upper == later.valid.lower


def test_two_prices_set_for_one_coming_date_leave_the_latter():
    price(kronor=130, first_date=TOMORROW, at=MORNING)
    meant = price(kronor=140, first_date=TOMORROW, at=MORNING)
    assert list(Price.objects.all()) == [meant]


def test_a_price_in_the_past_is_refused():
    with pytest.raises(prices.PriceInThePast):
        price(first_date=DAY - dt.timedelta(days=1), at=MORNING)


def test_ending_a_price_now_stops_it_and_ending_it_again_is_told():
    old = price()
    prices.end(old, by=economist(), at=MORNING)
    assert prices.now(MORNING) == {}
    with pytest.raises(prices.PriceEnded):
        prices.end(old, by=economist(), at=MORNING)


def test_a_price_that_has_not_begun_is_taken_away():
    coming = price(first_date=TOMORROW, at=MORNING)
    prices.end(coming, by=economist(), at=MORNING)
    assert not Price.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [{"price_ore": -1}, {"vat_permille": 130}, {"heads": 0}, {"valid": DateTimeTZRange(None, None)}],
)
def test_the_database_refuses_a_price_that_cannot_be(changed):
    terms = {
        "product": "adult",
        "price_ore": 100,
        "vat_permille": 250,
        "valid": DateTimeTZRange(MORNING, None),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Price.objects.create(**terms | changed)


def test_the_database_refuses_two_prices_at_a_time_but_not_of_two_products():
    price()
    price("child", 60)
    valid = DateTimeTZRange(MORNING, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Price.objects.create(product="adult", price_ore=1, vat_permille=0, valid=valid)


def test_the_terms_of_a_price_are_never_changed_and_a_sold_one_never_goes():
    sold = price()
    operations.record_walk_in("adult", 1, by=desk(), at=MORNING)
    sold.price_ore = 1
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        sold.save()
    with pytest.raises(Exception, match="protected"), transaction.atomic():
        sold.delete()
    assert ReceiptLine.objects.get().unit_ore == 12_000


def test_a_price_is_kept_in_the_history():
    from pghistory.models import Events  # beside its one use

    made = price()
    prices.end(made, by=economist(), at=MORNING)
    labels = [event.pgh_label for event in Events.objects.tracks(made).order_by("pgh_created_at", "pgh_id")]
    assert labels == ["insert", "update"]
