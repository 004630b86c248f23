"""Card payments, refunds and lost disputes in the books: every voucher balances, per VAT rate, and together they are what Stripe has."""

import datetime as dt
import importlib
from collections import Counter

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from navet import periods
from navet.accounts.actor import Actor
from navet.payments import card_books, orders, refunds, vat
from navet.payments.invoices import ledger, sie
from navet.payments.models import Basis, Movement, Order, OrderLine, Treatment
from tests.navet.payments import line, making
from tests.navet.payments.paying import made_refunds, paid, tell
from tests.visitors.tickets.making import rows_behind
from visitors.tickets import booked, till

RATES = {Treatment.CONFERENCE: 250, Treatment.MEAL: 120, Treatment.FOOD: 60, Treatment.ROOM: 0}
LINES = st.builds(
    lambda treatment, quantity, unit_ore: OrderLine(
        treatment=treatment, quantity=quantity, unit_ore=unit_ore, vat_permille=RATES[treatment]
    ),
    st.sampled_from(list(RATES)), st.integers(1, 60), st.integers(0, 10**6),
)  # fmt: skip


def discounted(lines: list[OrderLine], percent: int) -> list[OrderLine]:
    """As conferences do: a line below zero for each treatment."""
    sums = Counter[tuple[str, int]]()
    for one in lines:
        sums[one.treatment, one.vat_permille] += one.quantity * one.unit_ore
    return lines + [
        OrderLine(treatment=treatment, vat_permille=rate, quantity=-1, unit_ore=ore * percent // 100)
        for (treatment, rate), ore in sums.items()
        if percent
    ]


ORDERS = st.builds(discounted, st.lists(LINES, max_size=4), st.sampled_from([0, 7, 33, 100]))
DEEDS = st.lists(st.one_of(ORDERS, st.floats(0, 1)), max_size=8)
CHART = ledger.Accounts(
    common={name: name for name in ("card", "owed_back", "losses", "rounding", *(f"vat_{rate}" for rate in ledger.RATES))},
    revenue={(treatment, rate): f"3-{rate}" for treatment, rate in RATES.items()},
)  # fmt: skip
START = dt.datetime(2026, 4, 1, 8, 0, tzinfo=dt.UTC)


def added(entries: list[card_books.Entry]) -> Counter[str]:
    """Öre by account, each voucher looked at on the way: it balances to the öre."""
    vouchers = [ledger.of_card(entry, CHART) for entry in entries]
    assert [voucher.balance_ore for voucher in vouchers] == [0] * len(vouchers)
    return Counter(sie.sums(vouchers))


class Story:
    """An order's life without a database: what it came to and what was paid are added up here, by hand."""

    def __init__(self, basis: str) -> None:
        self.order = Order(pk=1, code="ABC", basis=basis)
        self.lines: list[OrderLine] = []
        self.moved: list[Movement] = []
        self.at = START
        self.came = self.lost = 0

    @property
    def payable(self) -> int:
        return vat.totals(self.lines, self.order.basis).payable_ore

    def change(self, wanted: list[OrderLine]) -> None:
        gone = [
            OrderLine(
                treatment=one.treatment, vat_permille=one.vat_permille, quantity=-one.quantity, unit_ore=one.unit_ore
            )
            for one in self.standing
        ]  # fmt: skip
        self.at += dt.timedelta(hours=1)
        self.standing = wanted
        for one in [*gone, *wanted]:
            one.at, one.position = self.at, len(self.lines) + 1
            self.lines.append(one)

    standing: list[OrderLine] = []

    def move(self, kind: Movement.Kind, ore: int) -> None:
        if not ore:
            return
        self.at += dt.timedelta(hours=1)
        self.moved.append(Movement(pk=len(self.moved) + 1, kind=kind, amount_ore=ore, at=self.at))
        if kind in Movement.OF_DISPUTES:
            self.lost -= ore
        else:
            self.came += ore

    def entries(self) -> list[card_books.Entry]:
        return list(card_books.replay(self.order, self.lines, self.moved))


@given(deeds=DEEDS, basis=st.sampled_from(Basis.values))
@settings(max_examples=200, deadline=None)
def test_whatever_happens_vouchers_balance_and_a_paid_order_is_sold_at_its_own_vat(deeds, basis):
    """A list of lines changes the order, and what it then owes is paid or goes back; a share is lost in a dispute."""
    story = Story(basis)
    for deed in deeds:
        if isinstance(deed, float):
            story.move(Movement.Kind.LOST, -round(deed * (story.came - story.lost)))
            continue
        story.change(deed)
        owed = story.payable - (story.came - story.lost)
        story.move(Movement.Kind.PAYMENT if owed > 0 else Movement.Kind.REFUND, owed)
    accounts = added(story.entries())
    assert accounts["card"] == story.came - story.lost
    totals = vat.totals(story.lines, basis)
    if story.came - story.lost == totals.payable_ore and story.came:
        assert (accounts["owed_back"], accounts["losses"]) == (0, 0)
        assert {rate.vat_permille: rate.net_ore for rate in totals.rates if rate.net_ore} == {
            rate: -accounts[f"3-{rate}"] for rate in RATES.values() if accounts[f"3-{rate}"]
        }
        for rate in totals.rates:
            assert accounts[f"vat_{rate.vat_permille}"] == -rate.vat_ore
    story.move(Movement.Kind.WON, story.lost)
    story.change([])
    story.move(Movement.Kind.REFUND, -story.came)
    assert not any(added(story.entries()).values())


def test_what_is_lost_keeps_its_vat_until_it_is_paid_again_or_cancelled():
    story = Story(Basis.GROSS)
    story.change([OrderLine(treatment="conference", quantity=1, unit_ore=1000_00, vat_permille=250)])
    story.move(Movement.Kind.PAYMENT, 1000_00)
    story.move(Movement.Kind.LOST, -1000_00)
    lost = {"card": 0, "3-250": -800_00, "vat_250": -200_00, "losses": 1000_00}
    assert {name: ore for name, ore in added(story.entries()).items() if ore or name == "card"} == lost
    story.move(Movement.Kind.PAYMENT, 1000_00)
    assert added(story.entries())["losses"] == 0
    story.change([])
    changed = story.entries()[-1]
    assert (changed.kind, changed.amount_ore, changed.change.owed_back_ore) == ("changed", 0, 1000_00)
    assert changed.change.vats == {250: -200_00}


def test_half_of_an_order_is_of_its_rates_in_proportion():
    story = Story(Basis.NET)
    story.change(
        [
            OrderLine(treatment="conference", quantity=1, unit_ore=800_00, vat_permille=250),
            OrderLine(treatment="room", quantity=1, unit_ore=1000_00, vat_permille=0),
        ]
    )
    story.move(Movement.Kind.PAYMENT, 500_01)
    assert dict(added(story.entries())) == {
        "card": 500_01, "3-0": -250_01, "3-250": -200_00, "vat_250": -50_00
    }  # fmt: skip


# --- Through the sandbox ---------------------------------------------------------------------------------------------


def books(first: dt.date) -> dict[str, int]:
    """What the SIE file of the days until now comes to by account, read back."""
    last = periods.local_day(timezone.now())
    return sie.sums(sie.read(ledger.export(first, last, made=last)).vouchers)


@pytest.fixture
def second_factor_off(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("told")
def test_the_file_has_what_stripe_has_and_the_till_says_the_same(sandbox, finance, second_factor_off):
    today = periods.local_day(timezone.now())
    order = line.order(lines=[making.DAY_PACKAGE, making.DINNER])
    payment = paid(sandbox, order)
    assert books(today) == {
        "1580": 47_446_00, "2610": -5_950_00, "2620": -1_896_00, "3000": -(23_800_00 + 15_800_00)
    }  # fmt: skip
    orders.amend(order, [making.DAY_PACKAGE], at=timezone.now())
    assert books(today)["2890"] == -17_696_00  # owed until it has left
    line.relay_all()
    assert {number: ore for number, ore in books(today).items() if ore} == {
        "1580": 29_750_00, "2610": -5_950_00, "3000": -23_800_00
    }  # fmt: skip
    refunds.give(payment, 1_000_00, note="Projektorn", by=Actor(user=finance), at=timezone.now())
    line.relay_all()
    made = sandbox.control("dispute", payment_intent=payment.intent_id)
    sandbox.control("close-dispute", dispute=made["id"], status="lost")
    for number in (1, 2):  # told twice, booked once
        tell(made["id"], "dispute", number)
        line.relay_all()
    theirs = payment.amount_ore - sum(made_refunds(payment)) - 28_750_00
    sums, shown = books(today), till.Sums(booked.by_card(today, today))
    # What was withheld in the dispute stands by itself until the night reads Stripe's balance.
    assert sums["1580"] + sums["1589"] == shown.amount_ore == theirs == 0
    assert {row.booked: row.amount_ore for row in shown.rows} == {
        "card": 28_750_00, "lost": -28_750_00
    }  # fmt: skip
    assert (sums["6350"], sums["2610"], -shown.vat_ore) == (28_750_00, -5_750_00, -5_750_00)
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(finance)
    opened = rows_behind(browser, "/kassa/")
    assert sorted({(said, behind) for said, behind, _rows in opened.values()}) == [
        (-28_750_00, -28_750_00), (0, 0), (28_750_00, 28_750_00)
    ]  # fmt: skip
    sandbox.control("close-dispute", dispute=made["id"], status="won")
    tell(made["id"], "dispute", 3)
    line.relay_all()
    assert (books(today)["1580"], books(today)["1589"], books(today)["6350"]) == (28_750_00, 0, 0)
    assert Movement.objects.count() == 5
    assert_is_what_was_before()


def assert_is_what_was_before() -> None:
    """The migration makes the same sums of rows that were there before the table was."""
    backfill = importlib.import_module("navet.payments.migrations.0005_movements").BEFORE
    ours = sum(Movement.objects.values_list("amount_ore", flat=True))
    with pgtrigger.ignore("payments.Movement:append_only"):
        Movement.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(backfill)
    assert sum(Movement.objects.values_list("amount_ore", flat=True)) == ours != 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("told")
def test_a_refund_that_came_back_is_in_the_books_on_both_days(sandbox):
    order = line.order()
    payment = paid(sandbox, order)
    sandbox.control("faults", refund_status="pending")
    orders.cancel(order, at=timezone.now())
    line.relay_all()
    refund = payment.refunds.get()
    sandbox.control("settle", refund=refund.stripe_id, status="failed")
    tell(refund.stripe_id, "refund")
    line.relay_all()
    assert list(Movement.objects.order_by("pk").values_list("kind", "amount_ore")) == [
        ("payment", 29_750_00), ("refund", -29_750_00), ("returned", 29_750_00)
    ]  # fmt: skip
    sums = books(periods.local_day(payment.paid_at))
    assert (sums["1580"], sums["2890"], sums["2610"]) == (29_750_00, -29_750_00, 0)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Movement.objects.all().delete()
