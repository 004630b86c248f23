"""The only module that speaks with Stripe, and the only one that imports their SDK. Objects of our own come out (stripe_answers).

Every call may take `TIMEOUT` and is made again by the SDK with the same idempotency key, so none of them belongs inside
a transaction that holds locks others wait for.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings

from navet.payments import stripe_answers as read
from navet.payments.stripe_answers import (
    BalanceMade,
    DisputeMade,
    Event,
    Intent,
    PayoutMade,
    RefundMade,
    Session,
)

# What comes out belongs to whoever asks here.
__all__ = ["BalanceMade", "DisputeMade", "Event", "Intent", "PayoutMade", "RefundMade", "Session"]
TIMEOUT = (3, 15)  # seconds to connect and to wait for an answer
RETRIES = 2
TOLERANCE = 300  # seconds that a signature is good for (DOMAIN.md section 4)
MAX_BODY = 256 * 1024  # bytes; an event is a few thousand
PAGE = 100  # the most that Stripe gives at once
SHORTEST, LONGEST = (
    dt.timedelta(minutes=30),
    dt.timedelta(hours=24),
)  # that Stripe keeps a Checkout session open


class GatewayError(Exception):
    """Stripe was asked and did not do it. `code` is Stripe's own word, without anybody's data."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Unreachable(GatewayError):
    """No answer, or none that tells: it may have happened. To ask again with the same key is safe."""


class Declined(GatewayError):
    """A clear no: it has not happened, and asking the same again will not help."""


class Missing(Declined):
    """There is no such object at Stripe."""


class Misunderstood(GatewayError):
    """Our key is wrong or we asked badly: somebody must mend it, and then it can be asked again."""


class Forged(Exception):
    """A webhook that Stripe did not sign, or signed too long ago. `reason` is a stable word."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Line:
    """What is paid for, as Checkout shows it; `amount_ore` is the whole line, VAT included."""

    text: str
    amount_ore: int


@dataclass(frozen=True)
class Wish:
    """The Checkout session to open. `key` is at once the idempotency key and the session's reference to us."""

    key: str
    lines: tuple[Line, ...]
    language: str
    expires_at: dt.datetime
    success_url: str
    cancel_url: str
    swish_reference: str
    metadata: dict[str, str]


def is_configured() -> bool:
    """Whether there is anybody to pay through: an API key, or the sandbox of the embedded house."""
    return bool(settings.STRIPE["api_key"])


def is_sandbox() -> bool:
    """Whether nothing that is paid is paid."""
    return bool(settings.STRIPE["api_base"]) or settings.STRIPE["api_key"].startswith(("sk_test", "rk_test"))


def page_origin() -> str:
    """Where Checkout pages are, for the one page that may send somebody there."""
    return settings.STRIPE["api_base"] or "https://checkout.stripe.com"


def create_session(wish: Wish) -> Session:
    """Open a Checkout session for card and Swish, once for each `wish.key`."""
    params = {
        "mode": "payment",
        "payment_method_types": ["card", "swish"],
        "payment_method_options": {"swish": {"reference": wish.swish_reference}},
        "line_items": [_item(line) for line in wish.lines],
        "locale": wish.language,
        "client_reference_id": wish.key,
        "expires_at": int(wish.expires_at.timestamp()),
        "success_url": wish.success_url,
        "cancel_url": wish.cancel_url,
        "metadata": wish.metadata,
        "payment_intent_data": {"metadata": wish.metadata},
    }
    with _told():
        made = _v1().checkout.sessions.create(params, {"idempotency_key": wish.key})
    return read.session(made)


def expire_session(session_id: str) -> Session:
    """Close a session that is open. Raises Declined where it is paid or over already."""
    with _told():
        return read.session(_v1().checkout.sessions.expire(session_id))


def session(session_id: str) -> Session:
    """How a session is now."""
    with _told():
        return read.session(
            _v1().checkout.sessions.retrieve(session_id, {"expand": ["payment_intent.latest_charge"]})
        )


def sessions_between(start: dt.datetime, end: dt.datetime) -> Iterator[Session]:
    """Every session created in the half-open period."""
    return _all(_v1().checkout.sessions.list, read.session, start, end)


def intent(intent_id: str) -> Intent:
    """How a payment intent is now."""
    with _told():
        return read.intent(_v1().payment_intents.retrieve(intent_id, {"expand": ["latest_charge"]}))


def intents_between(start: dt.datetime, end: dt.datetime) -> Iterator[Intent]:
    """Every payment intent created in the half-open period."""
    return _all(_v1().payment_intents.list, read.intent, start, end)


