"""Small makers of what the desk's tests need, through the operations wherever there is one."""

import datetime as dt
from typing import Any

from navet import codes, periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.directory.models import Municipality
from visitors import operations
from visitors.models import Arrival, Category

DAY = dt.date(2026, 3, 12)
MORNING = periods.at(DAY, dt.time(9, 30))


def user(*roles: str, email: str = "reception@navet.example", name: str = "Rut Reception") -> User:
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, "ett-langt-losenord-1", name=name, roles=list(roles))


def desk() -> Actor:
    return Actor(user=user("desk"))


def municipality(code: str = "1490", name: str = "Borås") -> Municipality:
    return Municipality.objects.get_or_create(code=code, defaults={"name": name})[0]


def arrival(*, starts_at: dt.datetime = MORNING, **changed: Any) -> Arrival:
    code = changed.pop("code", None) or codes.new_code()
    facts: dict[str, Any] = {
        "kind": "school_session",
        "occasion": None,
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=2),
        "label": "Herrljunga skola, 5A",
        "municipality": municipality(),
        "participant_category": Category.PUPIL,
        "adult_category": Category.SCHOOL_ADULT,
        "booked_participants": 24,
        "expected_participants": 24,
        "expected_adults": 2,
        "at": starts_at - dt.timedelta(days=20),
    }
    operations.announce(code=code, **facts | changed)
    return Arrival.objects.get(code=code)
