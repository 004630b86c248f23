"""What staff may decide about promised effects, and how they are forgotten."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.outbox import promises
from navet.outbox.models import DeliveredMail, Effect

log = logging.getLogger(__name__)

KEEP_DONE = dt.timedelta(days=90)
KEEP_DEAD = dt.timedelta(days=180)
KEEP_MAILBOX = dt.timedelta(days=30)


class NothingToRetry(Refused):
    code = "effect_is_not_dead"
    message = _("This one has not been given up, so there is nothing to try again.")


class NothingToWithdraw(Refused):
    code = "effect_is_over"
    message = _("This one has already been sent or withdrawn.")


@transaction.atomic
def retry(effect_id: int, *, by: Actor, at: dt.datetime) -> None:
    """Try a dead effect again from `at`, with all its attempts. Raises NothingToRetry where it is not dead."""
    if not _revive(Effect.objects.filter(pk=effect_id), by=by, at=at):
        raise NothingToRetry()
    log.info("effect %s retried by user %s", effect_id, by.user and by.user.pk)


@transaction.atomic
def retry_all(*, by: Actor, at: dt.datetime) -> int:
    """Try every dead effect again from `at`; return how many there were."""
    revived = _revive(Effect.objects.all(), by=by, at=at)
    log.info("%s dead effects retried by user %s", revived, by.user and by.user.pk)
    return revived


@transaction.atomic
def give_up(effect_id: int, *, by: Actor, at: dt.datetime) -> None:
    """Withdraw an effect that waits or is dead: it will not happen. Raises NothingToWithdraw where it is over."""
    open_ones = Effect.objects.filter(pk=effect_id, state__in=[Effect.State.PENDING, Effect.State.DEAD])
    if not open_ones.update(
        state=Effect.State.WITHDRAWN, payload={}, recipient_hint="", decided_by=by.user, decided_at=at
    ):
        raise NothingToWithdraw()
    log.info("effect %s withdrawn by user %s", effect_id, by.user and by.user.pk)


@transaction.atomic
def forget_done(*, at: dt.datetime) -> int:
    """Delete what is over since 90 days, dead since 180, and mailbox mails after 30; return how many rows went."""
    over = Q(state=Effect.State.DONE, done_at__lt=at - KEEP_DONE)
    withdrawn = Q(state=Effect.State.WITHDRAWN, due_at__lt=at - KEEP_DONE)
    dead = Q(state=Effect.State.DEAD, due_at__lt=at - KEEP_DEAD)
    effects, _per_model = Effect.objects.filter(over | withdrawn | dead).delete()
    mails, _per_model = DeliveredMail.objects.filter(delivered_at__lt=at - KEEP_MAILBOX).delete()
    return effects + mails


def _revive(effects, *, by: Actor, at: dt.datetime) -> int:
    revived = effects.filter(state=Effect.State.DEAD).update(
        state=Effect.State.PENDING, attempts=0, due_at=at, decided_by=by.user, decided_at=at
    )
    if revived:
        transaction.on_commit(promises.wake, robust=True)
    return revived
