"""The waiting list: first come, first served among those that fit. Whoever calls holds the lock of the occasion.

A freed place is offered, and held while it is: `offer_hours`, at most half the time left until 18:00 on the day before,
at least an hour, never past the start. Who was passed over because it did not fit is told, once.
"""

import contextlib
import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from bookings.schools.models import BookingQuerySet, SchoolBooking, Session
from bookings.schools.operations import parties, places, refusals
from navet import periods
from navet.accounts.actor import Actor
from navet.house import operations as house
from navet.house.models import Occasion
from navet.house.refusals import NoSuchOccasion

LAST_ANSWER = dt.time(18)
SHORTEST_OFFER = dt.timedelta(hours=1)
Status = SchoolBooking.Status


def offer_until(starts_at: dt.datetime, at: dt.datetime) -> dt.datetime:
    """Until when a place offered at `at` is held."""
    eve = periods.local_day(starts_at) - dt.timedelta(days=1)
    half_left = (periods.at(eve, LAST_ANSWER) - at) / 2
    life = min(dt.timedelta(hours=settings.SCHOOL_BOOKING["offer_hours"]), half_left)
    return min(at + max(life, SHORTEST_OFFER), starts_at)


def offer_next(session: Session, *, at: dt.datetime) -> int:
    """Offer what is free to those who wait, in order, each that fits; how many were offered a place."""
    occasion = session.occasion
    if occasion.status != Occasion.Status.PLANNED or occasion.starts_at <= at:
        return 0
    taken = places.count(occasion, at)
    if not taken.waiting or not taken.has_group_left(occasion) or not taken.free_places(occasion):
        return 0
    lock_lunches([session.pk])
    queue = _locked(session.bookings.waiting())
    skipped: list[SchoolBooking] = []
    passed: list[SchoolBooking] = []
    offered = 0
    for booking in queue:
        if not places.fits(booking.pupils, occasion, taken):
            skipped.append(booking)
            continue
        _offer(booking, occasion, at=at)
        taken = places.Taken(taken.places + booking.pupils, taken.groups + 1)
        offered += 1
        passed, skipped = [*passed, *skipped], []
    _pass_over(passed, at=at)
    return offered


def lock_lunches(session_ids: Iterable[int], *also: int | None) -> None:
    """Lock, in ascending order, the sittings that those who wait for these sessions wish for, and `also`."""
    wished = SchoolBooking.objects.filter(
        session__in=session_ids, status=Status.WAITING, lunch__isnull=False
    ).values_list("lunch", flat=True)
    for lunch_id in sorted({*wished, *(one for one in also if one)}):
        with contextlib.suppress(NoSuchOccasion):  # whoever wants a seat there is told later
            house.lock(lunch_id)


def after_queue(
    session: Session,
    taken: places.Taken,
    *,
    lunch_id: int | None = None,
    at: dt.datetime,
    besides: SchoolBooking | None = None,
) -> places.Taken:
    """What is `taken`, once those who wait have been offered what holds that ran out left behind.

    `lunch_id`: the sitting the caller is about to lock, so that it comes in its order.
    """
    if not taken.waiting:
        return taken
    lock_lunches([session.pk], lunch_id)
    if offer_next(session, at=at):
        taken = places.count(session.occasion, at, besides=besides)
    return taken


def position(booking: SchoolBooking) -> int:
    """How many are before it in the queue, plus one. A larger party may be passed by a smaller one that fits."""
    return (
        SchoolBooking.objects.filter(session=booking.session_id, status=Status.WAITING)
        .filter(
            Q(waiting_since__lt=booking.waiting_since)
            | Q(waiting_since=booking.waiting_since, pk__lt=booking.pk)
        )
        .count()
        + 1
    )


