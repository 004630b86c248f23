"""Checkout sessions: opened, paid, declined, expired."""

from typing import Any
from urllib.parse import quote

from . import balance, events
from .errors import ApiError, missing
from .store import Body, Store

SHORTEST, LONGEST = 30 * 60, 24 * 60 * 60  # seconds that a session is open
SMALLEST = 300  # öre that a card or Swish payment is of, at least
KNOWN = {
    "mode", "payment_method_types", "payment_method_options", "line_items", "locale", "client_reference_id",
    "expires_at", "success_url", "cancel_url", "metadata", "payment_intent_data", "customer_email", "expand",
}  # fmt: skip


def create(store: Store, params: Body, *, now: int, base: str) -> Body:
    """Open one. Raises ApiError for what Stripe would not take."""
    _check(params, now)
    lines = [_line(item) for item in params["line_items"]]
    total = sum(line["amount"] for line in lines)
    if total < SMALLEST:
        raise ApiError(
            "The total is too small to be charged.", code="amount_too_small", param="line_items", is_kept=True
        )
    made = store.add(
        "checkout.session",
        "cs_test",
        now,
        {
            "mode": "payment",
            "status": "open",
            "payment_status": "unpaid",
            "amount_subtotal": total,
            "amount_total": total,
            "currency": "sek",
            "client_reference_id": params.get("client_reference_id"),
            "expires_at": int(params.get("expires_at") or now + LONGEST),
            "locale": params.get("locale", "auto"),
            "metadata": params.get("metadata", {}),
            "payment_method_types": params["payment_method_types"],
            "payment_intent": None,
            "success_url": params["success_url"],
            "cancel_url": params.get("cancel_url"),
            "sandbox_lines": lines,
            "sandbox_metadata": params.get("payment_intent_data", {}).get("metadata", {}),
        },
    )
    store.ask("INSERT INTO open_sessions VALUES (?, ?)", made["id"], made["expires_at"])
    return store.put(made | {"url": f"{base}/c/pay/{made['id']}"})


def find(store: Store, id_: str) -> Body:
    """Raises ApiError where there is none."""
    found = store.get("checkout.session", id_)
    if found is None:
        raise missing("checkout.session", id_)
    return found


def expire(store: Store, id_: str, *, now: int) -> Body:
    """Close one that is open. Raises ApiError for one that is over."""
    session = find(store, id_)
    if session["status"] != "open":
        raise ApiError(
            f"Only open sessions can be expired; this one is {session['status']}.", param="id", is_kept=True
        )
    store.ask("DELETE FROM open_sessions WHERE id = ?", id_)
    store.put(session | {"status": "expired", "url": None})
    events.emit(store, "checkout.session.expired", find(store, id_), now=now)
    return find(store, id_)


def expire_due(store: Store, *, now: int) -> None:
    """Close those whose time is out."""
    with store.writing():
        for (id_,) in store.ask("SELECT id FROM open_sessions WHERE expires_at <= ? LIMIT 100", now):
            expire(store, id_, now=now)


def pay(store: Store, id_: str, method: str, *, now: int) -> Body:
    """Somebody pays by "card" or "swish". Raises ApiError for a session that is not open any more."""
    session = _open(store, id_, now)
    intent = _intent(store, session, method, now)
    total = intent["amount"]
    charge = store.add(
        "charge",
        "ch",
        now,
        {
            "amount": total,
            "amount_refunded": 0,
            "refunded": False,
            "disputed": False,
            "paid": True,
            "status": "succeeded",
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "payment_method_details": {"type": method},
        },
        paid_by=intent["id"],
    )
    balance.charged(store, charge, method, now=now)
    paid = {"status": "succeeded", "amount_received": total, "latest_charge": charge["id"]}
    store.put(intent | paid | {"payment_method_types": [method]})
    store.ask("DELETE FROM open_sessions WHERE id = ?", id_)
    done = {"status": "complete", "payment_status": "paid", "payment_intent": intent["id"], "url": None}
    events.emit(store, "checkout.session.completed", store.put(session | done), now=now)
    return find(store, id_)


def decline(store: Store, id_: str, method: str, *, now: int) -> None:
    """The bank or the payer says no; the session stays open."""
    session = _open(store, id_, now)
    intent = _intent(store, session, method, now)
    store.put(session | {"payment_intent": intent["id"]})
    events.emit(store, "payment_intent.payment_failed", intent, now=now)


def success_address(session: Body) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", quote(session["id"]))


def _open(store: Store, id_: str, now: int) -> Body:
    session = find(store, id_)
    if session["status"] != "open" or session["expires_at"] <= now:
        raise ApiError("This session is over.", code="session_over")
    return session


def _intent(store: Store, session: Body, method: str, now: int) -> Body:
    if method not in session["payment_method_types"]:
        raise ApiError("Not a way to pay this session.", param="payment_method_types")
    if session["payment_intent"] and (known := store.get("payment_intent", session["payment_intent"])):
        return known
    return store.add(
        "payment_intent",
        "pi",
        now,
        {
            "amount": session["amount_total"],
            "amount_received": 0,
            "currency": session["currency"],
            "status": "requires_payment_method",
            "latest_charge": None,
            "metadata": session["sandbox_metadata"],
            "payment_method_types": session["payment_method_types"],
        },
    )


def _check(params: Body, now: int) -> None:
    for name in params.keys() - KNOWN:
        raise ApiError(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)
    if params.get("mode") != "payment":
        raise ApiError("This sandbox knows the mode payment only.", param="mode")
    for name in ("line_items", "success_url", "payment_method_types"):
        if not params.get(name):
            raise ApiError(f"Missing required param: {name}.", code="parameter_missing", param=name)
    for name in set(params["payment_method_types"]) - {"card", "swish"}:
        raise ApiError(f"Not a way to pay here: {name}", param="payment_method_types")
    until = params.get("expires_at")
    if until is not None and not now + SHORTEST <= _whole(until, "expires_at") <= now + LONGEST:
        raise ApiError(
            "`expires_at` must be between 30 minutes and 24 hours from Checkout Session creation.",
            param="expires_at",
        )


def _line(item: Body) -> Body:
    price = item.get("price_data", {})
    if price.get("currency") != "sek":
        raise ApiError("Swish takes SEK only.", param="line_items[price_data][currency]")
    amount = _whole(price.get("unit_amount"), "unit_amount") * _whole(item.get("quantity"), "quantity")
    if amount < 0:
        raise ApiError("Invalid non-negative integer", code="parameter_invalid_integer", param="unit_amount")
    return {"text": price.get("product_data", {}).get("name", ""), "amount": amount}


def _whole(text: Any, param: str) -> int:
    try:
        return int(text)
    except (TypeError, ValueError):
        raise ApiError(f"Invalid integer: {text}", code="parameter_invalid_integer", param=param) from None
