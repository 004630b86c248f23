"""What Stripe kept, withheld and sent to the bank, read from its balance: in the books to the öre, each day once."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.utils import timezone

from navet import periods
from navet.payments import balance, orders, reconciliation
from navet.payments import stripe_gateway as gateway
from navet.payments.invoices import ledger, sie
from navet.payments.models import BalanceEntry, Difference, Payout
from tests.navet.payments import line, making
from tests.navet.payments.paying import SUM, paid, tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("told")]
CARD_FEE = SUM * 15 // 1000 + 180  # the sandbox's own


@pytest.fixture(autouse=True)
def nobody_paid_yet(sandbox):
    """The balance is of the day, whoever used the sandbox before."""
    sandbox.control("forget")


def today() -> dt.date:
    return periods.local_day(timezone.now())


def vouchers() -> list[sie.Voucher]:
    """Stripe's days are those of UTC: shortly after midnight what arrives today arrived yesterday."""
    return ledger.vouchers(today() - dt.timedelta(days=1), today())


def reconciled() -> dict[str, int]:
    """Today held against Stripe, then what the vouchers come to by account."""
    reconciliation.run(today(), at=timezone.now())
    found = vouchers()
    assert [one.balance_ore for one in found] == [0] * len(found)
    sums = sie.sums(found)
    theirs = BalanceEntry.objects.aggregate(net=Sum("net_ore", default=0))["net"]
    assert sums.get("1580", 0) == theirs
    return {account: ore for account, ore in sums.items() if ore}


def test_what_stripe_kept_is_a_fee_and_the_rest_is_at_the_bank(sandbox):
    paid(sandbox, line.order())
    sent = sandbox.control("pay-out")
    assert sent["amount"] == SUM - CARD_FEE
    expected = {"1930": SUM - CARD_FEE, "6570": CARD_FEE, "2610": -5_950_00, "3000": -23_800_00}
    assert reconciled() == expected
    assert reconciled() == expected  # the same day again is the same
    assert not Difference.objects.exists()
    day = reconciliation.Reconciliation.objects.get()
    assert (day.fees_ore, day.paid_out_ore) == (CARD_FEE, SUM - CARD_FEE)
    for rows in (BalanceEntry.objects.all(), Payout.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_a_payout_is_on_its_way_then_at_the_bank_and_may_still_come_back(sandbox):
    paid(sandbox, line.order(), "swish")
    sent = sandbox.control("pay-out", status="in_transit")
    assert reconciled()["1590"] == sent["amount"]
    sandbox.control("end-payout", payout=sent["id"], status="paid")
    balance.look_at_payouts(at=timezone.now())
    sums = reconciled()
    assert (sums["1930"], "1590" in sums) == (sent["amount"], False)
    sandbox.control("end-payout", payout=sent["id"], status="failed")
    sums = reconciled()
    assert (sums["1580"], "1930" in sums, "1590" in sums) == (sent["amount"], False, False)


@pytest.mark.parametrize("takes_back", [False, True])
def test_a_dispute_is_withheld_and_what_is_lost_is_a_loss_by_vat_rate(sandbox, settings, takes_back):
    settings.INVOICING = settings.INVOICING | {"lost_disputes_take_back_vat": takes_back}
    payment = paid(sandbox, line.order(lines=[making.DAY_PACKAGE, making.DINNER]))
    made = sandbox.control("dispute", payment_intent=payment.intent_id)
    open_ = reconciled()
    assert (open_["1589"], open_["2610"], open_["2620"]) == (47_446_00, -5_950_00, -1_896_00)
    assert "6350" not in open_
    sandbox.control("close-dispute", dispute=made["id"], status="lost")
    tell(made["id"], "dispute")
    line.relay_all()
    lost = reconciled()
    vat = 5_950_00 + 1_896_00
    assert "1589" not in lost
    assert lost["6350"] == (47_446_00 - vat if takes_back else 47_446_00)
    assert (lost.get("2610", 0), lost.get("2620", 0)) == ((0, 0) if takes_back else (-5_950_00, -1_896_00))
    rows = [row for one in vouchers() for row in one.rows if row.account == "6350"]
    assert len(rows) == 2  # one for each rate
    sandbox.control("close-dispute", dispute=made["id"], status="won")
    tell(made["id"], "dispute", 2)
    line.relay_all()
    won = reconciled()
    assert "6350" not in won
    assert "1589" not in won


def test_refunds_and_those_that_come_back_are_ours_whether_or_not_their_webhook_came(sandbox):
    order = line.order()
    payment = paid(sandbox, order)
    sandbox.control("faults", refund_status="pending")
    orders.cancel(order, at=timezone.now())
    line.relay_all()
    refund = payment.refunds.get()
    assert reconciled()["6570"] == CARD_FEE  # which Stripe keeps
    sandbox.control("settle", refund=refund.stripe_id, status="failed")  # and nobody tells of it
    assert reconciled()["1580"] == SUM - CARD_FEE
    assert set(BalanceEntry.objects.values_list("what", flat=True)) == {"ours"}


def test_what_nobody_knows_stands_as_unknown_money_and_finance_is_told(sandbox):
    wish = gateway.Wish(
        key="another-shop-1", lines=(gateway.Line("Mugg", 99_00),), language="sv",
        expires_at=timezone.now() + dt.timedelta(hours=1), success_url="https://x.example/", cancel_url="https://x.example/",
        swish_reference="", metadata={"payment": "another-shop-1"},
    )  # fmt: skip
    made = gateway.create_session(wish)
    sandbox.control("pay", session=made.id)
    sums = reconciled()
    assert sums["2899"] == -99_00
    assert Difference.objects.get().kind == Difference.Kind.BALANCE
