"""`/_control/…`: what tests and people ask of the sandbox that nobody can ask of Stripe. JSON, with the API key."""

from collections.abc import Callable
from typing import Any

from . import balance, events, refunds, sessions
from .errors import ApiError
from .faults import Faults
from .store import Body, Store


def answer(store: Store, path: str, told: Body, *, now: int) -> Body:
    """Do what `/_control/<path>` asks for. Raises ApiError for what it does not know."""
    deed = DEEDS.get(path)
    if deed is None:
        raise ApiError("The sandbox cannot do that.", status=404)
    try:
        with store.writing():
            return deed(store, now, **told)
    except (TypeError, ValueError) as fault:
        raise ApiError(f"Not such a deed: {fault}") from None


def _faults(store: Store, now: int, **told: Any) -> Body:
    """From now on these faults, and no others."""
    store.set_faults(Faults.read(told))
    return store.faults.as_dict()


def _pay(store: Store, now: int, *, session: str, method: str = "card") -> Body:
    """As somebody does on the Checkout page."""
    return events.public(sessions.pay(store, session, method, now=now))


def _lapse(store: Store, now: int, *, session: str) -> Body:
    """The session's time is out."""
    return events.public(sessions.expire(store, session, now=now))


def _alter(store: Store, now: int, *, kind: str, id: str, **fields: Any) -> Body:
    """The object is another than it was: what nobody at Stripe would do, and what we check for all the same."""
    found = store.get(kind, id)
    if found is None:
        raise ApiError("There is no such object.", status=404)
    return store.put(found | fields)


def _dispute(store: Store, now: int, *, payment_intent: str, reason: str = "product_not_received") -> Body:
    return refunds.open_dispute(store, payment_intent, reason=reason, now=now)


def _close_dispute(store: Store, now: int, *, dispute: str, status: str) -> Body:
    return refunds.close_dispute(store, dispute, status, now=now)


def _settle(store: Store, now: int, *, refund: str, status: str) -> Body:
    return refunds.settle(store, refund, status, now=now)


def _pay_out(store: Store, now: int, *, status: str = "paid") -> Body:
    """Everything that is in the balance goes to the bank."""
    made = balance.pay_out(store, now=now, status=status, everything=True)
    if made is None:
        raise ApiError("There is nothing to pay out.")
    return made


def _end_payout(store: Store, now: int, *, payout: str, status: str) -> Body:
    return balance.end_payout(store, payout, status, now=now)


def _forget(store: Store, now: int) -> Body:
    """As on its first day: nobody ever paid here."""
    for table in ("objects", "balance", "open_sessions", "answers", "deliveries"):
        store.ask(f"DELETE FROM {table}")  # noqa: S608 - our own words
    return {}


def _deliver(store: Store, now: int) -> Body:
    """What was lost comes after all."""
    return {"delivered": events.deliver_lost(store)}


def _state(store: Store, now: int) -> Body:
    """How many deliveries are in each state, how many of them were not taken, and how many objects of each kind there are."""
    return {
        "deliveries": dict(store.ask("SELECT state, count(*) FROM deliveries GROUP BY state")),
        "refused": store.ask("SELECT count(*) FROM deliveries WHERE state = 'waiting' AND attempts > 0")[0][
            0
        ],
        "objects": dict(store.ask("SELECT kind, count(*) FROM objects GROUP BY kind")),
    }


DEEDS: dict[str, Callable[..., Body]] = {
    "faults": _faults,
    "pay": _pay,
    "lapse": _lapse,
    "alter": _alter,
    "dispute": _dispute,
    "close-dispute": _close_dispute,
    "settle": _settle,
    "pay-out": _pay_out,
    "end-payout": _end_payout,
    "forget": _forget,
    "deliver": _deliver,
    "state": _state,
}
