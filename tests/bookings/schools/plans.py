"""A house to plan in: rooms that are open on weekdays, educators, and programmes that may use them."""

import datetime as dt
from typing import Any

from bookings.schools.models import Programme, SchoolBooking, Session
from bookings.schools.operations import sessions
from bookings.schools.operations.foresight import Plan
from navet import codes, periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.accounts.roles import Role
from navet.house.models import Room
from tests.bookings.schools import classes
from tests.navet.house import making

NOW = classes.NOW
DAY = classes.DAY


def planner(email: str = "planner@navet.test") -> Actor:
    found = User.objects.filter(email=email).first()
    return Actor(user=found or making.user(email, Role.PLANNER))


def educator(name: str = "ada", *programmes: Programme) -> User:
    person = making.user(f"{name}@navet.test", Role.EDUCATOR)
    person.programmes.add(*programmes)
    return person


def house() -> Room:
    """A house open 08-17 on weekdays, with one room."""
    making.open_weekdays()
    return making.room("kuben")


def programme(*rooms: Room, **fields: Any) -> Programme:
    made = classes.programme(**fields)
    made.rooms.add(*rooms)
    return made


def create(of: Programme, room: Room, *, day: dt.date = DAY, clock: str = "09:00", **fields: Any) -> Session:
    values = {"rooms": [room], "educators": [], "by": planner(), "at": NOW}
    return sessions.create_session(of, starts_at=at(day, clock), **values | fields)


def at(day: dt.date = DAY, clock: str = "09:00") -> dt.datetime:
    return periods.at(day, dt.time.fromisoformat(clock))


def series(of: Programme, room: Room, **fields: Any) -> Plan:
    """Tuesdays and Thursdays at nine, from the third of March to the second of April."""
    values = {
        "first_date": DAY,
        "last_date": dt.date(2026, 4, 2),
        "weekdays": [1, 3],
        "times": [dt.time(9)],
        "rooms": [room],
        "educators": [],
    }
    return Plan(programme=of, **values | fields)


def book(session: Session, pupils: int, *, status: str = "confirmed", **fields: Any) -> SchoolBooking:
    """A row as the operations would leave it, without their mails."""
    values: dict[str, Any] = {
        "confirmed": {"confirmed_at": NOW},
        "held": {"holds_until": NOW + dt.timedelta(minutes=30)},
        "offered": {"holds_until": NOW + dt.timedelta(hours=48), "waiting_since": NOW},
        "waiting": {"waiting_since": NOW},
        "cancelled": {"cancelled_at": NOW},
    }.get(status, {})
    code = codes.new_code()
    row = {
        "code": code,
        "session": session,
        "school": fields.pop("school", None) or classes.school(),
        "class_name": code[:4],
        "grade": "5",
        "pupils": pupils,
        "first_pupils": pupils,
        "adults": 2,
        "contact_name": "Maria Lind",
        "contact_email": classes.TEACHER,
        "contact_phone": "+46701234567",
        "status": status,
        "created_at": NOW,
    }
    return SchoolBooking.objects.create(**row | values | fields)
