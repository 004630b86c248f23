"""Events, and when each is delivered."""

import time

from .store import Body, Store

API_VERSION = "2026-10-28.endive"


def emit(store: Store, kind: str, about: Body, *, now: int) -> None:
    """Keep an event with the object as it is now, and plan its deliveries as the faults have it."""
    event = store.add(
        "event",
        "evt",
        now,
        {
            "api_version": API_VERSION,
            "type": kind,
            "data": {"object": public(about)},
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
        },
    )
    deliveries = store.faults.deliveries(store.count("events"))
    for after in deliveries:
        _plan(store, event["id"], after, "waiting")
    if not deliveries:
        _plan(store, event["id"], 0, "lost")


def deliver_lost(store: Store) -> int:
    """Bring what was lost after all; returns how many there were."""
    lost = store.ask("UPDATE deliveries SET state = 'waiting' WHERE state = 'lost' RETURNING number")
    return len(lost)


def public(body: Body) -> Body:
    """The object as Stripe shows it, without what only the sandbox knows."""
    return {name: value for name, value in body.items() if not name.startswith("sandbox_")}


def _plan(store: Store, event: str, after: float, state: str) -> None:
    row = (event, time.time() + after, 0, state)
    store.ask("INSERT INTO deliveries (event, due_at, attempts, state) VALUES (?, ?, ?, ?)", *row)
