"""How many places of a group are taken, who is given one, and who of the waiting list is let in. The caller has the lock."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from bookings.common import holding, reminders
from bookings.leisure import pricing
from bookings.leisure.models import Enrolment, Group
from bookings.leisure.operations import refusals
from navet.house import operations as house
from navet.house.refusals import NoSuchOccasion
from navet.outbox import promises

REMINDED_BEFORE = dt.timedelta(days=3)  # a fee not paid yet


def lock_group(group_id: int) -> Group:
    """The group with its club and draw, its first meeting's occasion locked before it is read. Raises NoSuchGroup."""
    try:
        house.lock(group_id)
        return Group.objects.whole().get(pk=group_id)
    except (NoSuchOccasion, Group.DoesNotExist):
        raise refusals.NoSuchGroup from None


def require_standing(group: Group, at: dt.datetime) -> None:
    """Refuse what is called off or over. Raises CalledOff, GroupOver."""
    if group.called_off_at is not None:
        raise refusals.CalledOff
    if group.ends_at <= at:
        raise refusals.GroupOver


def free(group: Group, at: dt.datetime, *, besides: Enrolment | None = None) -> int:
    """Places left at `at`, without the one that `besides` holds itself. One query."""
    taken = Enrolment.objects.filter(group=group, queued_at=None).holding(at)
    if besides is not None and besides.pk:
        taken = taken.exclude(pk=besides.pk)
    return max(0, group.occasion.places - taken.count())


def fee_of(group: Group, at: dt.datetime) -> int:
    """What a place costs that is given at this moment, in öre: of a term that has begun, the meetings that are left."""
    occasions = group.occasions()
    left = sum(one.starts_at > at for one in occasions)
    return pricing.fee(group.fee_ore, left=left, meetings=len(occasions))


def give(enrolment: Enrolment, group: Group, *, at: dt.datetime) -> None:
    """A place for certain, unsaved: what it costs, and by when that is to be paid."""
    enrolment.queued_at, enrolment.position = None, 0
    enrolment.placed_at = at
    enrolment.price_ore = fee_of(group, at)
    enrolment.pay_by = at + dt.timedelta(days=settings.LEISURE["pay_days"]) if enrolment.price_ore else None


def announce(enrolment: Enrolment, mail: str, *, at: dt.datetime) -> None:
    """She is told of her place, reminded of the fee while it is owed, and of the first meeting."""
    holding.tell(enrolment, mail, at=at)
    reminders.promise_for(enrolment, at=at)
    if enrolment.pay_by is None or not enrolment.contact_email:
        return
    promises.promise(
        "mail",
        key=f"leisure.fee_due:{enrolment.code}:{enrolment.pay_by.date():%Y%m%d}",
        payload={"mail": "leisure.fee_due", "args": {"booking_id": enrolment.pk}},
        due_at=enrolment.pay_by - REMINDED_BEFORE,
    )


def let_in(group: Group, *, at: dt.datetime) -> list[Enrolment]:
    """Places are free: the waiting list gets them, in its order, among those that fit; siblings together. They are told."""
    if group.called_off_at is not None or group.ends_at <= at or not group.is_first_come():
        return []
    left, entered = free(group, at), []
    if not left:
        return []
    waiting = Enrolment.objects.filter(group=group).waiting()
    for party in families(waiting.select_related("occasion").select_for_update(of=("self",), no_key=True)):
        if len(party) > left:
            continue
        left -= len(party)
        for one in party:
            give(one, group, at=at)
            holding.write(one)
            announce(one, "let_in", at=at)
            entered.append(one)
    return entered


def families(enrolments: Iterable[Enrolment]) -> list[list[Enrolment]]:
    """Each alone, or with the guardian's others that asked to come together; in the order of the first of them."""
    parties: dict[str, list[Enrolment]] = {}
    for one in enrolments:
        key = one.contact_email if one.with_siblings and one.contact_email else one.code
        parties.setdefault(key, []).append(one)
    return list(parties.values())
