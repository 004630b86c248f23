"""Paying an order by card or Swish: record the intent, commit, ask Stripe under a key of our own, record the answer.

Whatever dies on the way, the same is done again by the worker under the same key (docs/payments.md has the table). What
Stripe says now is what counts, never what a webhook said, a browser brought, or an earlier answer held.
"""

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from navet.errors import Refused
from navet.outbox import promises
from navet.payments import differences, handlers, refunds
from navet.payments import stripe_gateway as gateway
from navet.payments.models import CURRENCY, Difference, Movement, Order, Payment, Refund, Settlement

log = logging.getLogger(__name__)

SLACK = dt.timedelta(minutes=5)  # our clock and Stripe's; a page with less left is not shown to anybody
TRIES = 3  # of closing what stands and beginning anew


class CannotPayNow(Refused):
    code = "cannot_pay_now"
    message = _("Card and Swish cannot be reached right now. Try again in a moment.")
    status = 503


class PaymentRefused(Refused):
    code = "payment_refused"
    message = _("The payment could not be opened. Contact us, and we will find another way.")


class NotByCard(Refused):
    code = "not_by_card"
    message = _("This order is paid against an invoice.")


class NothingToPay(Refused):
    code = "nothing_to_pay"
    message = _("There is nothing left to pay.")


class OrderOver(Refused):
    code = "order_over"
    message = _("This order is not waiting for payment any more.")


def begin(order: Order, *, language: str = "", at: dt.datetime) -> Payment:
    """A payment whose `url` is the Checkout page for what the order owes; the one that is open already, if it fits.

    Raises a Refused. Not inside a transaction: the intent must be committed before Stripe is asked.
    """
    if not gateway.is_configured():
        raise CannotPayNow()
    for _attempt in range(TRIES):
        payment = _intend(order.pk, language or order.language, at=at)
        if _fits(payment, at):
            payment = _asked(payment, at=at)
            if payment.is_payable(at):
                return payment
        else:
            _reach(close, payment, at=at)
    raise CannotPayNow()


def _asked(payment: Payment, *, at: dt.datetime) -> Payment:
    if payment.state != Payment.State.INTENDED:
        return payment
    fresh = payment.begun_at == at
    payment = _reach(ask, payment, at=at)
    if payment.state == Payment.State.FAILED and fresh:
        raise PaymentRefused()
    return payment


def _reach(verb, payment: Payment, *, at: dt.datetime) -> Payment:
    try:
        return verb(payment, at=at)
    except gateway.GatewayError as fault:
        log.warning("payment %s: Stripe said %s", payment.pk, fault.code)
        raise CannotPayNow() from fault


@transaction.atomic(durable=True)
def _intend(order_id: int, language: str, *, at: dt.datetime) -> Payment:
    """The payment that stands, else a new one for what is owed. Raises a Refused."""
    order = Order.objects.select_for_update().get(pk=order_id)
    refuse_unless_owing(order, at=at)
    standing = order.payments.standing().select_related("order").first()
    if standing is not None:
        return standing
    return Payment.objects.create(
        order=order,
        amount_ore=order.owed_ore,
        text=order.title,
        language=language if language in dict(settings.LANGUAGES) else "sv",
        begun_at=at,
        expires_at=_until(order, at),
    )


def refuse_unless_owing(order: Order, *, at: dt.datetime) -> None:
    """Raises the Refused that says why nobody can pay this order by card now."""
    if order.settlement != Settlement.CARD:
        raise NotByCard()
    if order.owed_ore <= 0:
        raise NothingToPay()
    if order.state != Order.State.OPEN or (order.pay_by and order.pay_by <= at):
        raise OrderOver()


def _until(order: Order, at: dt.datetime) -> dt.datetime:
    """As long as the house keeps a page open, no longer than the order is, and as Stripe allows."""
    wanted = at + dt.timedelta(minutes=settings.PAYMENTS["checkout_minutes"])
    wanted = min(wanted, order.pay_by) if order.pay_by else wanted
    until = min(max(wanted, at + gateway.SHORTEST + SLACK), at + gateway.LONGEST - SLACK)
    return until.replace(microsecond=0)


