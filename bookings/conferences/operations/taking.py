"""Rooms and educators of a conference, all of them or none: queue for them, look, then plan; or say what is taken and what is free."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from bookings.conferences import availability
from bookings.conferences.availability import Diary
from bookings.conferences.models import Addition, Reservation, ReservationDay, ReservedRoom
from bookings.conferences.operations import refusals
from bookings.conferences.operations.choosing import Choice, ChosenAddOn, ChosenDay
from navet import codes, periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.house import operations as house
from navet.house.models import Occasion, Room
from navet.pages import formats

NEAR = 21  # days around a taken one that are looked at
PROPOSED = 3


@dataclass(frozen=True)
class Seat:
    """Where an add-on will be, and who leads it."""

    rooms: tuple[Room, ...] = ()
    educators: tuple[User, ...] = ()


@dataclass(frozen=True)
class Clash:
    """What of a wish is taken: a room, or an add-on that no room or educator is free for. `said`: why a room is closed."""

    date: dt.date
    what: str
    name: str
    period: DateTimeTZRange
    why: str
    said: str = ""

    def as_json(self) -> dict[str, str]:
        return {"date": self.date.isoformat(), "what": self.what, "why": self.why}

    def __str__(self) -> str:
        day, start = formats.local_date(self.date, "day"), formats.local_time(self.period.lower)
        return f"{self.name} {day} {start}–{formats.local_time(self.period.upper)}"


def lock(choice: Choice, also: Iterable[Room] = (), educators: Iterable[User] = ()) -> None:
    """Queue for everything the choice may take, and for what it has already, in the house's order."""
    house.lock_places(
        rooms=[*rooms_of(choice), *also], educators=[*dict.fromkeys([*_educators(choice), *educators])]
    )


def rooms_of(choice: Choice) -> list[Room]:
    """Every room it takes or might take, with cells."""
    own = [one.offer.room for day in choice.days for one in day.rooms]
    others = [room for day in choice.days for one in day.add_ons for room in one.add_on.rooms.all()]
    return list({room.pk: room for room in (*own, *others)}.values())


def _educators(choice: Choice) -> list[User]:
    leading = [one.add_on for day in choice.days for one in day.add_ons if one.add_on.needs_educator]
    return [user for add_on in leading for user in add_on.educators.all() if user.is_active]


def seats(choice: Choice, *, moving: Iterable[int] = (), at: dt.datetime) -> list[list[Seat]]:
    """For each day a place for each of its add-ons. Raises PartsTaken, which names what is taken and what is not."""
    moving = list(moving)
    diary = read(choice, moving=moving, at=at)
    found, clashes = seat(choice, diary)
    if clashes:
        raise _taken(choice, clashes, moving=moving, at=at)
    return found


def read(choice: Choice, *, around: int = 0, moving: Iterable[int] = (), at: dt.datetime) -> Diary:
    first, last = periods.local_day(choice.starts_at), periods.local_day(choice.ends_at)
    span = dt.timedelta(days=around)
    return Diary.read(
        rooms_of(choice), _educators(choice), first=first - span, last=last + span, at=at, moving=moving
    )


def seat(choice: Choice, diary: Diary) -> tuple[list[list[Seat]], list[Clash]]:
    """Where everything would be, and what has no place. Leaves the diary as it was."""
    trial = diary.copy()
    clashes = [clash for day in choice.days for clash in _take_rooms(day, trial)]
    closed = {
        clash.date for clash in clashes if clash.why == "closed"
    }  # of an add-on there is nothing more to say
    found: list[list[Seat]] = []
    for day in choice.days:
        placed = []
        for one in day.add_ons:
            place = _place(one, day, trial)
            if place is None and periods.local_day(day.period.lower) not in closed:
                clashes.append(_clash(one.add_on.slug, one.add_on.title, one.period or day.period, "add_on"))
            placed.append(place or Seat())
        found.append(placed)
    return found, clashes


def _take_rooms(day: ChosenDay, diary: Diary) -> Iterator[Clash]:
    if day.is_held:
        return
    for one in day.rooms:
        room = one.offer.room
        if why := diary.why_closed(day.period, room):
            yield _clash(room.slug, room.name, day.period, "closed", why)
        elif not diary.is_free(room, day.period):
            yield _clash(room.slug, room.name, day.period, "room")
    for one in day.rooms:
        diary.enter(day.period, [one.offer.room], [])


