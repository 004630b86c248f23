"""Sessions of the demo year: laid out in memory so that no room or educator is in two places, then written in bulk.

The exclusion constraints check every row once more.
"""

import datetime as dt
import itertools
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.schools.models import Programme, Session
from demo import season
from navet import periods
from navet.accounts.models import User
from navet.house.models import Duty, Occasion, Room, RoomUse

STARTS = (dt.time(9), dt.time(10, 45), dt.time(13))
LUNCHES = (dt.time(11), dt.time(11, 45), dt.time(12, 30))
LUNCH_SEATS = 70


@dataclass
class Lead:
    """A programme with what it needs, read once."""

    programme: Programme
    rooms: list[tuple[Room, list[int]]]
    educators: list[User]

    @property
    def length(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.programme.length_minutes)


@dataclass
class Slot:
    """A session to be."""

    programme: Programme
    room: Room
    cells: list[int]
    educator: User
    starts_at: dt.datetime
    ends_at: dt.datetime


class Diary:
    """Who and what is taken, and until when; slots are asked for in time order within a day."""

    def __init__(self) -> None:
        self._busy: dict[tuple[str, int], list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)

    def is_free(self, keys: Iterable[tuple[str, int]], start: dt.datetime, end: dt.datetime) -> bool:
        return not any(a < end and start < b for key in keys for a, b in self._busy[key])

    def take(self, keys: Iterable[tuple[str, int]], start: dt.datetime, end: dt.datetime) -> None:
        for key in keys:
            self._busy[key].append((start, end))


def leads() -> list[Lead]:
    """Every demo programme with its rooms' cells and its educators, in an order that PostgreSQL does not choose."""
    found = (
        Programme.objects.filter(is_demo=True).prefetch_related("rooms__cells", "educators").order_by("pk")
    )
    return [
        Lead(
            p,
            [
                (room, sorted(cell.pk for cell in room.cells.all()))
                for room in sorted(p.rooms.all(), key=lambda room: room.slug)
            ],
            sorted(p.educators.all(), key=lambda one: one.pk),
        )
        for p in found
    ]


def lay_out(days: list[dt.date], *, sessions: int, rng: random.Random) -> list[Slot]:
    """Spread about `sessions` over the school days after the season's appetite."""
    appetite = sum(season.SCHOOL_APPETITE.get(day.month, 0) for day in days)
    candidates = leads()
    slots: list[Slot] = []
    wanted = 0.0
    for day in days:
        wanted += sessions * season.SCHOOL_APPETITE.get(day.month, 0) / appetite
        diary = Diary()
        for starts_at in itertools.cycle([periods.at(day, clock) for clock in STARTS]):
            if len(slots) >= wanted:
                break
            slot = _first_fit(rng.sample(candidates, len(candidates)), starts_at, diary, rng)
            if slot is None:
                break
            slots.append(slot)
    return slots


def _first_fit(
    candidates: list[Lead], starts_at: dt.datetime, diary: Diary, rng: random.Random
) -> Slot | None:
    for lead in candidates:
        ends_at = starts_at + lead.length
        for room, cells in rng.sample(lead.rooms, len(lead.rooms)):
            until = ends_at + dt.timedelta(minutes=room.turnaround_minutes)
            if not diary.is_free([("cell", cell) for cell in cells], starts_at, until):
                continue
            for educator in rng.sample(lead.educators, len(lead.educators)):
                if diary.is_free([("educator", educator.pk)], starts_at, ends_at):
                    diary.take([("cell", cell) for cell in cells], starts_at, until)
                    diary.take([("educator", educator.pk)], starts_at, ends_at)
                    return Slot(lead.programme, room, cells, educator, starts_at, ends_at)
    return None


def write_sessions(slots: list[Slot], *, today: dt.date, planner: User, rng: random.Random) -> list[Session]:
    """Occasions, room uses, duties and sessions; some of the future ones are not released yet."""
    occasions = Occasion.objects.bulk_create(
        [
            Occasion(
                kind=Occasion.Kind.SCHOOL_SESSION,
                title_sv=slot.programme.title_sv,
                title_en=slot.programme.title_en,
                period=DateTimeTZRange(slot.starts_at, slot.ends_at),
                capacity=slot.programme.max_pupils * slot.programme.groups_at_once,
                max_groups=slot.programme.groups_at_once,
                created_by=planner,
            )
            for slot in slots
        ],
        batch_size=500,
    )
    pairs = list(zip(slots, occasions, strict=True))
    RoomUse.objects.bulk_create(_room_uses(pairs), batch_size=1000)
    Duty.objects.bulk_create(
        [Duty(occasion=occasion, educator=slot.educator, period=occasion.period) for slot, occasion in pairs],
        batch_size=1000,
    )
    return Session.objects.bulk_create(
        [
            Session(
                occasion=occasion,
                programme=slot.programme,
                language="en" if rng.random() < 0.08 else "sv",
                release_at=_release(slot.starts_at.date(), today),
            )
            for slot, occasion in pairs
        ],
        batch_size=500,
    )


def _release(day: dt.date, today: dt.date) -> dt.datetime:
    """Autumn opens on 1 May, spring on 1 November; what lies beyond the coming term opens with the next release."""
    opened = dt.date(day.year, 5, 2) if day.month >= 7 else dt.date(day.year - 1, 11, 2)
    if (day - today).days > 190:
        opened = max(opened, today + dt.timedelta(days=21))
    return periods.at(opened, dt.time(8))


def _room_uses(pairs: list[tuple[Slot, Occasion]]) -> Iterator[RoomUse]:
    for slot, occasion in pairs:
        until = slot.ends_at + dt.timedelta(minutes=slot.room.turnaround_minutes)
        for cell in slot.cells:
            yield RoomUse(
                occasion=occasion, room=slot.room, cell_id=cell, period=DateTimeTZRange(slot.starts_at, until)
            )


def write_lunches(days: list[dt.date], *, lunch_room: Room, planner: User) -> dict[dt.date, list[Occasion]]:
    """Three sittings on every school day, by day."""
    cell = lunch_room.cells.get().pk
    starts = [periods.at(day, clock) for day in days for clock in LUNCHES]
    sitting = dt.timedelta(minutes=40)
    occasions = Occasion.objects.bulk_create(
        [
            Occasion(
                kind=Occasion.Kind.LUNCH, title_sv="Lunch", title_en="Lunch", capacity=LUNCH_SEATS,
                period=DateTimeTZRange(start, start + sitting), created_by=planner,
            )
            for start in starts
        ],
        batch_size=500,
    )  # fmt: skip
    RoomUse.objects.bulk_create(
        [RoomUse(occasion=o, room=lunch_room, cell_id=cell, period=o.period) for o in occasions],
        batch_size=1000,
    )
    by_day: dict[dt.date, list[Occasion]] = defaultdict(list)
    for occasion in occasions:
        by_day[periods.local_day(occasion.starts_at)].append(occasion)
    return by_day
