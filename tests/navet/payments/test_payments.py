"""Paying orders against the real sandbox: what Stripe says now is what our books say, whatever got lost or came twice."""

import datetime as dt
import threading
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.outbox.models import Effect
from navet.payments import orders, payments, reconciliation, refunds, tidying, webhooks
from navet.payments import stripe_gateway as gateway
from navet.payments.models import (
    Difference,
    Dispute,
    Order,
    Payment,
    Reconciliation,
    Refund,
    Settlement,
    StripeEvent,
)
from navet.retention import rules as retention
from tests.navet.payments import line, making

pytestmark = pytest.mark.django_db(transaction=True)
SUM = 29_750_00


@pytest.fixture(autouse=True)
def told(monkeypatch) -> line.Line:
    return line.register(monkeypatch)


@pytest.fixture
def finance() -> User:
    return User.objects.create_user("ekonomi@navet.example", name="E", roles=["finance"])


def begun(order: Order) -> Payment:
    return payments.begin(order, language="sv", at=timezone.now())


def event(about: str, kind: str = "checkout.session", number: int = 1) -> gateway.Event:
    return gateway.Event(f"evt_{about}_{number}", f"{kind}.something", kind, about, timezone.now())


def tell(about: str, kind: str = "checkout.session", number: int = 1) -> None:
    webhooks.receive(event(about, kind, number), at=timezone.now())


def paid(sandbox, order: Order, method: str = "card") -> Payment:
    payment = begun(order)
    sandbox.control("pay", session=payment.session_id, method=method)
    tell(payment.session_id)
    line.relay_all()
    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID
    return payment


def made_refunds(payment: Payment) -> list[int]:
    return sorted(made.amount for made in gateway.refunds_of(payment.intent_id))


def test_an_order_is_paid_once_however_often_stripe_says_so(sandbox, told):
    order = line.order()
    payment = begun(order)
    assert payment.url.startswith(sandbox.url)
    assert begun(order) == payment  # the page that is open, not another
    sandbox.control("pay", session=payment.session_id, method="swish")
    tell(payment.session_id)
    tell(payment.session_id)
    tell(payment.session_id, number=2)
    line.relay_all()
    tell(payment.session_id)  # comes again when it has been handled
    line.relay_all()
    payment.refresh_from_db()
    order.refresh_from_db()
    assert (payment.state, payment.method, payment.amount_ore) == ("paid", "swish", SUM)
    assert (order.paid_ore, order.owed_ore) == (SUM, 0)
    assert told.told == [("paid", order.code)]
    assert list(StripeEvent.objects.filter(handled_at__isnull=False).values_list("about", flat=True)) == [
        {},
        {},
    ]
    assert Effect.objects.filter(key=f"payments.receipt:{payment.pk}").count() == 1
    with pytest.raises(payments.NothingToPay):
        begun(order)


def test_an_answer_that_was_lost_is_had_again_under_the_same_key(sandbox, told):
    order = line.order()
    sandbox.control("faults", hang_up=1)
    before = sandbox.control("state")["objects"].get("checkout.session", 0)
    with pytest.raises(payments.CannotPayNow):
        begun(order)
    payment = order.payments.get()
    assert payment.state == Payment.State.INTENDED
    sandbox.control("faults")
    assert tidying.look_after(at=timezone.now() + dt.timedelta(minutes=2)) == 1
    payment.refresh_from_db()
    assert payment.state == Payment.State.OPEN
    assert begun(order) == payment
    assert sandbox.control("state")["objects"]["checkout.session"] == before + 1


def test_a_webhook_that_comes_before_our_own_answer_pays_the_order(sandbox, told):
    order = line.order()
    intended = payments._intend(order.pk, "sv", at=timezone.now())
    session = gateway.create_session(payments.wish(intended))  # and here we are killed
    sandbox.control("pay", session=session.id)
    tell(session.id)
    line.relay_all()
    intended.refresh_from_db()
    assert (intended.state, intended.session_id) == ("paid", session.id)
    late_answer = payments.record(session, at=timezone.now())  # still says "open"
    assert late_answer.state == Payment.State.PAID
    assert told.told == [("paid", order.code)]


