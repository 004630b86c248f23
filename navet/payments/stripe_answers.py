"""What Stripe's answers come to, as objects of our own. The SDK is not needed for it: stripe_gateway asks, and gives what was answered to the readers below."""

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Session:
    """A Checkout session. `method` is "card" or "swish" once something was paid."""

    id: str
    url: str
    status: str  # open, complete, expired
    payment_status: str  # paid, unpaid, no_payment_required
    amount: int
    currency: str
    reference: str
    intent_id: str
    method: str
    metadata: dict[str, str]
    expires_at: dt.datetime

    @property
    def is_paid(self) -> bool:
        return self.status == "complete" and self.payment_status == "paid"


@dataclass(frozen=True)
class Intent:
    """A payment intent: what was asked for and what was received, in the currency's smallest unit."""

    id: str
    status: str
    amount: int
    received: int
    currency: str
    method: str
    metadata: dict[str, str]
    created_at: dt.datetime


@dataclass(frozen=True)
class RefundMade:
    """A refund at Stripe: pending, requires_action, succeeded, failed, canceled."""

    id: str
    status: str
    amount: int
    currency: str
    intent_id: str
    failure: str
    metadata: dict[str, str]
    created_at: dt.datetime


@dataclass(frozen=True)
class DisputeMade:
    """A payer's bank took the money back, or threatens to."""

    id: str
    status: str
    reason: str
    amount: int
    currency: str
    intent_id: str
    created_at: dt.datetime
    answer_by: dt.datetime | None


@dataclass(frozen=True)
class BalanceMade:
    """A balance transaction: what one thing made of the balance, smallest units; `net` is `amount` less `fee`.

    `category` is Stripe's reporting category; `source_kind` what it is about ("charge", "refund", "dispute", "payout") and `intent_id` whose payment.
    """

    id: str
    category: str
    source_kind: str
    source_id: str
    intent_id: str
    amount: int
    fee: int
    fee_tax: int
    net: int
    currency: str
    created_at: dt.datetime

    @property
    def is_of_payout(self) -> bool:
        return self.source_kind == "payout"

    @property
    def is_fee(self) -> bool:
        """What Stripe takes by itself and not of a payment."""
        return self.category in ("fee", "network_cost", "tax")


@dataclass(frozen=True)
class PayoutMade:
    """Money on its way to the bank: pending, in_transit, paid, canceled, failed."""

    id: str
    status: str
    amount: int
    currency: str
    created_at: dt.datetime
    arrival_date: dt.date


@dataclass(frozen=True)
class Event:
    """Something happened to the object `about`, of the kind `kind` ("checkout.session")."""

    id: str
    type: str
    kind: str
    about: str
    created_at: dt.datetime


def session(it: Any) -> Session:
    paid = it.payment_intent
    return Session(
        id=it.id,
        url=it.url or "",
        status=it.status,
        payment_status=it.payment_status,
        amount=it.amount_total or 0,
        currency=it.currency or "",
        reference=it.client_reference_id or "",
        intent_id=_id(paid),
        method=_method(paid) if paid is not None and not isinstance(paid, str) else "",
        metadata=_words(it.metadata),
        expires_at=moment(it.expires_at),
    )


def intent(it: Any) -> Intent:
    return Intent(
        id=it.id,
        status=it.status,
        amount=it.amount,
        received=it.amount_received or 0,
        currency=it.currency,
        method=_method(it),
        metadata=_words(it.metadata),
        created_at=moment(it.created),
    )


def refund(it: Any) -> RefundMade:
    return RefundMade(
        id=it.id,
        status=it.status or "pending",
        amount=it.amount,
        currency=it.currency,
        intent_id=_id(it.payment_intent),
        failure=getattr(it, "failure_reason", None) or "",
        metadata=_words(it.metadata),
        created_at=moment(it.created),
    )


def dispute(it: Any) -> DisputeMade:
    due = it.evidence_details.due_by if it.evidence_details else None
    return DisputeMade(
        id=it.id,
        status=it.status,
        reason=it.reason or "",
        amount=it.amount,
        currency=it.currency,
        intent_id=_id(it.payment_intent),
        created_at=moment(it.created),
        answer_by=moment(due) if due else None,
    )


def balance(it: Any) -> BalanceMade:
    source = None if isinstance(it.source, str) else it.source
    return BalanceMade(
        id=it.id,
        category=it.reporting_category,
        source_kind=str(source["object"]) if source else "",
        source_id=_id(it.source),
        intent_id=_id(getattr(source, "payment_intent", None)) if source else "",
        amount=it.amount,
        fee=it.fee,
        fee_tax=sum(one.amount for one in it.fee_details or [] if one.type == "tax"),
        net=it.net,
        currency=it.currency,
        created_at=moment(it.created),
    )


def payout(it: Any) -> PayoutMade:
    return PayoutMade(
        id=it.id,
        status=it.status,
        amount=it.amount,
        currency=it.currency,
        created_at=moment(it.created),
        arrival_date=moment(it.arrival_date).date(),
    )


def _method(paid: Any) -> str:
    """ "card" or "swish"; "" where the charge was not asked for. Nothing more of how somebody paid is read."""
    charge = paid.latest_charge
    if charge is None or isinstance(charge, str) or not charge.payment_method_details:
        return ""
    return str(charge.payment_method_details.type)


def _id(it: Any) -> str:
    return it if isinstance(it, str) else (it.id if it else "")


def _words(metadata: Any) -> dict[str, str]:
    return {str(name): str(value) for name, value in metadata.to_dict().items()} if metadata else {}


def moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