def _place(one: ChosenAddOn, day: ChosenDay, diary: Diary) -> Seat | None:
    """The first of its rooms and educators that is free; the conference's own room where that is one of them."""
    if not one.needs_occasion or one.period is None:
        return Seat()
    rooms: tuple[Room, ...] = ()
    if one.add_on.rooms.all() and not _is_in_own_room(one, day, diary):
        free = [room for room in one.add_on.rooms.all() if _suits(room, one, diary)]
        if not free:
            return None
        rooms = (min(free, key=lambda room: room.slug),)
    leading: tuple[User, ...] = ()
    if one.add_on.needs_educator:
        able = [user for user in one.add_on.educators.all() if user.is_active]
        free_users = [user for user in able if diary.has_time(user, one.period)]
        if not free_users:
            return None
        leading = (min(free_users, key=lambda user: user.pk),)
    diary.enter(one.period, rooms, leading)
    return Seat(rooms, leading)


def _is_in_own_room(one: ChosenAddOn, day: ChosenDay, diary: Diary) -> bool:
    own = frozenset().union(*(diary.cells[each.offer.room.pk] for each in day.rooms))
    inside = (
        one.period is not None
        and day.period.lower <= one.period.lower <= one.period.upper <= day.period.upper
    )
    return inside and any(diary.cells[room.pk] <= own for room in one.add_on.rooms.all())


def _suits(room: Room, one: ChosenAddOn, diary: Diary) -> bool:
    period = one.period
    return room.is_active and diary.is_open(period, room) and diary.is_free(room, period)


def _clash(what: str, name: str, period: DateTimeTZRange, why: str, said: str = "") -> Clash:
    return Clash(periods.local_day(period.lower), what, name, period, why, said)


def shifted(choice: Choice, days: int) -> Choice:
    """The same so many days later. Prices are of the first dates: only whether it is free is asked of it."""
    return dataclasses.replace(
        choice, days=tuple(_shift_day(day, dt.timedelta(days=days)) for day in choice.days)
    )


def _shift_day(day: ChosenDay, by: dt.timedelta) -> ChosenDay:
    moved = [
        dataclasses.replace(one, period=_shift(one.period, by) if one.period else None) for one in day.add_ons
    ]
    return dataclasses.replace(day, period=_shift(day.period, by), add_ons=tuple(moved))


def _shift(period: DateTimeTZRange, by: dt.timedelta) -> DateTimeTZRange:
    """The same time on the wall in Borås, whatever the clocks do in between."""
    start, end = (moment.astimezone(periods.HOUSE_ZONE) for moment in (period.lower, period.upper))
    return periods.period(start + by, end + by)


def nearest(choice: Choice, *, moving: Iterable[int] = (), at: dt.datetime) -> list[dt.date]:
    """First days, in the three weeks around, on which all of it is free; in time order."""
    diary = read(choice, around=NEAR, moving=moving, at=at)
    today = periods.local_day(at)
    found: list[dt.date] = []
    for distance in sorted((n for n in range(-NEAR, NEAR + 1) if n), key=abs):
        moved = shifted(choice, distance)
        day = periods.local_day(moved.starts_at)
        if day > today and not seat(moved, diary)[1]:
            found.append(day)
        if len(found) == PROPOSED:
            break
    return sorted(found)


def other_rooms(choice: Choice, *, at: dt.datetime) -> list[Room]:
    """Rooms on hire that seat everybody and are free on all of the days."""
    offered = availability.for_size(availability.offers(), choice.wish.persons, "")
    own = {one.offer.pk for day in choice.days for one in day.rooms}
    first, last = periods.local_day(choice.starts_at), periods.local_day(choice.ends_at)
    diary = Diary.read([one.room for one in offered], [], first=first, last=last, at=at)
    return [
        one.room
        for one in offered
        if one.pk not in own
        and all(
            diary.is_open(day.period, one.room) and diary.is_free(one.room, day.period) for day in choice.days
        )
    ][:PROPOSED]


