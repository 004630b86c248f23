"""Promise an effect inside the transaction that causes it; the worker keeps it (navet.outbox.relay)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from navet.inserts import InsertOf
from navet.outbox.models import Effect

_INSERT = InsertOf(
    Effect, ("kind", "key", "payload", "urgent", "due_at", "created_at"), "ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True)
class Promise:
    """An effect of `kind` (a key of settings.OUTBOX_HANDLERS), done at or after `due_at`, once per `key`.

    `urgent` is for what somebody waits for at a screen: a log-in code overtakes a thousand reminders.
    """

    kind: str
    key: str
    payload: dict[str, Any]
    due_at: dt.datetime
    urgent: bool = False


def promise(
    kind: str, *, key: str, payload: dict[str, Any], due_at: dt.datetime, urgent: bool = False
) -> None:
    """Make one Promise. Rolled back with the caller's transaction; promising the same key again changes nothing."""
    promise_all([Promise(kind, key, payload, due_at, urgent)])


def promise_all(promised: Iterable[Promise]) -> None:
    """Make several promises in one statement, or none."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an effect is promised inside the transaction that causes it")
    at, as_json = timezone.now(), connection.ops.adapt_json_value
    effects = [vars(one) | {"payload": as_json(one.payload, None), "created_at": at} for one in promised]
    if effects:
        _INSERT(effects)
        transaction.on_commit(wake, robust=True)


def withdraw(key: str) -> bool:
    """Take back a promise not yet kept; True if there was one. A reminder of a cancelled visit is withdrawn."""
    waiting = Effect.objects.filter(key=key, state=Effect.State.PENDING)
    return bool(waiting.update(state=Effect.State.WITHDRAWN, payload={}, recipient_hint=""))


def wake() -> None:
    """Tell the worker that something waits; without Redis it finds out by itself a little later."""
    import_string(settings.OUTBOX_WAKE)()
