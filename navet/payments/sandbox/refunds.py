"""Refunds, and disputes that somebody asks the sandbox to open."""

from . import balance, events
from .errors import ApiError, missing
from .store import Body, Store


def create(store: Store, params: Body, *, now: int) -> Body:
    """Give money back. Raises ApiError for more than is left of the payment."""
    intent = store.get("payment_intent", params.get("payment_intent", ""))
    if intent is None:
        raise missing("payment_intent", params.get("payment_intent", ""))
    charge = _charge(store, intent)
    left = charge["amount"] - charge["amount_refunded"]
    if not left:
        raise ApiError("Charge has already been refunded.", code="charge_already_refunded", is_kept=True)
    try:
        amount = int(params.get("amount", left))
    except ValueError:
        raise ApiError("Invalid integer", code="parameter_invalid_integer", param="amount") from None
    if not 0 < amount <= left:
        raise ApiError(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
            param="amount",
            is_kept=True,
        )
    status = store.faults.refund_status
    made = store.add(
        "refund",
        "re",
        now,
        {
            "amount": amount,
            "currency": intent["currency"],
            "status": "pending" if status == "failed" else status,  # they fail a little later
            "charge": charge["id"],
            "payment_intent": intent["id"],
            "metadata": params.get("metadata", {}),
            "reason": params.get("reason"),
        },
        paid_by=intent["id"],
    )
    _count(store, charge, amount)
    balance.refunded(store, made, now=now)
    events.emit(store, "refund.created", made, now=now)
    events.emit(store, "charge.refunded", _charge(store, intent), now=now)
    if status == "failed":
        settle(store, made["id"], "failed", now=now)
    return made


def settle(store: Store, id_: str, status: str, *, now: int) -> Body:
    """A pending refund succeeds or fails."""
    refund = store.get("refund", id_)
    if refund is None:
        raise missing("refund", id_)
    if refund["status"] != "pending" or status not in ("succeeded", "failed"):
        raise ApiError("Only a pending refund is settled, as succeeded or failed.")
    settled = store.put(refund | {"status": status})
    if status == "failed":
        settled = store.put(settled | {"failure_reason": "declined"})
        balance.refund_failed(store, settled, now=now)
        _count(store, store.of_payment("charge", refund["payment_intent"])[-1], -refund["amount"])
    events.emit(store, "refund.failed" if status == "failed" else "refund.updated", settled, now=now)
    return settled


def open_dispute(store: Store, intent_id: str, *, reason: str, now: int) -> Body:
    """The payer's bank wants the money back; Swish payments cannot be disputed."""
    intent = store.get("payment_intent", intent_id)
    if intent is None:
        raise missing("payment_intent", intent_id)
    charge = _charge(store, intent)
    if charge["payment_method_details"]["type"] == "swish":
        raise ApiError("Swish payments cannot be disputed.")
    store.put(charge | {"disputed": True})
    made = store.add(
        "dispute",
        "dp",
        now,
        {
            "amount": charge["amount"],
            "currency": charge["currency"],
            "status": "needs_response",
            "reason": reason,
            "charge": charge["id"],
            "payment_intent": intent_id,
            "evidence_details": {"due_by": now + 7 * 24 * 60 * 60},
        },
        paid_by=intent_id,
    )
    balance.disputed(store, made, now=now)
    events.emit(store, "charge.dispute.created", made, now=now)
    return made


def close_dispute(store: Store, id_: str, status: str, *, now: int) -> Body:
    """It is "won" or "lost"."""
    dispute = store.get("dispute", id_)
    if dispute is None:
        raise missing("dispute", id_)
    if status not in ("won", "lost"):
        raise ApiError("A dispute is won or lost.")
    closed = store.put(dispute | {"status": status})
    if status == "won":
        balance.dispute_won(store, closed, now=now)
    events.emit(store, "charge.dispute.closed", closed, now=now)
    return closed


def _charge(store: Store, intent: Body) -> Body:
    charge = store.get("charge", intent["latest_charge"] or "")
    if charge is None:
        raise ApiError("This PaymentIntent does not have a successful charge to refund.", is_kept=True)
    return charge


def _count(store: Store, charge: Body, amount: int) -> None:
    refunded = charge["amount_refunded"] + amount
    store.put(charge | {"amount_refunded": refunded, "refunded": refunded == charge["amount"]})