@transaction.atomic
def accept_offer(code: str, *, by: Actor | None, at: dt.datetime) -> SchoolBooking:
    """Take the offered place. Raises OfferLapsed; accepting again changes nothing."""
    booking = parties.lock_booking(code, by=by, at=at)
    if booking.status == Status.CONFIRMED:
        return booking
    if booking.status == Status.LAPSED and booking.waiting_since:
        raise refusals.OfferLapsed
    parties.require_status(booking, Status.OFFERED)
    parties.require_before_start(booking.session.occasion, at)
    if not booking.is_held(at):
        raise refusals.OfferLapsed
    booking.holds_until = None
    parties.move_status(booking, Status.CONFIRMED)
    booking.confirmed_at = at
    booking.version += 1
    booking.save()
    parties.welcome(booking, at=at)
    return booking


@transaction.atomic
def decline_offer(code: str, *, by: Actor | None, at: dt.datetime) -> SchoolBooking:
    """Leave the offered place to the next and the queue altogether. Declining again changes nothing."""
    booking = parties.lock_booking(code, by=by, at=at)
    if booking.status == Status.CANCELLED:
        return booking
    parties.require_status(booking, Status.OFFERED)
    booking.holds_until = None
    parties.move_status(booking, Status.CANCELLED)
    booking.cancelled_at = at
    booking.version += 1
    booking.save()
    offer_next(booking.session, at=at)
    return booking


def tidy(*, at: dt.datetime, limit: int = 500) -> int:
    """Let holds and offers lapse whose time is out and offer their places on; how many lapsed.

    One transaction per session; a session somebody works on right now is left to the next round.
    """
    stale = SchoolBooking.objects.filter(
        Q(pk__in=SchoolBooking.objects.lapsed(at))
        | Q(status=Status.REQUESTED, created_at__lte=at - parties.REQUEST_LIFE)
        | Q(status=Status.WAITING, session__occasion__period__startswith__lte=at)
    )
    sessions = stale.order_by("session").values_list("session", flat=True).distinct()[:limit]
    return sum(_tidy_session(session_id, at) for session_id in list(sessions))


@transaction.atomic
def _tidy_session(session_id: int, at: dt.datetime) -> int:
    free = Occasion.objects.select_for_update(no_key=True, skip_locked=True)
    occasion = free.filter(pk=session_id).first()
    if occasion is None:
        return 0
    session = Session.objects.select_related("programme").get(pk=session_id)
    session.occasion = occasion
    over = Q(status__in=[Status.HELD, Status.OFFERED], holds_until__lte=at)
    over |= Q(status=Status.REQUESTED, created_at__lte=at - parties.REQUEST_LIFE)
    if occasion.starts_at <= at:
        over |= Q(status=Status.WAITING)
    stale = _locked(session.bookings.filter(over).order_by("pk"))
    for booking in stale:
        parties.lapse(booking, at=at)
    offer_next(session, at=at)
    return len(stale)


def _offer(booking: SchoolBooking, occasion: Occasion, *, at: dt.datetime) -> None:
    """Hold the place for it. A lunch sitting that filled up meanwhile is dropped; the mail says which it has."""
    try:
        lunch = places.lock_lunch(booking.lunch_id)
        if lunch is not None:
            places.require_seats(booking.pupils + booking.adults, lunch, occasion, at, besides=booking)
    except (refusals.LunchFull, refusals.LunchNotThatDay, refusals.NoSuchLunch):
        booking.lunch = None
    parties.move_status(booking, Status.OFFERED)
    booking.holds_until = offer_until(occasion.starts_at, at)
    booking.version += 1
    booking.save(update_fields=["status", "holds_until", "version", "lunch"])
    parties.tell(booking, "offered", at=at)


def _pass_over(bookings: list[SchoolBooking], *, at: dt.datetime) -> None:
    """Note that somebody further back fitted and they did not; tell each of them the first time."""
    for booking in bookings:
        booking.passed_over += 1
        booking.passed_over_at = at
        booking.save(update_fields=["passed_over", "passed_over_at"])
        if booking.passed_over == 1:
            parties.tell(booking, "passed_over", at=at)


def _locked(bookings: BookingQuerySet) -> list[SchoolBooking]:
    return list(bookings.select_for_update(of=("self",), no_key=True))
