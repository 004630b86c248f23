"""Plan, move, change and cancel a session. Lock order: the house's (occasion -> cells -> educators), then bookings."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bookings.schools.models import Language, Programme, Series, Session
from bookings.schools.operations import educators as teaching
from bookings.schools.operations import following, places, refusals
from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.api import etags
from navet.errors import Refused
from navet.house import operations as house
from navet.house.calendar import HouseCalendar
from navet.house.models import Occasion, Room

MOST_PLACES = 1000
MOST_GROUPS = 50


class SessionInThePast(Refused):
    code = "session_in_the_past"
    field = "starts_at"
    message = _("The time has passed.")


class SessionHasBegun(Refused):
    code = "session_has_begun"
    message = _("The session has begun and can no longer be changed.")


class SessionCancelled(Refused):
    code = "session_is_cancelled"
    message = _("The session is cancelled.")


class RoomMissing(Refused):
    code = "room_missing"
    status = 400
    field = "rooms"
    message = _("Choose at least one room.")


class RoomNotForProgramme(Refused):
    code = "room_not_for_programme"
    field = "rooms"


class EducatorCannotLead(Refused):
    code = "educator_cannot_lead"
    field = "educators"


class ReleasedTooLate(Refused):
    code = "released_too_late"
    field = "release_at"
    message = _("The session must be possible to book before it begins.")


class BadCapacity(Refused):
    code = "bad_capacity"
    status = 400
    field = "capacity"
    message = _("A session has between 1 and 1000 places, for 1 to 50 groups.")


class CapacityBelowHeld(Refused):
    """`extra`: `held_places` and `held_groups`."""

    code = "capacity_below_held"
    field = "capacity"


@transaction.atomic
def create_session(
    programme: Programme,
    *,
    starts_at: dt.datetime,
    rooms: Sequence[Room],
    educators: Sequence[User],
    capacity: int | None = None,
    max_groups: int | None = None,
    language: str = Language.SWEDISH,
    release_at: dt.datetime | None = None,
    series: Series | None = None,
    override_reason: str = "",
    calendar: HouseCalendar | None = None,
    tells: bool = True,
    by: Actor | None,
    at: dt.datetime,
) -> Session:
    """Put the programme into the house at a time. Places and groups are the programme's unless given; released at once.

    `override_reason` lets a planner use other rooms, educators and hours. Its educators are told, unless a series that
    `tells` them itself plans it. Raises the refusals above and the house's.
    """
    release_at = release_at or at
    check_start(starts_at, release_at, at)
    check_resources(programme, rooms, educators, language, override_reason, by)
    size, groups = size_of(programme, capacity, max_groups)
    occasion = house.plan_occasion(
        kind=Occasion.Kind.SCHOOL_SESSION,
        title_sv=programme.title_sv,
        title_en=programme.title_en,
        period=periods.period(starts_at, starts_at + dt.timedelta(minutes=programme.length_minutes)),
        capacity=size,
        max_groups=groups,
        rooms=rooms,
        educators=educators,
        override_reason=override_reason,
        calendar=calendar,
        by=by,
        at=at,
    )
    session = Session.objects.create(
        occasion=occasion, programme=programme, series=series, language=language, release_at=release_at
    )
    if tells:
        teaching.tell(teaching.PLANNED, {educator: [session] for educator in educators}, by=by, at=at)
    return session


@transaction.atomic
def move_session(
    session: Session,
    *,
    starts_at: dt.datetime | None = None,
    rooms: Sequence[Room] | None = None,
    educators: Sequence[User] | None = None,
    override_reason: str = "",
    version: int | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> Session:
    """Another time, other rooms, other educators; what is None stays, and so does the length.

    A new time or room is told to everybody who has booked or waits, who may choose another session instead, and to
    the educators who stay; so are those who come and those who leave.
    """
    session = lock(session, version=version, at=at)
    was = session.occasion
    led_by = list(teaching.leading([session]))
    old_rooms = {room.pk for room in house.rooms_of(was)}
    period = was.period
    if starts_at is not None:
        check_start(starts_at, session.release_at, at)
        period = periods.period(starts_at, starts_at + (was.ends_at - was.starts_at))
    check_resources(session.programme, rooms, educators, session.language, override_reason, by)
    session.occasion = house.move_occasion(
        was,
        period=None if starts_at is None else period,
        rooms=rooms,
        educators=educators,
        override_reason=override_reason,
        by=by,
        at=at,
    )
    new_rooms = old_rooms if rooms is None else {room.pk for room in rooms}
    is_moved = period != was.period or new_rooms != old_rooms
    if is_moved:
        following.session_moved(session, was=was.period, by=by, at=at)
    teaching.tell_of_move(session, led_by, was=was.starts_at if is_moved else None, by=by, at=at)
    return session


@transaction.atomic
def change_session(
    session: Session,
    *,
    capacity: int | None = None,
    max_groups: int | None = None,
    language: str | None = None,
    release_at: dt.datetime | None = None,
    educators: Sequence[User] | None = None,
    override_reason: str = "",
    version: int | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> Session:
    """Change what does not move it: places (never below what is held), groups, language, release, educators.

    More places are offered to those who wait. Of a change of educators only the educators are told.
    """
    session = lock(session, version=version, at=at)
    language = language or session.language
    release_at = release_at or session.release_at
    check_resources(session.programme, None, educators, language, override_reason, by)
    if release_at >= session.occasion.starts_at:
        raise ReleasedTooLate
    if educators is not None:
        led_by = list(teaching.leading([session]))
        session.occasion = house.move_occasion(session.occasion, educators=educators, by=by, at=at)
        teaching.tell_of_move(session, led_by, was=None, by=by, at=at)
    freed = _resize(session, capacity, max_groups, at)
    session.language, session.release_at = language, release_at
    session.save(update_fields=["language", "release_at"])
    if freed:
        following.places_freed(session, by=by, at=at)
    return session


@transaction.atomic
def swap_educator(
    session: Session,
    *,
    leaving: User,
    coming: User,
    override_reason: str = "",
    by: Actor | None,
    at: dt.datetime,
) -> Session:
    """One educator in place of another; the rest stay."""
    house.lock(session.pk)
    staying = User.objects.filter(duties__occasion=session.pk).exclude(pk=leaving.pk)
    return change_session(
        session, educators=[*staying, coming], override_reason=override_reason, by=by, at=at
    )


@transaction.atomic
def cancel_session(
    session: Session,
    *,
    reason: str,
    version: int | None = None,
    tells: bool = True,
    by: Actor | None,
    at: dt.datetime,
) -> Session:
    """Call it off: rooms and educators are free again, everybody who booked or waits is told and offered another.

    Its educators are told, unless a series that `tells` them itself is called off.
    """
    if not reason.strip():
        raise refusals.ReasonMissing
    session = lock(session, version=version, at=at)
    session.occasion = house.cancel_occasion(session.occasion, reason=reason.strip(), by=by, at=at)
    following.session_cancelled(session, reason=reason.strip(), by=by, at=at)
    if tells:
        teaching.tell(teaching.CANCELLED, teaching.leading([session]), by=by, at=at)
    return session


def lock(session: Session, *, version: int | None, at: dt.datetime) -> Session:
    """The session as it stands, its occasion locked. Refuses one that is cancelled, begun or no longer of `version`."""
    occasion = house.lock(session.pk)
    locked = Session.objects.select_related("programme").get(pk=session.pk)
    locked.occasion = occasion
    etags.check(occasion.version, expected=version)
    if occasion.status == Occasion.Status.CANCELLED:
        raise SessionCancelled
    if occasion.starts_at <= at:
        raise SessionHasBegun
    return locked


def check_start(starts_at: dt.datetime, release_at: dt.datetime, at: dt.datetime) -> None:
    """Refuses a time that has passed, and a release after the start."""
    if starts_at <= at:
        raise SessionInThePast
    if release_at >= starts_at:
        raise ReleasedTooLate


def check_resources(
    programme: Programme,
    rooms: Iterable[Room] | None,
    educators: Iterable[User] | None,
    language: str,
    override_reason: str,
    by: Actor | None,
) -> None:
    """Refuses rooms, educators and languages that are not the programme's; None is not looked at."""
    if language not in programme.languages:
        raise refusals.LanguageNotOffered
    if rooms is not None and not rooms:
        raise RoomMissing
    if override_reason and by is not None and by.has_capability(house.OVERRIDE):
        return
    usable = set(programme.rooms.values_list("pk", flat=True)) if rooms else set()
    for room in rooms or ():
        if room.pk not in usable:
            raise RoomNotForProgramme(
                _("“%(programme)s” cannot use %(room)s.") % {"programme": programme, "room": room},
                room=room.name,
            )
    able = set(programme.educators.values_list("pk", flat=True)) if educators else set()
    for educator in educators or ():
        if educator.pk not in able:
            raise EducatorCannotLead(
                _("%(educator)s does not lead “%(programme)s”.")
                % {"programme": programme, "educator": educator},
                educator=str(educator),
            )