def create_refund(*, intent_id: str, amount_ore: int, key: str, metadata: dict[str, str]) -> RefundMade:
    """Give money back, once for each `key`."""
    params = {"payment_intent": intent_id, "amount": amount_ore, "metadata": metadata}
    with _told():
        return read.refund(_v1().refunds.create(params, {"idempotency_key": key}))


def refund(refund_id: str) -> RefundMade:
    """How a refund is now."""
    with _told():
        return read.refund(_v1().refunds.retrieve(refund_id))


def refunds_of(intent_id: str) -> Iterator[RefundMade]:
    """Every refund of one payment."""
    return _pages(_v1().refunds.list, read.refund, {"payment_intent": intent_id, "limit": PAGE})


def refunds_between(start: dt.datetime, end: dt.datetime) -> Iterator[RefundMade]:
    """Every refund created in the half-open period."""
    return _all(_v1().refunds.list, read.refund, start, end)


def dispute(dispute_id: str) -> DisputeMade:
    """How a dispute is now."""
    with _told():
        return read.dispute(_v1().disputes.retrieve(dispute_id))


def disputes_between(start: dt.datetime, end: dt.datetime) -> Iterator[DisputeMade]:
    """Every dispute opened in the half-open period."""
    return _all(_v1().disputes.list, read.dispute, start, end)


def balance_between(start: dt.datetime, end: dt.datetime) -> Iterator[BalanceMade]:
    """Everything that Stripe's balance says of the half-open period, with what each entry is about."""
    return _all(_v1().balance_transactions.list, read.balance, start, end, expand=["data.source"])


def payout(payout_id: str) -> PayoutMade:
    """How a payout is now."""
    with _told():
        return read.payout(_v1().payouts.retrieve(payout_id))


def event_of(body: bytes, signature: str) -> Event:
    """The event that a webhook brings. Raises Forged for whatever is not signed by Stripe in the last 300 seconds."""
    if not is_configured() or not signature or not signature.isascii():
        raise Forged("not_signed")
    try:
        made = _client().construct_event(body, signature, settings.STRIPE["webhook_secret"], TOLERANCE)
        about = made.data.object
        return Event(
            id=made.id,
            type=made.type,
            kind=str(about["object"]),
            about=str(about["id"]),
            created_at=read.moment(made.created),
        )
    except stripe.SignatureVerificationError as fault:
        raise Forged("too_old" if "tolerance" in str(fault) else "wrong_signature") from None
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise Forged("no_event") from None


def _item(line: Line) -> dict[str, Any]:
    price = {"currency": "sek", "unit_amount": line.amount_ore, "product_data": {"name": line.text}}
    return {"quantity": 1, "price_data": price}


def _v1() -> Any:
    return _client().v1


def _client() -> stripe.StripeClient:
    if not is_configured():
        raise Misunderstood("not_configured")
    return _made_client(settings.STRIPE["api_key"], settings.STRIPE["api_base"])


@lru_cache(maxsize=4)
def _made_client(api_key: str, api_base: str) -> stripe.StripeClient:
    """One client for each key; its connections are one for each thread."""
    return stripe.StripeClient(
        api_key,
        base_addresses={"api": api_base} if api_base else None,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )


@contextmanager
def _told() -> Iterator[None]:
    """Stripe's errors as ours."""
    try:
        yield
    except stripe.StripeError as fault:
        raise _ours(fault) from fault


def _ours(fault: stripe.StripeError) -> GatewayError:
    code = fault.code or type(fault).__name__
    if isinstance(fault, stripe.APIConnectionError | stripe.RateLimitError | stripe.APIError):
        return Unreachable(code)
    if fault.http_status == 409:  # another call under the same key is under way
        return Unreachable(code)
    if fault.http_status == 404:
        return Missing(code)
    if isinstance(fault, stripe.InvalidRequestError | stripe.CardError):
        return Declined(code)
    return Misunderstood(code)


def _all(
    ask: Callable[..., Any], reader: Callable[[Any], Any], start: dt.datetime, end: dt.datetime, **more: Any
) -> Any:
    period = {"gte": int(start.timestamp()), "lt": int(end.timestamp())}
    return _pages(ask, reader, {"created": period, "limit": PAGE, **more})


def _pages(ask: Callable[..., Any], reader: Callable[[Any], Any], params: dict[str, Any]) -> Iterator[Any]:
    with _told():
        for one in ask(params).auto_paging_iter():
            yield reader(one)
