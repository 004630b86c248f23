"""Rows for the tests of a whole house, made in a process of its own against the house's database; prints their ids.

Run as `python -m tests.faults.seed` with the house's DATABASE_URL.
"""

import datetime as dt
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "navet.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402  # after django.setup()
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402  # after django.setup()
from django.utils import timezone  # noqa: E402  # after django.setup()

from navet import codes, periods  # noqa: E402  # after django.setup()
from navet.accounts import devices  # noqa: E402  # after django.setup()
from navet.accounts.actor import Actor  # noqa: E402  # after django.setup()
from navet.accounts.browser import KEY  # noqa: E402  # after django.setup()
from navet.accounts.models import User  # noqa: E402  # after django.setup()
from navet.accounts.roles import Role  # noqa: E402  # after django.setup()
from navet.directory.models import Agreement, Municipality, Organiser, SchoolUnit  # noqa: E402  # after django.setup()
from navet.house.models import Cell, Occasion, OpeningHours, Room  # noqa: E402  # after django.setup()
from tests.bookings.schools import classes  # noqa: E402  # after django.setup()
from visitors.models import Arrival, Category  # noqa: E402  # after django.setup()


def main(parties: int) -> None:
    now = timezone.now()
    day = _next_working_day(periods.local_day(now) + dt.timedelta(days=20))
    room = _room(day)
    programme = classes.programme()
    programme.rooms.add(room)
    planner = User.objects.create_user("planner@navet.test", name="Planner", roles=[Role.PLANNER, Role.DESK])
    actor = Actor(user=planner)
    print(
        json.dumps(
            {
                "school": _school(day).pk,
                "programme": programme.slug,
                "room": room.slug,
                "day": day.isoformat(),
                "sessions": [
                    classes.session(programme, day=day, clock=clock).pk
                    for clock in ("09:00", "12:00", "14:00")
                ],
                "browsers": [_browser(f"teacher{n}@skola.example", now) for n in range(parties)],
                "planner": _logged_in(planner),
                "desks": [devices.enrol(name=f"Desk {n}", by=actor, at=now).token for n in range(2)],
                "arrivals": [_arrival(n, now) for n in range(3)],
            }
        )
    )


def _next_working_day(day: dt.date) -> dt.date:
    while not periods.is_working_day(day):
        day += dt.timedelta(days=1)
    return day


def _room(day: dt.date) -> Room:
    room = Room.objects.create(slug="kuben", name_sv="Kuben", name_en="The Cube")
    room.cells.add(Cell.objects.create(name="Kuben"))
    days = periods.date_range(day - dt.timedelta(days=60), day + dt.timedelta(days=60))
    OpeningHours.objects.bulk_create(
        OpeningHours(season="Test", days=days, weekday=weekday, opens=dt.time(7), closes=dt.time(22))
        for weekday in range(7)
    )
    return room


def _school(day: dt.date) -> SchoolUnit:
    herrljunga = Municipality.objects.get(code="1466")
    organiser = Organiser.objects.create(
        name="Herrljunga kommun", organisation_number="2120001520", kind="KOMMUN"
    )
    Agreement.objects.create(
        municipality=herrljunga, valid=periods.date_range(day.replace(month=1, day=1), day)
    )
    return SchoolUnit.objects.create(
        code="84724191",
        name="Altorpskolan A C",
        municipality=herrljunga,
        organiser=organiser,
        forms=["GR"],
        grades=["5"],
    )


def _browser(email: str, now: dt.datetime) -> dict[str, str]:
    """A browser that has proved its address lately."""
    session = SessionStore()
    session[KEY] = {"email": email, "at": now.isoformat()}
    session.save()
    return {"email": email, "cookie": session.session_key}


def _logged_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = django.conf.settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def _arrival(number: int, now: dt.datetime) -> str:
    arrival = Arrival.objects.create(
        code=codes.new_code(), kind=Occasion.Kind.SCHOOL_SESSION, label=f"Altorpskolan 5{number}", starts_at=now,
        ends_at=now + dt.timedelta(hours=2), participant_category=Category.PUPIL, adult_category=Category.SCHOOL_ADULT,
        booked_participants=20, expected_participants=20, expected_adults=2,
    )  # fmt: skip
    return arrival.code


if __name__ == "__main__":
    main(int(sys.argv[1]))
