"""What the clock does with leisure groups: holds that lapse, draws that are due, places whose fee nobody paid."""

import datetime as dt
import logging

from django.db import transaction

from bookings.common import holding
from bookings.leisure.models import Enrolment, EnrolmentQuerySet, Group, PaidBy
from bookings.leisure.operations import drawing, enrolling, places, refusals

log = logging.getLogger(__name__)


def tidy(*, at: dt.datetime, limit: int = 200) -> int:
    """All of it, each group in a transaction of its own. How many groups it touched."""
    drawn = [_try_to_draw(pk, at) for pk in Group.objects.to_draw(at).values_list("pk", flat=True)[:limit]]
    stale = Enrolment.objects.lapsed(at).values_list("group", flat=True)
    late = _late(at).values_list("group", flat=True)
    groups = sorted({*stale.distinct()[:limit], *late.distinct()[:limit]})
    for group_id in groups:
        _tidy_group(group_id, at)
    return len(groups) + sum(drawn)


def _try_to_draw(group_id: int, at: dt.datetime) -> bool:
    """One draw that fails must not keep the others waiting."""
    try:
        drawing.hold(group_id, at=at)
    except refusals.SeedLost:  # told on the group's pages and by the nightly check too
        log.error("the draw of group %s waits: no secret makes the seed that was published", group_id)
        return False
    except Exception:  # whatever it was is logged, and tried again at the next run
        log.exception("the draw of group %s failed", group_id)
        return False
    return True


@transaction.atomic
def _tidy_group(group_id: int, at: dt.datetime) -> None:
    group = places.lock_group(group_id)
    stale = Enrolment.objects.lapsed(at).filter(group=group_id).order_by("pk")
    for enrolment in stale.select_for_update(no_key=True):
        enrolment.queued_at = None
        holding.lapse(enrolment)
    for code in _late(at).filter(group=group_id).order_by("pk").values_list("code", flat=True):
        enrolling.gone(holding.lock(Enrolment, code, by=None, at=at), reason="", mail="unpaid", at=at)
    places.let_in(group, at=at)


def _late(at: dt.datetime) -> EnrolmentQuerySet:
    """Fees that are late and for which no card is being asked: those orders lapse by themselves (payments.unpaid)."""
    return Enrolment.objects.unpaid().filter(pay_by__lte=at).exclude(paid_by=PaidBy.CARD)