def _fits(payment: Payment, at: dt.datetime) -> bool:
    return payment.amount_ore == payment.order.owed_ore and at + SLACK < payment.expires_at


def ask(payment: Payment, *, at: dt.datetime) -> Payment:
    """Open it at Stripe, under its own key, and record the answer; again after a crash, with what was written then."""
    try:
        session = gateway.create_session(wish(payment))
    except gateway.Declined as no:
        return _fail(payment.pk, no.code)
    return record(session, at=at) or payment


def wish(payment: Payment) -> gateway.Wish:
    """What Stripe is asked for, made of the row alone: under one key it must be the same each time."""
    code = payment.order.code
    page = settings.SITE_URL + reverse("payments:pay", args=[code])
    return gateway.Wish(
        key=payment.key,
        lines=(gateway.Line(f"{payment.text} ({code})", payment.amount_ore),),
        language=payment.language,
        expires_at=payment.expires_at,
        success_url=f"{page}?klar={payment.pk}",
        cancel_url=page,
        swish_reference=code,
        metadata={"order": code, "payment": payment.key},
    )


def close(payment: Payment, *, at: dt.datetime) -> Payment:
    """Nobody may pay it any more; was it paid in that moment, it is. Raises GatewayError where Stripe does not answer."""
    payment = look(payment, at=at)
    if payment.state != Payment.State.OPEN:
        return payment
    try:
        session = gateway.expire_session(payment.session_id or "")
    except gateway.Declined:  # it is over already
        session = gateway.session(payment.session_id or "")
    return record(session, at=at) or payment


def look(payment: Payment, *, at: dt.datetime) -> Payment:
    """Ask Stripe how it is and record that. Raises GatewayError where Stripe does not answer."""
    if payment.state not in (Payment.State.INTENDED, Payment.State.OPEN):
        return payment
    if payment.session_id is None:
        return _found(payment, at=at)
    return record(gateway.session(payment.session_id), at=at) or payment


def _found(payment: Payment, *, at: dt.datetime) -> Payment:
    """An intent whose answer never came: while Stripe still takes it, ask again; later, see whether it was opened."""
    if at + gateway.SHORTEST < payment.expires_at:
        payment = ask(payment, at=at)
        return payment if payment.session_id is None else look(payment, at=at)
    for session in gateway.sessions_between(payment.begun_at - SLACK, payment.expires_at):
        if session.reference == payment.key:
            return record(gateway.session(session.id), at=at) or payment
    return _fail(payment.pk, "never_opened")


@transaction.atomic
def _fail(pk: int, code: str) -> Payment:
    payment = Payment.objects.select_for_update(of=["self"]).select_related("order").get(pk=pk)
    if payment.state == Payment.State.INTENDED:
        payment.state, payment.fault = Payment.State.FAILED, code[:100]
        payment.save()
    return payment


@transaction.atomic
def record(session: gateway.Session, *, at: dt.datetime) -> Payment | None:
    """Let our books say what Stripe says of a session; None where it is none of ours. Repeated, it changes nothing."""
    known = Payment.objects.filter(session_id=session.id) | Payment.objects.of_key(session.reference)
    found = known.select_related("order").first()
    if found is None:
        if session.is_paid and session.reference.startswith("navet-payment-"):
            _tell_unknown(session, at=at)
        return None
    handler = handlers.of(found.order)
    handler.lock(found.order)
    order = Order.objects.select_for_update().get(pk=found.order_id)
    payment = Payment.objects.select_for_update().get(pk=found.pk)
    payment.order, payment.checked_at = order, at
    if payment.state in (Payment.State.INTENDED, Payment.State.OPEN):
        payment.session_id = session.id
        _move(order, payment, session, handler, at=at)
    elif session.is_paid and payment.state in (Payment.State.EXPIRED, Payment.State.FAILED):
        _tell_unknown(session, at=at)  # we took it for over, and it was not
    return payment