def size_of(programme: Programme, capacity: int | None, max_groups: int | None) -> tuple[int, int]:
    """Places and groups of a session: the programme's own unless given."""
    groups = programme.groups_at_once if max_groups is None else max_groups
    size = programme.max_pupils * groups if capacity is None else capacity
    _check_size(size, groups)
    return size, groups


def _check_size(size: int, groups: int) -> None:
    if not (1 <= size <= MOST_PLACES and 1 <= groups <= MOST_GROUPS):
        raise BadCapacity


def _resize(session: Session, capacity: int | None, max_groups: int | None, at: dt.datetime) -> bool:
    """Write new numbers of places and groups; True if there are more of either than before."""
    occasion = Occasion.objects.get(pk=session.pk)  # as move_occasion may have left it
    size = occasion.places if capacity is None else capacity
    groups = occasion.groups if max_groups is None else max_groups
    _check_size(size, groups)
    held = places.count(occasion, at)
    if size < min(held.places, occasion.places) or groups < min(held.groups, occasion.groups):
        raise CapacityBelowHeld(
            _("%(places)s places and %(groups)s groups are taken; there cannot be fewer.")
            % {"places": held.places, "groups": held.groups},
            held_places=held.places,
            held_groups=held.groups,
        )
    more = size > occasion.places or groups > occasion.groups
    occasion.capacity, occasion.max_groups = size, groups
    occasion.version += 1
    occasion.save(update_fields=["capacity", "max_groups", "version"])
    session.occasion = occasion
    return more
