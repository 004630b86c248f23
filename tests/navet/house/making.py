"""A small house for tests: rooms, hours and people, made as the demo and the administration would."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.house import operations
from navet.house.models import Cell, Occasion, OpeningHours, Room

NOW = periods.at(dt.date(2026, 1, 7), dt.time(12))
TUESDAY = dt.date(2026, 3, 3)


def hours(
    day: dt.date = TUESDAY, start: str = "09:00", end: str = "10:00", last: dt.date | None = None
) -> DateTimeTZRange:
    """A period by the clock on the wall in Borås."""
    return DateTimeTZRange(
        periods.at(day, dt.time.fromisoformat(start)),
        periods.at(last or day, dt.time.fromisoformat(end)),
        "[)",
    )


def room(slug: str, *cells: Cell, turnaround: int = 15, **fields: object) -> Room:
    """A room of the given cells, or of a cell of its own."""
    made = Room.objects.create(
        slug=slug,
        name_sv=slug.title(),
        name_en=f"{slug.title()} room",
        turnaround_minutes=turnaround,
        **fields,
    )
    made.cells.set(cells or [Cell.objects.create(name=slug)])
    return made


def divisible_hall() -> tuple[Room, Room, Room]:
    """A hall, and its two halves."""
    east, west = Cell.objects.create(name="east"), Cell.objects.create(name="west")
    return room("hall", east, west), room("east", east), room("west", west)


def open_weekdays(
    opens: str = "08:00",
    closes: str = "17:00",
    *,
    season: DateRange | None = None,
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4),
    audience: str = OpeningHours.Audience.HOUSE,
) -> None:
    OpeningHours.objects.bulk_create(
        OpeningHours(
            season="Season",
            audience=audience,
            days=season or DateRange(dt.date(2020, 1, 1), None, "[)"),
            weekday=weekday,
            opens=dt.time.fromisoformat(opens),
            closes=dt.time.fromisoformat(closes),
        )
        for weekday in weekdays
    )


def user(email: str, *roles: str, name: str = "") -> User:
    return User.objects.create_user(email, name=name or email.split("@", 1)[0].title(), roles=list(roles))


def acting(person: User) -> Actor:
    return Actor(user=person, device=None)


def plan(
    period: DateTimeTZRange | None = None,
    *,
    kind: str = Occasion.Kind.SCHOOL_SESSION,
    title: str = "Vatten",
    rooms: tuple[Room, ...] = (),
    educators: tuple[User, ...] = (),
    by: Actor | None = None,
    **more: object,
) -> Occasion:
    return operations.plan_occasion(
        kind=kind,
        title_sv=title,
        title_en=f"{title} (en)",
        period=hours() if period is None else period,
        capacity=30,
        max_groups=1,
        rooms=rooms,
        educators=educators,
        by=by,
        at=NOW,
        **more,
    )