def test_an_intent_that_never_reached_stripe_fails_and_another_is_begun(sandbox):
    order = line.order()
    then = timezone.now() - dt.timedelta(minutes=45)
    intended = payments._intend(order.pk, "sv", at=then)
    tidying.look_after(at=timezone.now())
    intended.refresh_from_db()
    assert (intended.state, intended.fault) == ("failed", "never_opened")
    assert begun(order) != intended


def test_a_lost_webhook_is_made_up_for(sandbox, told):
    order = line.order()
    payment = begun(order)
    sandbox.control("pay", session=payment.session_id)
    assert tidying.look_after(at=timezone.now()) == 0  # somebody may be paying: it is left alone
    assert tidying.look_after(at=timezone.now() + dt.timedelta(minutes=11)) == 1
    assert told.told == [("paid", order.code)]


def test_another_amount_pays_nothing_and_finance_is_told(sandbox, told, finance):
    order = line.order()
    payment = begun(order)
    sandbox.control("alter", kind="checkout.session", id=payment.session_id, amount_total=SUM - 1)
    sandbox.control("pay", session=payment.session_id)
    tell(payment.session_id)
    line.relay_all()
    payment.refresh_from_db()
    order.refresh_from_db()
    assert (payment.state, payment.received, order.paid_ore) == ("mismatched", f"{SUM - 1} sek", 0)
    assert told.told == []
    found = Difference.objects.get()
    assert (found.kind, found.ours, found.theirs) == ("amount", f"{SUM} sek", f"{SUM - 1} sek")
    assert Effect.objects.filter(key=f"payments.difference:{found.pk}:{finance.pk}").exists()


def test_another_currency_pays_nothing(sandbox, told):
    payment = begun(line.order())
    sandbox.control("alter", kind="checkout.session", id=payment.session_id, currency="eur")
    sandbox.control("pay", session=payment.session_id)
    tidying.look_after(at=timezone.now() + dt.timedelta(minutes=11))
    assert Difference.objects.get().theirs == f"{SUM} eur"
    assert told.told == []


@pytest.mark.parametrize("wants", [True, False])
def test_a_late_payment_is_honoured_or_goes_back_as_the_product_line_says(sandbox, told, wants):
    order = line.order()
    payment = begun(order)
    sandbox.control("pay", session=payment.session_id)
    Order.objects.filter(pk=order.pk).update(state=Order.State.LAPSED)
    told.wants = wants
    tell(payment.session_id)
    line.relay_all()
    order.refresh_from_db()
    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID
    assert (order.state, order.paid_ore) == (("open", SUM) if wants else ("lapsed", 0))
    assert made_refunds(payment) == ([] if wants else [SUM])


def test_an_order_that_nobody_paid_lapses_and_its_page_is_closed(sandbox, told):
    order = line.order(pay_by=timezone.now() + dt.timedelta(hours=1))
    payment = begun(order)
    then = timezone.now() + dt.timedelta(minutes=61)
    assert tidying.lapse_unpaid(at=then) == 1
    order.refresh_from_db()
    payment.refresh_from_db()
    assert (order.state, payment.state) == ("lapsed", "expired")
    assert gateway.session(payment.session_id).status == "expired"
    assert told.told == [("unpaid", order.code)]
    assert tidying.lapse_unpaid(at=then) == 0


def test_an_order_that_was_paid_in_the_last_moment_does_not_lapse(sandbox, told):
    order = line.order(pay_by=timezone.now() + dt.timedelta(hours=1))
    payment = begun(order)
    sandbox.control("pay", session=payment.session_id)
    tidying.lapse_unpaid(at=timezone.now() + dt.timedelta(minutes=61))
    order.refresh_from_db()
    assert (order.state, order.owed_ore) == ("open", 0)
    assert told.told == [("paid", order.code)]


def test_an_order_that_was_cancelled_while_it_was_paid_is_refunded(sandbox, told):
    order = line.order()
    payment = begun(order)
    sandbox.control("pay", session=payment.session_id)
    orders.cancel(order, at=timezone.now())
    line.relay_all()
    order.refresh_from_db()
    payment.refresh_from_db()
    assert (payment.state, order.paid_ore, made_refunds(payment)) == ("paid", 0, [SUM])
    assert told.told == []


