"""What the till is to take: a line for each entry with a price, taken back with it, and sums that add up."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from tests.visitors.making import DAY, MORNING, arrival, desk
from tests.visitors.test_at_once import at_once
from tests.visitors.tickets.making import economist, price
from visitors import operations
from visitors.models import Visit
from visitors.tickets import audit, prices, till
from visitors.tickets.models import ReceiptLine


def walk_in(category: str = "adult", count: int = 2, **changed) -> Visit:
    return operations.record_walk_in(category, count, **{"by": desk(), "at": MORNING} | changed)


@pytest.mark.django_db
def test_a_walk_in_copies_price_and_vat_of_its_moment():
    price(kronor=125)
    line = walk_in(count=2).receipt
    assert (line.product, line.tickets, line.unit_ore, line.amount_ore) == ("adult", 2, 12_500, 25_000)
    assert (line.vat_permille, line.vat_ore, line.day) == (250, 5_000, DAY)


@pytest.mark.django_db
def test_a_later_price_changes_nothing_that_was_sold():
    price()
    line = walk_in().receipt
    price(kronor=999, vat_permille=60, first_date=DAY, at=MORNING + dt.timedelta(minutes=1))
    line.refresh_from_db()
    assert (line.unit_ore, line.vat_permille) == (12_000, 250)
    assert walk_in(at=MORNING + dt.timedelta(minutes=2)).receipt.unit_ore == 99_900


@pytest.mark.django_db
@pytest.mark.parametrize(("heads", "tickets"), [(1, 1), (2, 1), (3, 2), (4, 2)])
def test_a_family_ticket_admits_as_many_as_it_says(heads, tickets):
    price("family_adult", 300, heads=2)
    assert walk_in("family_adult", heads).receipt.tickets == tickets


@pytest.mark.django_db
def test_what_has_no_price_has_no_line_and_what_costs_nothing_has():
    price("free", 0, vat_permille=0)
    walk_in("annual_pass", 3)
    walk_in("free", 3)
    operations.check_in(arrival(), participants=20, adults=2, by=desk(), at=MORNING)
    assert [(line.product, line.amount_ore) for line in ReceiptLine.objects.all()] == [("free", 0)]


@pytest.mark.django_db
def test_undo_takes_the_line_back():
    price()
    visit = walk_in()
    operations.undo_walk_in(visit, by=desk(), at=MORNING)
    assert till.sum_of(DAY) == 0
    assert ReceiptLine.objects.aggregate(Sum("tickets"), Sum("vat_ore")) == {
        "tickets__sum": 0,
        "vat_ore__sum": 0,
    }
    assert till.to_the_till(DAY, DAY).rows == []


@pytest.mark.django_db
def test_the_sums_are_by_product_price_and_vat_rate():
    price(kronor=120)
    price("child", 60, vat_permille=60)
    walk_in(count=2)
    walk_in(count=1)
    walk_in("child", 3)
    sums = till.to_the_till(DAY, DAY)
    assert [(row.product, row.tickets, row.amount_ore) for row in sums.rows] == [
        ("adult", 3, 36_000),
        ("child", 3, 18_000),
    ]
    assert [(rate.vat_permille, rate.amount_ore) for rate in sums.rates] == [(60, 18_000), (250, 36_000)]
    assert sums.amount_ore == 54_000 == sums.net_ore + sums.vat_ore == till.sum_of(DAY)


@pytest.mark.django_db
def test_lines_are_append_only_and_a_crooked_one_is_refused():
    price()
    line = walk_in().receipt
    for change in (lambda: ReceiptLine.objects.update(tickets=1), lambda: ReceiptLine.objects.all().delete()):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change()
    terms = till.line(line.price, 3, at=MORNING) | {"amount_ore": 1}
    free = Visit.objects.create(
        at=MORNING, day=DAY, leaves_at=MORNING, category="adult", count=3, source="import"
    )
    with pytest.raises(IntegrityError, match="a_line_adds_up"), transaction.atomic():
        ReceiptLine.objects.create(visit=free, **terms)
    with pytest.raises(IntegrityError, match="mirrors"), transaction.atomic():
        ReceiptLine.objects.create(
            visit=free, reverses=line, **till.line(line.price, -1, at=MORNING) | {"vat_ore": -2400}
        )


@pytest.mark.django_db
def test_the_ledger_and_the_till_agree_after_a_day_of_taps():
    price()
    price("family_adult", 300, heads=2)
    for number in range(1, 6):
        visit = walk_in("family_adult", number)
        walk_in("adult", number)
        walk_in("annual_pass", number)
        if number % 2:
            operations.undo_walk_in(visit, by=desk(), at=MORNING)
    assert list(audit.disagreements()) == list(audit.disagreements(DAY)) == []
    call_command("verify_ledger")


@pytest.mark.django_db
def test_prices_that_begin_and_end_during_a_day_leave_it_in_agreement():
    before = walk_in("adult", 1, at=MORNING - dt.timedelta(hours=1))
    begun = price(first_date=DAY, at=MORNING)
    sold = walk_in()
    prices.end(begun, by=economist(), at=MORNING + dt.timedelta(hours=1))
    walk_in("adult", 1, at=MORNING + dt.timedelta(hours=1))
    operations.undo_walk_in(sold, by=desk(), at=MORNING + dt.timedelta(hours=2))
    operations.undo_walk_in(before, by=desk(), at=MORNING + dt.timedelta(hours=2))
    assert list(audit.disagreements()) == []


@pytest.mark.django_db
def test_an_entry_without_its_line_is_found(capsys):
    price()
    Visit.objects.create(at=MORNING, day=DAY, leaves_at=MORNING, category="adult", count=2, source="desk")
    (found,) = audit.disagreements(DAY)
    assert "kvittorader" in str(found)
    with pytest.raises(CommandError):
        call_command("verify_ledger")


@pytest.mark.django_db
def test_a_line_written_around_the_operations_is_found():
    terms = till.line(price(), 5, at=MORNING)
    visit = Visit.objects.create(
        at=MORNING, day=DAY, leaves_at=MORNING, category="adult", count=2, source="desk"
    )
    with connection.cursor() as cursor:
        names, values = ["visit_id", *terms], [visit.pk, *terms.values()]
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO till_receiptline ({', '.join(names)}) VALUES ({marks})", values)
    assert [(found.expected, found.found) for found in audit.disagreements()] == [(2, 5)]


@given(heads=st.integers(1, 500), admits=st.integers(1, 100))
def test_tickets_admit_everybody_and_none_is_needless(heads, admits):
    tickets = till.tickets_for(heads, admits=admits)
    assert tickets * admits >= heads > (tickets - 1) * admits


@pytest.mark.django_db(transaction=True)
def test_two_desks_selling_and_undoing_at_once_add_up():
    price()
    visit = walk_in()
    at_once(
        lambda: operations.undo_walk_in(visit, by=desk(), at=MORNING),
        lambda: operations.undo_walk_in(visit, by=desk(), at=MORNING),
        lambda: walk_in(count=1),
    )
    assert till.sum_of(DAY) == 12_000
    assert list(audit.disagreements()) == []
