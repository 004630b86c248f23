"""Keeps what was promised: takes effects that are due, one transaction each, until nothing is due.

The row lock (SKIP LOCKED) is held until the commit, so two workers never work on the same effect, and a killed
worker gives it back. What a handler writes is committed together with "done". What it does outside the database
(SMTP) happens before that commit: at least once, and recognisable as the same (see mail.message_id).
"""

import datetime as dt
import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from navet.outbox.failures import Undeliverable, describe
from navet.outbox.models import Effect

log = logging.getLogger(__name__)

# Waits after the first, second … failure; after the last of them one more attempt is made.
DELAYS = [
    dt.timedelta(seconds=30),
    dt.timedelta(minutes=2),
    dt.timedelta(minutes=10),
    dt.timedelta(hours=1),
    dt.timedelta(hours=6),
    dt.timedelta(hours=12),
    dt.timedelta(hours=24),
]
MAX_ATTEMPTS = len(DELAYS) + 1
JITTER = 0.2  # of the delay, up or down, so that what failed together does not come back together


def relay(at: dt.datetime, limit: int = 500, seconds: float = 60) -> int:
    """Try every effect that is due at `at`, at most `limit` and for about `seconds`; return how many were tried."""
    until = time.monotonic() + seconds
    tried = 0
    while tried < limit and time.monotonic() < until and relay_one(at):
        tried += 1
    return tried


@transaction.atomic
def relay_one(at: dt.datetime) -> bool:
    """Try the effect whose turn it is; False when none is due, or others work on all that are.

    A failing handler is rolled back to where it began and noted; only a lost database connection gets out.
    """
    effect = Effect.objects.due(at).in_turn().select_for_update(skip_locked=True).first()
    if effect is None:
        return False
    try:
        with transaction.atomic():
            _handler(effect.kind)(effect)
    except Undeliverable as fault:
        _give_up(effect, fault, at=at)
    except Exception as fault:
        _try_later(effect, fault, at=at)
    else:
        _done(effect, at=at)
    return True


def delay_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many failed attempts (1 …), jitter included."""
    shift = secrets.SystemRandom().uniform(1 - JITTER, 1 + JITTER)
    return DELAYS[min(attempts, len(DELAYS)) - 1] * shift


def _handler(kind: str) -> Callable[[Effect], None]:
    return import_string(settings.OUTBOX_HANDLERS[kind])


def _done(effect: Effect, *, at: dt.datetime) -> None:
    effect.state, effect.done_at = Effect.State.DONE, at
    effect.attempts += 1
    effect.payload, effect.recipient_hint, effect.last_error = {}, "", ""
    effect.save(update_fields=["state", "done_at", "attempts", "payload", "recipient_hint", "last_error"])


def _try_later(effect: Effect, fault: Exception, *, at: dt.datetime) -> None:
    if effect.attempts + 1 >= MAX_ATTEMPTS:
        _give_up(effect, fault, at=at)
        return
    effect.attempts += 1
    effect.due_at = at + delay_after(effect.attempts)
    effect.last_error = describe(fault)
    effect.save(update_fields=["attempts", "due_at", "last_error", "recipient_hint"])
    log.warning("effect %s failed, attempt %s: %s", effect.pk, effect.attempts, effect.last_error)


def _give_up(effect: Effect, fault: Exception, *, at: dt.datetime) -> None:
    effect.state, effect.due_at = Effect.State.DEAD, at
    effect.attempts += 1
    effect.last_error = describe(fault)
    effect.save(update_fields=["state", "attempts", "due_at", "last_error", "recipient_hint"])
    log.error("effect %s given up after %s attempts: %s", effect.pk, effect.attempts, effect.last_error)