def test_a_cancelled_order_closes_its_page(sandbox):
    order = line.order()
    payment = begun(order)
    orders.cancel(order, at=timezone.now())
    line.relay_all()
    payment.refresh_from_db()
    assert (payment.state, gateway.session(payment.session_id).status) == ("expired", "expired")


def test_what_an_amendment_leaves_over_goes_back_once(sandbox):
    order = line.order()
    payment = paid(sandbox, order)
    fewer = replace(making.DAY_PACKAGE, quantity=30)
    orders.amend(order, [fewer], at=timezone.now())
    orders.amend(order, [fewer], at=timezone.now())
    line.relay_all()
    order.refresh_from_db()
    assert (order.owed_ore, made_refunds(payment)) == (0, [SUM // 4])
    fee = orders.Line("Sen avbokning", making.Treatment.FEE, 1, 100_000)
    orders.cancel(order, fee=[fee], at=timezone.now())
    line.relay_all()
    order.refresh_from_db()
    assert (order.payable_ore, order.paid_ore) == (1_250_00, 1_250_00)
    assert sum(made_refunds(payment)) == SUM - 1_250_00


def test_a_page_for_another_sum_is_closed_and_the_rest_paid_by_a_new_one(sandbox, told):
    order = line.order()
    first = begun(order)
    more = replace(making.DAY_PACKAGE, quantity=44)
    order = orders.amend(order, [more], at=timezone.now())
    second = begun(order)
    assert (second.amount_ore, second.pk != first.pk) == (SUM * 11 // 10, True)
    first.refresh_from_db()
    assert first.state == Payment.State.EXPIRED
    sandbox.control("pay", session=second.session_id)
    line.relay_all()
    tidying.look_after(at=timezone.now() + dt.timedelta(minutes=11))
    order = orders.amend(order, [replace(more, quantity=48)], at=timezone.now())
    third = paid(sandbox, order)
    order.refresh_from_db()
    assert (third.amount_ore, order.owed_ore) == (SUM // 10, 0)
    assert len(told.told) == 2


def test_staff_refund_no_more_than_is_left(sandbox, finance):
    payment = paid(sandbox, line.order())
    by, at = Actor(user=finance), timezone.now()
    refunds.give(payment, 100_00, note="Projektorn var trasig", by=by, at=at)
    with pytest.raises(refunds.MoreThanPaid):
        refunds.give(payment, SUM, note="", by=by, at=at)
    with pytest.raises(refunds.MoreThanPaid):
        refunds.give(payment, 0, note="", by=by, at=at)
    line.relay_all()
    assert made_refunds(payment) == [100_00]
    assert payment.refunds.get().state == Refund.State.SUCCEEDED


def test_two_who_refund_at_once_never_give_more_than_was_paid(sandbox, finance):
    payment = paid(sandbox, line.order())
    said: list[str] = []

    def give() -> None:
        try:
            refunds.give(payment, SUM - 1, note="", by=Actor(user=finance), at=timezone.now())
            said.append("given")
        except refunds.MoreThanPaid as no:
            said.append(no.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=give) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["given", "more_than_paid", "more_than_paid", "more_than_paid"]


def test_the_database_itself_refunds_no_more_than_was_paid(sandbox):
    payment = paid(sandbox, line.order())
    row = {"payment": payment, "reason": "staff", "promised_at": timezone.now()}
    Refund.objects.create(amount_ore=SUM, **row)
    with pytest.raises(DatabaseError, match="no more is refunded"), transaction.atomic():
        Refund.objects.create(amount_ore=1, **row)
    unpaid = begun(line.order())
    with pytest.raises(DatabaseError, match="no more is refunded"), transaction.atomic():
        Refund.objects.create(amount_ore=1, **row | {"payment": unpaid})


def test_the_database_lets_a_payment_move_along_its_table_only(sandbox):
    payment = paid(sandbox, line.order())
    for state in ("open", "expired", "intended"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Payment.objects.filter(pk=payment.pk).update(state=state, paid_at=None)
    for change in ({"amount_ore": 1}, {"order": line.order()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Payment.objects.filter(pk=payment.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        payment.delete()


def test_a_refund_that_fails_later_is_owed_again_and_told(sandbox, finance):
    order = line.order()
    payment = paid(sandbox, order)
    sandbox.control("faults", refund_status="pending")
    orders.cancel(order, at=timezone.now())
    line.relay_all()
    refund = payment.refunds.get()
    assert (refund.state, refund.stripe_id is None) == ("pending", False)
    sandbox.control("settle", refund=refund.stripe_id, status="failed")
    tell(refund.stripe_id, "refund")
    line.relay_all()
    refund.refresh_from_db()
    order.refresh_from_db()
    assert (refund.state, refund.fault, order.paid_ore) == ("failed", "declined", SUM)
    assert Difference.objects.get().kind == Difference.Kind.REFUND


def test_a_pending_refund_is_asked_about_until_it_is_made(sandbox):
    order = line.order()
    payment = paid(sandbox, order)
    sandbox.control("faults", refund_status="pending")
    orders.cancel(order, at=timezone.now())
    line.relay_all()
    sandbox.control("settle", refund=payment.refunds.get().stripe_id, status="succeeded")
    tidying.look_after_refunds(at=timezone.now() + dt.timedelta(hours=2))
    assert payment.refunds.get().state == Refund.State.SUCCEEDED


def test_a_refund_whose_key_stripe_may_have_forgotten_is_looked_for_first(sandbox):
    order = line.order()
    payment = paid(sandbox, order)
    orders.cancel(order, at=timezone.now())
    refund = payment.refunds.get()
    gateway.create_refund(
        intent_id=payment.intent_id, amount_ore=100_00, key="another key", metadata={"refund": refund.key}
    )
    Refund.objects.filter(pk=refund.pk).update(promised_at=timezone.now() - dt.timedelta(days=2))
    Effect.objects.filter(kind="stripe.refund").update(due_at=timezone.now())
    line.relay_all()
    assert made_refunds(payment) == [100_00]  # not made again
    assert Difference.objects.get().kind == Difference.Kind.REFUND  # and the sum that differs is told


def test_a_refund_made_at_stripe_itself_is_taken_into_our_books_once(sandbox):
    order = line.order()
    payment = paid(sandbox, order)
    made = gateway.create_refund(intent_id=payment.intent_id, amount_ore=50_00, key="dashboard", metadata={})
    for number in (1, 2):
        tell(made.id, "refund", number)
    line.relay_all()
    order.refresh_from_db()
    taken = payment.refunds.get()
    assert (taken.reason, taken.amount_ore, order.paid_ore) == ("outside", 50_00, SUM - 50_00)


def test_a_dispute_is_recorded_and_followed(sandbox):
    payment = paid(sandbox, line.order())
    made = sandbox.control("dispute", payment_intent=payment.intent_id)
    tell(made["id"], "dispute")
    line.relay_all()
    dispute = Dispute.objects.get()
    assert (dispute.payment, dispute.status, dispute.is_over) == (payment, "needs_response", False)
    sandbox.control("close-dispute", dispute=made["id"], status="won")
    tell(made["id"], "dispute", 2)
    line.relay_all()
    assert Dispute.objects.get().is_over


def disputed(payment: Payment, made: dict, sandbox, status: str, number: int) -> Dispute:
    sandbox.control("close-dispute", dispute=made["id"], status=status)
    tell(made["id"], "dispute", number)
    line.relay_all()
    return Dispute.objects.get()


def test_a_lost_dispute_is_paid_no_longer_and_one_won_after_all_is(sandbox, finance):
    order = line.order()
    payment = paid(sandbox, order)
    refunds.give(payment, 100_00, note="Trasig projektor", by=Actor(user=finance), at=timezone.now())
    line.relay_all()
    made = sandbox.control("dispute", payment_intent=payment.intent_id)
    tell(made["id"], "dispute")
    line.relay_all()
    warned = Difference.objects.get()
    assert (warned.kind, warned.settled_at) == (Difference.Kind.DISPUTED, None)
    assert Effect.objects.filter(key=f"payments.difference:{warned.pk}:{finance.pk}").exists()
    order.refresh_from_db()
    assert order.paid_ore == SUM - 100_00  # nothing is decided yet
    for number in (2, 3):  # told twice, taken once
        lost = disputed(payment, made, sandbox, "lost", number)
    order.refresh_from_db()
    warned.refresh_from_db()
    assert (order.paid_ore, order.owed_ore) == (0, SUM)
    assert (lost.taken_ore, lost.amount_ore, payment.refundable_ore()) == (SUM - 100_00, SUM, 0)
    assert warned.settled_at
    told = Difference.objects.get(kind=Difference.Kind.LOST)
    assert (told.ours, told.theirs) == (f"{SUM - 100_00} sek", f"{SUM} sek lost")
    with pytest.raises(refunds.MoreThanPaid):
        refunds.give(payment, 1, note="", by=Actor(user=finance), at=timezone.now())
    with pytest.raises(DatabaseError, match="no more is refunded"), transaction.atomic():
        Refund.objects.create(payment=payment, amount_ore=1, reason="staff", promised_at=timezone.now())
    assert tidying.lapse_unpaid(at=timezone.now() + dt.timedelta(days=9)) == 0  # it was paid once
    orders.cancel(order, at=timezone.now())
    disputed(payment, made, sandbox, "won", 4)
    order.refresh_from_db()
    assert (order.paid_ore, sum(made_refunds(payment))) == (0, SUM)  # what is there again goes back


def test_the_night_learns_how_a_dispute_ended_when_nothing_told_us(sandbox):
    order = line.order()
    payment = paid(sandbox, order)
    made = sandbox.control("dispute", payment_intent=payment.intent_id)
    tell(made["id"], "dispute")
    line.relay_all()
    sandbox.control("close-dispute", dispute=made["id"], status="lost")
    at = timezone.now()
    reconciliation.run(timezone.localtime(at).date() - dt.timedelta(days=1), at=at)
    order.refresh_from_db()
    assert order.paid_ore == 0


def test_the_money_of_an_order_that_no_line_knows_is_kept_and_told(sandbox, finance):
    order = line.order(kind="gone")
    payment = begun(order)
    sandbox.control("pay", session=payment.session_id)
    tell(payment.session_id)
    line.relay_all()
    order.refresh_from_db()
    assert (order.state, order.owed_ore) == ("open", 0)
    found = Difference.objects.get()
    assert (found.kind, found.about, found.payment_id) == (
        Difference.Kind.NOBODYS,
        order.code,
        payment.pk,
    )
    assert Effect.objects.filter(key=f"payments.difference:{found.pk}:{finance.pk}").exists()
    late = line.order(kind="gone", pay_by=timezone.now())
    assert tidying.lapse_unpaid(at=timezone.now()) == 1
    late.refresh_from_db()
    assert late.state == "lapsed"


def test_a_line_that_fails_on_its_payment_does_not_keep_the_night_from_the_others(sandbox, told, monkeypatch):
    broken, fine = begun(line.order()), begun(line.order())
    for payment in (broken, fine):
        sandbox.control("pay", session=payment.session_id)
    heard = told.paid

    def paid_(order: Order, *, at: dt.datetime) -> bool:
        if order.pk == broken.order_id:
            raise KeyError("a fault of the line's own")
        return heard(order, at=at)

    monkeypatch.setattr(told, "paid", paid_)
    at = timezone.now()
    reconciliation.run(timezone.localtime(at).date(), at=at)
    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.state, fine.state) == ("open", "paid")
    assert Difference.objects.get(payment=broken).kind == Difference.Kind.UNKNOWN


def test_what_lapsed_is_ordered_again_on_new_terms_and_paid(sandbox, told):
    order = line.order(key="test:again")
    first = begun(order)
    Order.objects.filter(pk=order.pk).update(
        state=Order.State.LAPSED
    )  # and Stripe was away: its page is open
    until = timezone.now() + dt.timedelta(hours=2)
    dearer = replace(making.DAY_PACKAGE, quantity=44)
    again = line.order(key="test:again", lines=[dearer], pay_by=until, title="Konferens, igen")
    assert (again.pk, again.code, again.state, again.pay_by) == (order.pk, order.code, "open", until)
    assert (again.title, again.owed_ore) == ("Konferens, igen", SUM * 11 // 10)
    line.relay_all()
    first.refresh_from_db()
    assert first.state == Payment.State.EXPIRED  # its page was for another sum
    paid(sandbox, again)
    again.refresh_from_db()
    assert (again.owed_ore, told.told) == (0, [("paid", order.code)])
    unchanged = line.order(key="test:again", lines=[making.ROOM], pay_by=None)
    assert (unchanged.payable_ore, unchanged.pay_by) == (again.payable_ore, until)


def test_what_lapsed_is_ordered_again_against_an_invoice_and_its_page_closed(sandbox):
    order = line.order(key="test:invoice")
    payment = begun(order)
    Order.objects.filter(pk=order.pk).update(state=Order.State.LAPSED)
    again = line.order(key="test:invoice", settlement=Settlement.INVOICE, pay_by=None)
    line.relay_all()
    payment.refresh_from_db()
    assert (again.settlement, payment.state) == ("invoice", "expired")


def test_what_is_not_ours_is_put_aside(sandbox):
    for about, kind in (("cs_test_gone", "checkout.session"), ("re_gone", "refund"), ("x", "customer")):
        tell(about, kind)
    line.relay_all()
    assert StripeEvent.objects.filter(handled_at__isnull=True).count() == 0
    rule = retention.named("payments.stripe_events")
    assert rule.rows(timezone.now() + dt.timedelta(days=89)).count() == 0
    assert rule.rows(timezone.now() + dt.timedelta(days=91)).count() == 3


def test_stripe_away_keeps_the_event_waiting(sandbox, settings):
    payment = begun(line.order())
    sandbox.control("pay", session=payment.session_id)
    settings.STRIPE = {**sandbox.settings, "api_base": "http://127.0.0.1:9"}
    tell(payment.session_id)
    with pytest.raises(AssertionError):
        line.relay_all()
    settings.STRIPE = sandbox.settings
    Effect.objects.filter(kind="stripe.event").update(due_at=timezone.now(), last_error="")
    line.relay_all()
    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID


def test_reconciliation_mends_what_was_lost_and_tells_what_differs(sandbox, told):
    lost, missing = line.order(), line.order()
    forgotten = begun(lost)
    sandbox.control("pay", session=forgotten.session_id)
    invented = begun(missing)
    Payment.objects.filter(pk=invented.pk).update(
        state="paid", paid_at=timezone.now(), intent_id="pi_invented"
    )
    at = timezone.now()
    day = timezone.localtime(at).date()
    done = reconciliation.run(day, at=at)
    forgotten.refresh_from_db()
    assert forgotten.state == Payment.State.PAID
    assert ("paid", lost.code) in told.told
    assert done.paid_ore >= SUM
    assert Difference.objects.get(payment=invented).kind == Difference.Kind.MISSING
    known = (
        Difference.objects.count()
    )  # other tests' payments, which this database never heard of, are told too
    assert known == done.differences
    reconciliation.run(day, at=at)
    assert Difference.objects.count() == known


def test_days_are_reconciled_once_and_made_up_for(sandbox):
    at = timezone.now()
    reconciliation.run_due(at=at)
    reconciliation.run_due(at=at)
    assert Reconciliation.objects.count() == 3


def test_what_cannot_be_paid_by_card_is_refused(sandbox, settings):
    with pytest.raises(payments.NotByCard):
        begun(making.order())
    with pytest.raises(payments.OrderOver):
        begun(line.order(pay_by=timezone.now()))
    with pytest.raises(payments.NothingToPay):
        begun(orders.cancel(line.order(), at=timezone.now()))
    small = orders.Line("Kaffe", making.Treatment.CONFERENCE, 1, 100)
    with pytest.raises(payments.PaymentRefused):
        begun(line.order(lines=[small]))
    settings.STRIPE = dict.fromkeys(settings.STRIPE, "")
    with pytest.raises(payments.CannotPayNow):
        begun(line.order())


def test_two_who_begin_at_once_get_one_page(sandbox):
    order = line.order()
    seen: list[str] = []

    def one() -> None:
        try:
            seen.append(begun(order).url)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(seen), len(set(seen)), order.payments.count()) == (3, 1, 1)


def test_invoices_are_not_touched_by_changes(sandbox):
    order = making.order(settlement=Settlement.INVOICE)
    Order.objects.filter(pk=order.pk).update(paid_ore=SUM)
    order = orders.cancel(Order.objects.get(pk=order.pk), at=timezone.now())
    assert (order.paid_ore, Refund.objects.count()) == (SUM, 0)
