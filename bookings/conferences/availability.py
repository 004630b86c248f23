"""When rooms and educators are free, read in a few queries for any stretch of days, then asked without any. The operation decides."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet

from bookings.conferences.models import DayPart, RoomOffer
from navet import periods
from navet.accounts.models import User
from navet.errors import Refused
from navet.house import rules
from navet.house.calendar import HouseCalendar
from navet.house.models import Duty, Occasion, Room, RoomUse

Taken = dict[int, list[DateTimeTZRange]]
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Diary:
    """What holds the house's floor and its educators between two days, whatever it is that goes on; and the hours."""

    calendar: HouseCalendar
    cells: dict[int, frozenset[int]]
    uses: Taken
    duties: Taken

    @classmethod
    def read(
        cls,
        rooms: Iterable[Room],
        educators: Iterable[User],
        *,
        first: dt.date,
        last: dt.date,
        at: dt.datetime,
        moving: Iterable[int] = (),
    ) -> "Diary":
        """First and last included. Rooms come with their cells; occasions that are `moving` stand in nobody's way."""
        cells = {room.pk: frozenset(cell.pk for cell in room.cells.all()) for room in rooms}
        span = DateTimeTZRange(
            periods.at(first - DAY, dt.time.min), periods.at(last + 2 * DAY, dt.time.min), "[)"
        )
        uses = RoomUse.objects.filter(cell__in=frozenset().union(*cells.values()))
        duties = Duty.objects.filter(educator__in=list(educators))
        return cls(
            calendar=HouseCalendar.between(first - DAY, last + 2 * DAY),
            cells=cells,
            uses=_standing(uses, "cell", span, at, moving),
            duties=_standing(duties, "educator", span, at, moving),
        )

    def is_open(self, period: DateTimeTZRange, room: Room) -> bool:
        """Whether the house is open throughout and neither it nor the room is closed: the house's own rule."""
        return not self.why_closed(period, room)

    def why_closed(self, period: DateTimeTZRange, room: Room) -> str:
        """In the house's own words, and the active language; "" where it is open."""
        try:
            rules.check_open(period, Occasion.Kind.CONFERENCE, self.cells[room.pk], self.calendar)
        except Refused as refused:
            return str(refused)
        return ""

    def is_free(self, room: Room, period: DateTimeTZRange) -> bool:
        """Whether no cell of the room is held in the period and the turnaround after it."""
        until = period.upper + dt.timedelta(minutes=room.turnaround_minutes)
        return not any(_meet(self.uses.get(cell, []), period.lower, until) for cell in self.cells[room.pk])

    def has_time(self, educator: User, period: DateTimeTZRange) -> bool:
        return not _meet(self.duties.get(educator.pk, []), period.lower, period.upper)

    def enter(self, period: DateTimeTZRange, rooms: Iterable[Room], educators: Iterable[User]) -> None:
        """Take them, so that what is asked for next finds them taken."""
        for room in rooms:
            until = period.upper + dt.timedelta(minutes=room.turnaround_minutes)
            for cell in self.cells[room.pk]:
                self.uses.setdefault(cell, []).append(DateTimeTZRange(period.lower, until, "[)"))
        for educator in educators:
            self.duties.setdefault(educator.pk, []).append(period)

    def copy(self) -> "Diary":
        """One to try something out in."""
        return Diary(
            self.calendar,
            self.cells,
            {key: list(value) for key, value in self.uses.items()},
            {key: list(value) for key, value in self.duties.items()},
        )


def _standing(
    found: QuerySet, key: str, span: DateTimeTZRange, at: dt.datetime, moving: Iterable[int]
) -> Taken:
    """What holds now: an option that ran out does not, tidied or not."""
    held = found.filter(holds=True, period__overlap=span).exclude(occasion__holds_until__lte=at)
    by_key: Taken = defaultdict(list)
    for one, period in held.exclude(occasion__in=list(moving)).values_list(key, "period"):
        by_key[one].append(period)
    return by_key


def _meet(taken: list[DateTimeTZRange], begins: dt.datetime, ends: dt.datetime) -> bool:
    return any(one.lower < ends and begins < one.upper for one in taken)


@dataclass(frozen=True)
class Square:
    """A room in a part of a day. `why` it cannot be had: "", "taken", "closed", or "not_let" where it has no price."""

    day: dt.date
    part: DayPart
    offer: RoomOffer
    period: DateTimeTZRange
    why: str
    ore: int | None

    @property
    def is_free(self) -> bool:
        return not self.why


def offers() -> list[RoomOffer]:
    """Every room on hire, with all that is asked of it."""
    found = RoomOffer.objects.published().filter(room__is_active=True).select_related("room")
    asked = ("prices", "room__furnishings", "room__cells", "pictures__renditions")
    return list(found.prefetch_related(*asked).order_by("room__slug"))


def parts() -> list[DayPart]:
    return list(DayPart.objects.filter(is_active=True).order_by("starts", "ends"))


def squares(
    offered: list[RoomOffer],
    wanted: list[DayPart],
    *,
    first: dt.date,
    last: dt.date,
    at: dt.datetime,
) -> list[Square]:
    """Every room in every part of every day from first to last."""
    diary = Diary.read([one.room for one in offered], [], first=first, last=last, at=at)
    return [
        _square(diary, offer, day, part)
        for offer in offered
        for day in periods.dates(first, last + DAY)
        for part in wanted
    ]


def _square(diary: Diary, offer: RoomOffer, day: dt.date, part: DayPart) -> Square:
    period, price = part.period(day), offer.price_on(day)
    ore = price.of(part.kind) if price else None
    why = (
        "not_let"
        if ore is None
        else "closed"
        if not diary.is_open(period, offer.room)
        else ""
        if diary.is_free(offer.room, period)
        else "taken"
    )
    return Square(day, part, offer, period, why, ore)


def for_size(offered: list[RoomOffer], persons: int | None, furnishing: str) -> list[RoomOffer]:
    """Those that seat so many, furnished so."""
    return [one for one in offered if one.seats(furnishing) >= max(persons or 1, 1)]
