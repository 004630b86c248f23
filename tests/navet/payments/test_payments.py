"""Paying orders against the real sandbox: what Stripe says now is what our books say, whatever got lost or came twice."""

import datetime as dt
import threading
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from navet.outbox.models import Effect
from navet.payments import orders, payments, tidying
from navet.payments import stripe_gateway as gateway
from navet.payments.models import (
    Difference,
    Order,
    Payment,
    Refund,
    Settlement,
    StripeEvent,
)
from navet.retention import rules as retention
from tests.navet.payments import line, making
from tests.navet.payments.paying import SUM, begun, made_refunds, paid, tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("told")]


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


def test_what_an_order_grows_to_after_it_was_paid_can_be_paid_though_its_time_is_out(sandbox):
    order = line.order(pay_by=timezone.now() + dt.timedelta(hours=1))
    paid(sandbox, order)
    order = orders.amend(order, [replace(making.DAY_PACKAGE, quantity=44)], at=timezone.now())
    payments.refuse_unless_owing(order, at=timezone.now() + dt.timedelta(days=9))
    assert tidying.lapse_unpaid(at=timezone.now() + dt.timedelta(days=9)) == 0
    rest = paid(sandbox, order)
    order.refresh_from_db()
    assert (rest.amount_ore, order.owed_ore, order.state) == (SUM // 10, 0, "open")


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
    unchanged = line.order(key="test:again", lines=[making.ROOM], pay_by=until)
    assert (unchanged.payable_ore, unchanged.pay_by) == (again.payable_ore, None)  # paid: its time is over


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
