"""How many places of a round are taken, whether more fit, and who of the waiting list is let in. The caller has the lock."""

import datetime as dt

from django.db.models import Sum
from django.utils.translation import ngettext

from bookings.common import holding, reminders
from bookings.courses.models import Registration, Round
from bookings.courses.operations import refusals
from navet.house import operations as house
from navet.house.refusals import NoSuchOccasion


def lock_round(round_id: int) -> Round:
    """The round with its course, its occasion locked before it is read. Raises NoSuchRound."""
    try:
        house.lock(round_id)
        return Round.objects.whole().get(pk=round_id)
    except (NoSuchOccasion, Round.DoesNotExist):
        raise refusals.NoSuchRound from None


def free(of: Round, at: dt.datetime, *, besides: Registration | None = None) -> int:
    """Places left at `at`, without what `besides` holds itself. One query."""
    taken = Registration.objects.filter(round=of, queued_at=None).holding(at)
    if besides is not None and besides.pk:
        taken = taken.exclude(pk=besides.pk)
    return max(0, of.occasion.places - (taken.aggregate(n=Sum("persons"))["n"] or 0))


def require_room_for(
    persons: int, of: Round, at: dt.datetime, *, besides: Registration | None = None
) -> None:
    """Refuse more people than places. Raises RoundFull, saying how many are left."""
    left = free(of, at, besides=besides)
    if persons > left:
        text = ngettext("Only %(free)s place is left.", "Only %(free)s places are left.", left)
        raise refusals.RoundFull(text % {"free": left} if left else refusals.FULL, free_places=left)


def let_in(of: Round, *, at: dt.datetime) -> list[Registration]:
    """Places are free: the waiting list gets them, first come first among those that fit, and is told."""
    if of.occasion.starts_at <= at:
        return []
    left, entered = free(of, at), []
    waiting = Registration.objects.filter(round=of).waiting()
    for one in waiting.select_related("occasion").select_for_update(of=("self",), no_key=True):
        if one.persons <= left:
            left -= one.persons
            one.queued_at = None
            holding.write(one)
            holding.tell(one, "let_in", at=at)
            reminders.promise_for(one, at=at)
            entered.append(one)
    return entered
