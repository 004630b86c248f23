"""Courses for educators with rounds in the weeks to come, and teams registered for them."""

import datetime as dt
import random

from bookings.common.models import Status
from bookings.courses.models import Course, Participant, Registration, Round
from bookings.courses.operations import planning, registering
from demo.catalogue import read, texts
from navet import codes, periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.directory.models import SchoolUnit
from navet.errors import Refused
from navet.house.models import Room

_AFTERNOON = (dt.time(13, 30), dt.time(16, 30))
_NAMES = ["Karin", "Ali", "Sara", "Jonas", "Nora", "Erik", "Maja", "Omar", "Lina", "Petra", "Sven", "Yasmin"]


def make_courses(
    rooms: dict[str, Room], staff: dict[str, User], *, now: dt.datetime, rng: random.Random
) -> None:
    """Each course twice in the months to come, on the first afternoons that are free; some rounds fill and have a queue."""
    by = Actor(user=staff["planerare"])
    schools = list(SchoolUnit.objects.open().select_related("organiser").order_by("pk")[:40])
    for row in read("courses.toml", "course"):
        course = Course.objects.create(
            **texts(row, "title", "summary", "text"),
            slug=row["slug"],
            field=row["field"],
            forms=row["forms"],
            price_ore=row["kronor"] * 100,
            is_published=True,
            is_demo=True,
        )
        for weeks in (3, 8):
            planned = plan(course, row, rooms, by, now, weeks)
            if planned is not None:
                fill(planned, schools, now, rng)


def plan(
    course: Course, row: dict, rooms: dict[str, Room], by: Actor, now: dt.datetime, weeks: int
) -> Round | None:
    """The first run of afternoons, a week apart, from so many weeks on; None where the house has none."""
    at = now - dt.timedelta(days=20)
    for later in range(14):
        first = now.date() + dt.timedelta(weeks=weeks, days=later)
        if first.weekday() not in (1, 2, 3):
            continue
        days = [first + dt.timedelta(weeks=n) for n in range(row["days"])]
        for room in ("laboratoriet", "verkstaden", "smafysik"):
            try:
                return planning.plan_round(
                    course,
                    days=[(periods.at(day, _AFTERNOON[0]), periods.at(day, _AFTERNOON[1])) for day in days],
                    rooms=[rooms[room]],
                    capacity=row["capacity"],
                    least=row["least"],
                    by=by,
                    at=at,
                )
            except Refused:
                continue
    return None


def fill(planned: Round, schools: list[SchoolUnit], now: dt.datetime, rng: random.Random) -> None:
    """Teams as they would have registered some days ago; the mails of the demo are long read."""
    left = planned.occasion.places
    for number, school in enumerate(rng.sample(schools, k=min(6, len(schools)))):
        persons = rng.randint(1, 5)
        made = now - dt.timedelta(days=rng.randint(2, 18))
        fits = persons <= left
        left -= persons if fits else 0
        name = rng.choice(_NAMES)
        registration = Registration.objects.create(
            code="".join(rng.choices(codes.ALPHABET, k=codes.LENGTH)),
            round=planned,
            occasion=planned.occasion,
            school=school,
            persons=persons,
            price_ore=registering.price_of(planned, school, persons),
            vat_permille=planned.course.vat_permille,
            invoice_reference="DEMO",
            contact_name=name,
            contact_email=f"{name.lower()}.{planned.pk}.{number}@skola.example",
            status=Status.CONFIRMED,
            confirmed_at=made,
            created_at=made,
            queued_at=None if fits else made,
        )
        Participant.objects.bulk_create(
            Participant(
                registration=registration,
                name=f"{rng.choice(_NAMES)} Demo{n + 1}",
                email=f"deltagare.{planned.pk}.{number}.{n}@skola.example",
            )
            for n in range(persons)
        )
