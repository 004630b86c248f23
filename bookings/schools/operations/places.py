"""What a place is, how many are taken, and whether a party fits. The only code that counts places.

Pupils take places on a session, adults none; at lunch pupils and adults sit down. Lock order: the session's occasion
(ascending id when there are two), then lunch sittings (ascending id), then booking rows. Whoever counts holds the lock.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import ngettext

from bookings.schools.models import BookingQuerySet, Need, Programme, SchoolBooking
from bookings.schools.operations import refusals
from navet import periods, queries
from navet.house import operations as house
from navet.house.models import Occasion
from navet.house.refusals import NoSuchOccasion


@dataclass(frozen=True)
class Taken:
    """What bookings hold at a moment: places (pupils) and groups; `waiting` is the length of the queue.

    `same` is a booking of the class that was asked about, should it stand there already; `new_id` is for its own.
    """

    places: int
    groups: int
    waiting: int = 0
    same: int | None = None
    new_id: int | None = None

    def free_places(self, occasion: Occasion) -> int:
        """Places left; an occasion without a capacity has room for any class there is."""
        return 10_000 if occasion.capacity is None else max(0, occasion.capacity - self.places)

    def has_group_left(self, occasion: Occasion) -> bool:
        return occasion.max_groups is None or self.groups < occasion.max_groups


# What every booking waits for while it has the lock (migrations/0004): what `question` asks about.
TAKEN = "school_bookings_taken(%s, %s, %s, %s, %s, %s, %s)"


def question(
    session_id: int, at: dt.datetime, *, besides: SchoolBooking | None = None, of: SchoolBooking | None = None
) -> dict[str, Any]:
    """What TAKEN asks about, in the order of its places; see `count`."""
    return {
        "session": session_id,
        "at": at,
        "besides": (besides and besides.pk) or 0,
        "of_school": of.school_id if of else None,
        "of_class": of.class_name if of else None,
        "of_email": of.contact_email if of else None,
        "draws": of is not None and of.pk is None,
    }


def count(
    occasion: Occasion,
    at: dt.datetime,
    *,
    besides: SchoolBooking | None = None,
    of: SchoolBooking | None = None,
) -> Taken:
    """What is taken of a session at `at`, without what `besides` holds itself. One query; the caller has the lock.

    `of` asks in the same breath whether its class stands there already, and draws an id for it when it has none: who
    knows the id can write the booking and all that follows from it at once.
    """
    asked = question(occasion.pk, at, besides=besides, of=of)
    ((numbers,),) = queries.rows(f"SELECT {TAKEN}", [*asked.values()])
    return Taken(*numbers)


def require_room_for(pupils: int, occasion: Occasion, taken: Taken) -> None:
    """Refuse a party that does not fit what is left. Raises SessionFull and GroupsFull."""
    free = taken.free_places(occasion)
    possible = occasion.capacity is None or pupils <= occasion.capacity
    if not taken.has_group_left(occasion):
        raise refusals.GroupsFull(free_places=free, waiting_list_possible=possible)
    if pupils > free:
        text = ngettext(
            "Only %(free)s place is left on this session.",
            "Only %(free)s places are left on this session.",
            free,
        )
        raise refusals.SessionFull(
            text % {"free": free} if free else refusals.NO_PLACES,
            free_places=free,
            waiting_list_possible=possible,
        )


def fits(pupils: int, occasion: Occasion, taken: Taken) -> bool:
    """Whether the party would have room now."""
    return taken.has_group_left(occasion) and pupils <= taken.free_places(occasion)


def lock_lunch(lunch_id: int | None) -> Occasion | None:
    """The lunch sitting, locked; after the session's occasion. Raises NoSuchLunch."""
    if lunch_id is None:
        return None
    try:
        lunch = house.lock(lunch_id)
    except NoSuchOccasion:
        raise refusals.NoSuchLunch from None
    if lunch.kind != Occasion.Kind.LUNCH or lunch.status != Occasion.Status.PLANNED:
        raise refusals.NoSuchLunch
    return lunch


def seated(
    lunches: Iterable[int], at: dt.datetime, *, besides: SchoolBooking | None = None
) -> dict[int, int]:
    """Lunch occasion ids to seats taken (pupils and adults)."""
    taken: BookingQuerySet = SchoolBooking.objects.filter(lunch__in=list(lunches)).holding(at)
    if besides is not None and besides.pk:
        taken = taken.exclude(pk=besides.pk)
    return dict(taken.order_by().values_list("lunch").annotate(n=Sum(F("pupils") + F("adults"))))


def require_seats(
    heads: int, lunch: Occasion, session: Occasion, at: dt.datetime, *, besides: SchoolBooking | None = None
) -> None:
    """Refuse a sitting on another day, during the programme, or without enough seats. The caller has its lock."""
    same_day = periods.local_day(lunch.starts_at) == periods.local_day(session.starts_at)
    if not same_day or (lunch.starts_at < session.ends_at and session.starts_at < lunch.ends_at):
        raise refusals.LunchNotThatDay
    if lunch.capacity is None:
        return
    free = max(0, lunch.capacity - seated([lunch.pk], at, besides=besides).get(lunch.pk, 0))
    if heads > free:
        text = ngettext(
            "Only %(free)s seat is left at this sitting. Choose another one, or none.",
            "Only %(free)s seats are left at this sitting. Choose another one, or none.",
            free,
        )
        raise refusals.LunchFull(text % {"free": free} if free else refusals.NO_SEATS, free_seats=free)


def require_maximum(pupils: int, programme: Programme) -> None:
    """Refuse a party larger than the programme takes. Raises TooLargeGroup."""
    if pupils > programme.max_pupils:
        text = ngettext(
            "The programme takes at most %(most)s pupil.",
            "The programme takes at most %(most)s pupils.",
            programme.max_pupils,
        )
        raise refusals.TooLargeGroup(text % {"most": programme.max_pupils}, at_most=programme.max_pupils)


def require_minimum(pupils: int, programme: Programme) -> None:
    """Refuse a new party smaller than the programme is made for. Raises TooSmallGroup."""
    if pupils < programme.min_pupils:
        text = ngettext(
            "The programme needs at least %(least)s pupil.",
            "The programme needs at least %(least)s pupils.",
            programme.min_pupils,
        )
        raise refusals.TooSmallGroup(text % {"least": programme.min_pupils}, at_least=programme.min_pupils)


def require_needs(needs: dict[str, int], *, heads: int) -> None:
    """Refuse unknown needs and counts that cannot be. Raises BadNeeds."""
    for need, many in needs.items():
        if (
            need not in Need.values
            or isinstance(many, bool)
            or not isinstance(many, int)
            or not 1 <= many <= heads
        ):
            raise refusals.BadNeeds