def _taken(
    choice: Choice, clashes: list[Clash], *, moving: list[int], at: dt.datetime
) -> refusals.PartsTaken:
    days, rooms = nearest(choice, moving=moving, at=at), other_rooms(choice, at=at)
    said = [_("Taken or closed: %(parts)s.") % {"parts": "; ".join(map(str, clashes))}]
    if rooms:
        said.append(
            _("Free at the same time: %(rooms)s.") % {"rooms": ", ".join(room.name for room in rooms)}
        )
    if days:
        named = ", ".join(formats.local_date(day, "day") for day in days)
        text = (
            _("Everything is free from, as the first day: %(days)s.")
            if len(choice.days) > 1
            else _("Everything is free on: %(days)s.")
        )
        said.append(text % {"days": named})
    return refusals.PartsTaken(
        " ".join(said),
        taken=[clash.as_json() for clash in clashes],
        nearest=[day.isoformat() for day in days],
        rooms=[room.slug for room in rooms],
    )


def plan(
    choice: Choice,
    reservation: Reservation,
    seated: list[list[Seat]],
    *,
    by: Actor | None,
    at: dt.datetime,
) -> None:
    """Put it into the house until `reservation.holds_until`, and write its days. The caller has locked and looked."""
    planned = [
        _plan(reservation, day.period, [one.offer.room for one in day.rooms], (), "", by, at)
        for day in choice.days
    ]
    reservation.occasion = planned[0]
    reservation.ends_at = choice.ends_at
    if reservation.pk is None:
        reservation.save(force_insert=True)
    for position, (day, occasion) in enumerate(zip(choice.days, planned, strict=True)):
        code = codes.new_code() if position else reservation.code
        _write_day(reservation, day, occasion, seated[position], position=position, code=code, by=by, at=at)


def plan_day(
    day: ChosenDay,
    reservation: Reservation,
    seats_of: list[Seat],
    *,
    position: int,
    code: str,
    by: Actor | None,
    at: dt.datetime,
) -> ReservationDay:
    """One day more of a reservation that stands. The caller has locked and looked."""
    occasion = _plan(reservation, day.period, [one.offer.room for one in day.rooms], (), "", by, at)
    return _write_day(reservation, day, occasion, seats_of, position=position, code=code, by=by, at=at)


def _write_day(
    reservation: Reservation,
    day: ChosenDay,
    occasion: Occasion,
    seats_of: list[Seat],
    *,
    position: int,
    code: str,
    by: Actor | None,
    at: dt.datetime,
) -> ReservationDay:
    kept = ReservationDay.objects.create(
        reservation=reservation,
        position=position,
        code=code,
        occasion=occasion,
        part=day.part,
        extra_hours=day.extra_hours,
        package=day.package,
        persons=None if day.persons == reservation.persons else day.persons,
    )
    ReservedRoom.objects.bulk_create(
        ReservedRoom(day=kept, offer=one.offer, furnishing=one.furnishing) for one in day.rooms
    )
    for one, seat_of in zip(day.add_ons, seats_of, strict=True):
        add(reservation, kept, one, seat_of, by=by, at=at)
    return kept


def add(
    reservation: Reservation,
    day: ReservationDay,
    one: ChosenAddOn,
    place: Seat,
    *,
    by: Actor | None,
    at: dt.datetime,
) -> None:
    """An add-on of a day, with the room and the educator that were found for it. The caller has locked and looked."""
    occasion = None
    if one.period is not None and (place.rooms or place.educators):
        occasion = _plan(
            reservation, one.period, place.rooms, place.educators, f"{one.add_on.title_sv}: ", by, at
        )
    Addition.objects.create(
        day=day,
        add_on=one.add_on,
        persons=one.persons,
        starts_at=one.period.lower if one.period else None,
        occasion=occasion,
    )


def _plan(
    reservation: Reservation,
    period: DateTimeTZRange,
    rooms: Iterable[Room],
    educators: Iterable[User],
    prefix: str,
    by: Actor | None,
    at: dt.datetime,
) -> Occasion:
    title = f"{prefix}{reservation.title}"[:120]
    return house.plan_occasion(
        kind=Occasion.Kind.CONFERENCE,
        title_sv=title,
        title_en=title,
        period=period,
        capacity=None,
        max_groups=None,
        rooms=rooms,
        educators=educators,
        holds_until=reservation.holds_until,
        by=by,
        at=at,
    )