def _move(
    order: Order, payment: Payment, session: gateway.Session, handler: handlers.Handler, *, at: dt.datetime
) -> None:
    if session.is_paid:
        payment.url, payment.method, payment.intent_id = "", session.method[:20], session.intent_id
        if (session.amount, session.currency) == (payment.amount_ore, CURRENCY):
            _paid(order, payment, handler, at=at)
        else:
            _mismatched(payment, session, at=at)
    elif session.status == "expired":
        payment.state, payment.url = Payment.State.EXPIRED, ""
        payment.save()
    else:
        payment.state, payment.url = Payment.State.OPEN, session.url or payment.url
        payment.save()


def _paid(order: Order, payment: Payment, handler: handlers.Handler, *, at: dt.datetime) -> None:
    payment.state, payment.paid_at = Payment.State.PAID, at
    payment.save()
    Movement.objects.create(payment=payment, kind=Movement.Kind.PAYMENT, amount_ore=payment.amount_ore, at=at)
    order.paid_ore += payment.amount_ore
    order.save(update_fields=["paid_ore", "changed_at"])
    if order.state == Order.State.CANCELLED:
        refunds.return_surplus(order, at=at)
    elif order.owed_ore > 0 and order.state == Order.State.OPEN:
        promise_receipt(payment, at=at)  # a part of what the order has become
    elif order.owed_ore <= 0 and handler.paid(order, at=at):
        order.refresh_from_db()  # what the product line did with it
        _honour(order, payment, at=at)
    else:
        order.state = Order.State.LAPSED
        order.save(update_fields=["state", "changed_at"])
        refunds.return_all(order, payment, Refund.Reason.LATE, at=at)


def _honour(order: Order, payment: Payment, *, at: dt.datetime) -> None:
    # It was paid in time; what it may grow to later has no such time.
    order.state, order.pay_by = Order.State.OPEN, None
    order.save(update_fields=["state", "pay_by", "changed_at"])
    promise_receipt(payment, at=at)
    refunds.return_surplus(order, at=at)


def _mismatched(payment: Payment, session: gateway.Session, *, at: dt.datetime) -> None:
    """Nothing is paid by what was not asked for: a person decides."""
    theirs = f"{session.amount} {session.currency}"
    payment.state, payment.received = Payment.State.MISMATCHED, theirs
    payment.save()
    differences.note(
        Difference.Kind.AMOUNT, payment.key, payment=payment, ours=f"{payment.amount_ore} {CURRENCY}",
        theirs=theirs, at=at,
    )  # fmt: skip


def _tell_unknown(session: gateway.Session, *, at: dt.datetime) -> None:
    theirs = f"{session.amount} {session.currency}"
    differences.note(Difference.Kind.UNKNOWN, session.intent_id, theirs=theirs, at=at)


def promise_receipt(payment: Payment, *, at: dt.datetime) -> None:
    """The receipt goes by mail once."""
    payload = {"mail": "payments.receipt", "args": {"payment_id": payment.pk}}
    promises.promise("mail", key=f"payments.receipt:{payment.pk}", payload=payload, due_at=at)


def promise_close(order: Order, *, at: dt.datetime) -> None:
    """The open page of an order that changed no longer fits; in the transaction that changed it."""
    is_by_card = order.state == Order.State.OPEN and order.settlement == Settlement.CARD
    for pk, amount in order.payments.standing().values_list("pk", "amount_ore"):
        if not is_by_card or amount != order.owed_ore:
            promises.promise("stripe.close", key=f"stripe.close:{pk}", payload={"payment": pk}, due_at=at)


def promise_look(payment: Payment, *, at: dt.datetime) -> None:
    """Somebody came back from Checkout: should the webhook be lost, she need not wait for the next round."""
    with transaction.atomic():
        promises.promise(
            "stripe.look",
            key=f"stripe.look:{payment.pk}",
            payload={"payment": payment.pk},
            due_at=at + dt.timedelta(seconds=5),
        )
