"""What staff may decide about promised effects."""

import datetime as dt
import logging

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.outbox import promises
from navet.outbox.models import Effect

log = logging.getLogger(__name__)


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


def _revive(effects, *, by: Actor, at: dt.datetime) -> int:
    revived = effects.filter(state=Effect.State.DEAD).update(
        state=Effect.State.PENDING, attempts=0, due_at=at, decided_by=by.user, decided_at=at
    )
    if revived:
        transaction.on_commit(promises.wake, robust=True)
    return revived
