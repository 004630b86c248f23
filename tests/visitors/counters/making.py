"""Small makers of counters and of what they say."""

import datetime as dt
from typing import Any

from navet import periods
from navet.accounts import devices
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.accounts.roles import Role
from tests.visitors.making import DAY, user
from visitors.counters import api, operations
from visitors.counters.models import Counter
from visitors.models import Visit

URL = "/api/v1/door-counts/"
NOON = periods.at(DAY, dt.time(12))
MORNING_AFTER = periods.at(DAY + dt.timedelta(days=1), dt.time(8))


def administrator() -> Actor:
    return Actor(user=user("administrator", email="admin@navet.example", name="Anna Administratör"))


def manager(number: int = 1) -> User:
    return user("management", email=f"ledning{number}@navet.example", name=f"Lena Ledning {number}")


def counter(name: str = "Huvudentrén", kind: str = "own", **more: Any) -> Counter:
    facts: dict[str, Any] = {"door": "Huvudentrén", "placed_from": dt.date(2026, 1, 1), **more}
    return Counter.objects.create(name=name, kind=kind, **facts)


def key_of(of: Counter, *, role: str = Role.DOOR_COUNTER, at: dt.datetime = NOON, **more: Any) -> str:
    """A key for the counter, enrolled by the administrator."""
    enrolled = devices.enrol(name=of.name, role=role, by=administrator(), at=at, **more)
    of.device = enrolled.device
    of.save()
    return enrolled.token


def own(day: dt.date = DAY, **heads: int) -> dict[str, Any]:
    """One hour of our own format: `at_9=12` is twelve in from nine to ten, and two fewer out."""
    return {
        "readings": [
            {
                "from": periods.at(day, dt.time(int(hour[3:]))).isoformat(),
                "to": periods.at(day, dt.time(int(hour[3:]) + 1)).isoformat(),
                "in": n,
                "out": max(n - 2, 0),
            }
            for hour, n in heads.items()
        ]
    }


def axis(at: dt.datetime, entered: int, left: int = 0, serial: str = "00408CAC512B") -> dict[str, Any]:
    digits = f"{at.astimezone(periods.HOUSE_ZONE):%Y%m%d%H%M%S}"
    return {"serial": serial, "name": "Entrance", "timestamp": digits, "in": entered, "out": left}


def receive(of: Counter, body: dict[str, Any], *, at: dt.datetime = NOON) -> operations.Received:
    """As the API does, without its door."""
    return operations.receive(api.read(body, at=at), of, by=Actor(), at=at)


def registered(heads: int, *, day: dt.date = DAY, category: str = "adult") -> Visit:
    at = periods.at(day, dt.time(10))
    return Visit.objects.create(at=at, day=day, leaves_at=at, category=category, count=heads, source="desk")
