"""Rows the bench asks for: made in bulk, with nothing in the way of the thing that is measured."""

import datetime as dt

from django.contrib.sessions.backends.db import SessionStore
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from bookings.schools.models import Programme, Session
from navet import codes, periods
from navet.accounts import devices
from navet.accounts.actor import Actor
from navet.accounts.browser import KEY
from navet.accounts.models import User
from navet.directory.models import SchoolUnit
from navet.house.models import Occasion
from tests.bench.ground import Ground, in_days
from visitors.models import Arrival, Category, Visit
from visitors.safety.models import HouseLimit

SESSIONS = 200
RUSHES = 60  # sessions that everybody wants when they are released
INSIDE = 100  # parties
TEACHER = "bench@skola.example"


def make(*, arrivals: int, now: dt.datetime) -> Ground:
    _a_full_house(now)
    admin = User.objects.with_role("administrator").first()
    device = devices.enrol(name="Bench", by=Actor(user=admin), at=now)
    sessions = _sessions(now)
    school = (
        SchoolUnit.objects.filter(municipality__name="Herrljunga", is_demo=False).order_by("code").first()
    )
    return Ground(
        sessions=[session.pk for session in sessions[RUSHES:]],
        wanted=[session.pk for session in sessions[:RUSHES]],
        school=school.pk,
        arrivals=_arrivals(arrivals, now),
        device=device.token,
        cookie=_browser_that_confirmed_lately(now),
    )


def _a_full_house(now: dt.datetime) -> None:
    """As many parties inside as a busy hour has, and a limit that a run never reaches; who is checked in leaves at once."""
    HouseLimit.objects.all().delete()
    HouseLimit.objects.create(
        heads=10_000_000, valid=DateRange(now.date() - dt.timedelta(days=2), None, "[)")
    )
    Visit.objects.bulk_create(
        Visit(
            at=now, day=periods.local_day(now), leaves_at=now + dt.timedelta(hours=6), category=Category.PUPIL, count=20,
            source=Visit.Source.DESK,
        )
        for _ in range(INSIDE)
    )  # fmt: skip


def _sessions(now: dt.datetime) -> list[Session]:
    """Sessions without a limit that a run could reach, of one programme."""
    programme = Programme.objects.filter(grades__contains=["7"]).order_by("pk").first()
    starts_at = in_days(now, 30)
    occasions = Occasion.objects.bulk_create(
        Occasion(
            kind=Occasion.Kind.SCHOOL_SESSION, title_sv="Bench", title_en="Bench", capacity=1_000_000,
            period=DateTimeTZRange(starts_at, starts_at + dt.timedelta(hours=1)),
        )
        for _ in range(RUSHES + SESSIONS)
    )  # fmt: skip
    return Session.objects.bulk_create(
        Session(occasion=occasion, programme=programme, release_at=now - dt.timedelta(days=1))
        for occasion in occasions
    )


def _arrivals(count: int, now: dt.datetime) -> list[str]:
    made = Arrival.objects.bulk_create(
        Arrival(
            code=codes.new_code(), kind=Occasion.Kind.SCHOOL_SESSION, starts_at=now - dt.timedelta(seconds=2), ends_at=now - dt.timedelta(seconds=1),
            label=f"Bench {n}", participant_category=Category.PUPIL, adult_category=Category.SCHOOL_ADULT,
            booked_participants=25, expected_participants=25, expected_adults=2,
        )
        for n in range(count)
    )  # fmt: skip
    return [arrival.code for arrival in made]


def _browser_that_confirmed_lately(now: dt.datetime) -> str:
    session = SessionStore()
    session[KEY] = {"email": TEACHER, "at": now.isoformat()}
    session.save()
    return session.session_key
