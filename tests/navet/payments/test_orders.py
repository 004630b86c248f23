"""Orders: placed once, changed by lines that take back, and nothing left of one that is cancelled."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given, settings
from hypothesis import strategies as st

from navet.payments import orders, statutory, vat
from navet.payments.models import Basis, Order, OrderLine, Settlement, Treatment, VatRule
from navet.payments.orders import Line
from tests.navet.payments.making import AT, DAY, DAY_PACKAGE, DINNER, ROOM, order, rules

pytestmark = pytest.mark.django_db
FEE = Line("Sen avbokning", Treatment.FEE, 1, 500_000)


def standing(placed: Order) -> list[tuple[str, int]]:
    return [(line.text, line.quantity) for line in placed.lines.standing()]


def test_an_order_copies_the_vat_of_the_day_of_supply():
    placed = order([DAY_PACKAGE, DINNER, ROOM])
    assert [(line.position, line.vat_permille) for line in placed.lines.all()] == [(1, 250), (2, 120), (3, 0)]
    assert placed.lines.get(position=3).exemption == statutory.ROOM_EXEMPT
    assert placed.payable_ore == 40 * 59_500 * 125 // 100 + 40 * 39_500 * 112 // 100 + 310_000
    assert placed.owed_ore == placed.payable_ore


def test_the_same_key_is_the_same_order():
    first = order(key="reservation:1")
    again = order([ROOM], key="reservation:1")
    assert again == first
    assert standing(again) == [("Konferens heldag", 40)]


def test_what_finance_has_not_decided_cannot_be_sold():
    rules()
    with pytest.raises(orders.NoVatRule):
        order([Line("Kurs", Treatment.COURSE, 1, 150_000)])
    assert not Order.objects.exists()


def test_a_rate_is_of_its_day():
    rules()
    food = Line("Fika", Treatment.FOOD, 1, 10_000)
    days = [dt.date(2026, 3, 31), dt.date(2026, 4, 1), dt.date(2027, 12, 31), dt.date(2028, 1, 1)]
    rates = [orders.priced([food], supply_date=day)[0].vat_permille for day in days]
    assert rates == [120, 60, 60, 120]


def test_what_finance_decided_is_left_alone():
    VatRule.objects.create(treatment="meal", vat_permille=250, valid=DateRange(DAY, None))
    statutory.ensure_rules()
    assert statutory.ensure_rules() == 0
    assert VatRule.objects.get(treatment="meal").vat_permille == 250


def test_a_change_takes_back_what_goes_and_leaves_what_stays():
    placed = order([DAY_PACKAGE, DINNER])
    fewer = Line(DAY_PACKAGE.text, DAY_PACKAGE.treatment, 38, DAY_PACKAGE.unit_ore)
    changed = orders.amend(placed, [fewer, DINNER], at=AT)
    assert [(line.quantity, line.reverses and line.reverses.position) for line in changed.lines.all()] == [
        (40, None),
        (40, None),
        (-40, 1),
        (38, None),
    ]
    assert placed.payable_ore - changed.payable_ore == 2 * 59_500 * 125 // 100


def test_two_lines_alike_are_two():
    placed = order([ROOM, ROOM])
    assert standing(orders.amend(placed, [ROOM], at=AT)) == [("Lokal", 1)]


def test_a_cancelled_order_owes_its_fee_and_is_changed_no_more():
    placed = order([DAY_PACKAGE, DINNER])
    cancelled = orders.cancel(placed, fee=[FEE], at=AT)
    assert standing(cancelled) == [("Sen avbokning", 1)]
    assert cancelled.payable_ore == 625_000
    assert orders.cancel(placed, at=AT).payable_ore == 625_000
    with pytest.raises(orders.OrderEnded):
        orders.amend(placed, [ROOM], at=AT)


SOLD = st.builds(
    Line,
    text=st.sampled_from(["Lokal", "Lunch", "Show"]),
    treatment=st.sampled_from([Treatment.CONFERENCE, Treatment.MEAL, Treatment.ROOM, Treatment.FOOD]),
    quantity=st.integers(1, 200),
    unit_ore=st.integers(0, 10**6),
)


@settings(max_examples=25)
@given(
    changes=st.lists(st.lists(SOLD, max_size=5), min_size=1, max_size=4), basis=st.sampled_from(Basis.values)
)
def test_whatever_changes_the_order_is_what_stands_and_cancelled_it_is_nothing(changes, basis):
    with transaction.atomic():
        placed = order(changes[0], basis=basis)
        for lines in changes[1:]:
            placed = orders.amend(placed, lines, at=AT)
        wanted = orders.priced(changes[-1], supply_date=DAY)
        assert placed.payable_ore == vat.totals(wanted, basis).payable_ore
        assert placed.payable_ore == vat.totals(placed.lines.all(), basis).payable_ore or basis == Basis.NET
        cancelled = orders.cancel(placed, at=AT)
        whole = vat.totals(cancelled.lines.all(), basis)
        assert (cancelled.payable_ore, whole.net_ore, whole.vat_ore, whole.rounding_ore) == (0, 0, 0, 0)
        transaction.set_rollback(True)


def test_lines_are_append_only():
    placed = order()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        OrderLine.objects.filter(order=placed).update(quantity=1)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        OrderLine.objects.filter(order=placed).delete()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("payments_orderline", "quantity", 0),
        ("payments_orderline", "unit_ore", -1),
        ("payments_orderline", "vat_permille", 130),
        ("payments_orderline", "exemption", "'no reason'"),
        ("payments_orderline", "reverses_id", "id"),
    ],
)
def test_a_crooked_line_is_refused_by_the_database(table, column, value):
    placed = order()
    columns = [field.column for field in OrderLine._meta.concrete_fields if field.column != "id"]
    taken = [{column: str(value), "position": "99"}.get(name, name) for name in columns]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(taken)} FROM {table} WHERE order_id = %s",
            [placed.pk],
        )


def test_an_invoice_has_somewhere_to_go():
    nobody = orders.Buyer(name="Nobody", email="nobody@example.com")
    with pytest.raises(IntegrityError, match="an_invoice_has_somewhere_to_go"), transaction.atomic():
        order(buyer=nobody)
    assert order(buyer=nobody, settlement=Settlement.CARD).pk


@pytest.mark.parametrize("treatment", Treatment.values)
def test_one_rule_of_a_treatment_at_a_time(treatment):
    VatRule.objects.create(treatment=treatment, vat_permille=250, valid=DateRange(DAY, None))
    with pytest.raises(IntegrityError, match=f"one_vat_rule_for_{treatment}_at_a_time"), transaction.atomic():
        VatRule.objects.create(treatment=treatment, vat_permille=120, valid=DateRange(DAY, None))
