"""Courses, rounds and registrations for tests, made as planners and educators would."""

import datetime as dt
import itertools
from typing import Any

from bookings.courses.models import Course, OwnCourse, Registration, Round
from bookings.courses.operations import planning, registering, wishes
from bookings.courses.operations.registering import Person
from navet import codes, periods
from navet.accounts.actor import Actor
from navet.house.models import OpeningHours
from navet.outbox.models import Effect
from tests.bookings.schools import classes
from tests.navet.house import making

NOW = classes.NOW  # a Monday at nine in January
DAY = dt.date(2026, 3, 3)  # a Tuesday
WEEK = dt.timedelta(days=7)
TEACHER = classes.TEACHER
_numbers = itertools.count(1)
pin_of = classes.pin_of


def planner() -> Actor:
    return classes.staff("planner")


def course(**fields: Any) -> Course:
    """For compulsory school, 500 kronor a person outside the agreements."""
    number = next(_numbers)
    values = {
        "slug": f"kurs-{number}",
        "title_sv": f"AI i klassrummet {number}",
        "title_en": f"AI in the classroom {number}",
        "summary_sv": "Prova på.",
        "summary_en": "Try it.",
        "field": "ai",
        "forms": ["GR"],
        "price_ore": 50_000,
        "is_published": True,
    }
    return Course.objects.create(**values | fields)


def round_(
    of: Course | None = None, *, days: int = 1, day: dt.date = DAY, hour: int = 13, **fields: Any
) -> Round:
    """Three hours of an afternoon, or as many a week apart, with ten places."""
    if not OpeningHours.objects.filter(audience=OpeningHours.Audience.HOUSE).exists():
        making.open_weekdays()
    wanted = [day + n * WEEK for n in range(days)]
    times = [(periods.at(one, dt.time(hour)), periods.at(one, dt.time(hour + 3))) for one in wanted]
    values = {"days": times, "capacity": 10, "by": planner(), "at": NOW - WEEK}
    return planning.plan_round(of or course(), **values | fields)


def people(many: int, prefix: str = "p") -> list[Person]:
    return [Person(f"Person {prefix}{n}", f"{prefix}{n}@skola.example") for n in range(many)]


def wish(many: int = 2, *, prefix: str = "", **fields: Any) -> dict[str, Any]:
    prefix = prefix or f"g{next(_numbers)}-"
    return {
        "participants": people(many, prefix),
        "contact_name": "Maria Lind",
        "contact_email": TEACHER,
        "by": None,
        "at": NOW,
        **fields,
        "school": fields.get("school") or classes.school(),
    }


def proved(many: int = 2, **fields: Any) -> dict[str, Any]:
    asked = wish(many, **fields)
    return {**asked, "verified_email": asked["contact_email"]}


def registered(on: Round, many: int = 2, **fields: Any) -> Registration:
    return registering.request(on.pk, **proved(many, **fields))


def mails(kind: str) -> list[Effect]:
    return list(Effect.objects.filter(payload__mail=f"courses.{kind}").order_by("pk"))


def wished(**fields: Any) -> OwnCourse:
    """A school's wish for a course of its own, not answered."""
    values = {
        "code": codes.new_code(),
        "course": None,
        "what": "AI i förskolan",
        "persons": 25,
        "when": "Vecka 12",
        "contact_name": "Maria Lind",
        "contact_email": TEACHER,
        "by": None,
        "at": NOW,
    }
    return wishes.ask(**{"school": fields.get("school") or classes.school(), **values, **fields})
