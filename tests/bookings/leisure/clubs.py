"""Clubs, groups and enrolments for tests, made as planners and guardians would."""

import datetime as dt
import itertools
from typing import Any

from bookings.leisure import draw, seeds
from bookings.leisure.draw import Party
from bookings.leisure.models import Club, Enrolment, Group
from bookings.leisure.operations import enrolling, planning
from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.accounts.roles import Role
from navet.house.models import OpeningHours
from navet.outbox.models import Effect
from navet.payments.models import Treatment, VatRule
from tests.bookings.schools import classes
from tests.navet.house import making

NOW = classes.NOW  # a Monday at nine in January
DAY = dt.date(2026, 3, 3)  # a Tuesday
WEEK = dt.timedelta(days=7)
CLOSES = NOW + dt.timedelta(days=14)
DRAWN = CLOSES + dt.timedelta(minutes=30)
GUARDIAN = "kim@hem.example"
_numbers = itertools.count(1)
pin_of = classes.pin_of


def planner() -> Actor:
    return classes.staff("planner")


def guardian(email: str = GUARDIAN) -> Actor:
    return Actor(email=email)


def leader(name: str = "Lo Ledare") -> User:
    return making.user(f"leder{next(_numbers)}@navet.example", Role.EDUCATOR, name=name)


def club(**fields: Any) -> Club:
    """For those who turn 9 to 12."""
    number = next(_numbers)
    values = {
        "slug": f"klubb-{number}",
        "title_sv": f"Robotklubben {number}",
        "title_en": f"Robot club {number}",
        "summary_sv": "Bygg och programmera.",
        "summary_en": "Build and program.",
        "youngest": 9,
        "oldest": 12,
        "is_published": True,
    }
    return Club.objects.create(**values | fields)


def group(
    of: Club | None = None,
    *,
    meetings: int = 4,
    day: dt.date = DAY,
    every: dt.timedelta = WEEK,
    **fields: Any,
) -> Group:
    """Afternoons a week apart, with ten places and no fee, for whoever comes first."""
    if not OpeningHours.objects.exists():
        making.open_weekdays()
    if not VatRule.objects.exists():
        valid = periods.date_range(dt.date(2025, 1, 1), dt.date(2030, 1, 1))
        VatRule.objects.create(treatment=Treatment.LEISURE, vat_permille=250, valid=valid)
    wanted = [day + n * every for n in range(meetings)]
    times = [(periods.at(one, dt.time(15)), periods.at(one, dt.time(16, 30))) for one in wanted]
    values = {"meetings": times, "capacity": 10, "by": planner(), "at": NOW - WEEK}
    return planning.plan_group(of or club(), **values | fields)


def wish(**fields: Any) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "child_name": f"Bo Barn{number}",
        "birth_year": 2016,
        "emergency_name": "Mormor",
        "emergency_phone": "+46701740605",
        "contact_name": "Kim Ek",
        "contact_email": f"v{number}@hem.example",
        "by": None,
        "at": NOW,
        **fields,
    }


def enrolled(in_: Group, **fields: Any) -> Enrolment:
    """By a guardian who has proved her address: a place, an application or one in the queue."""
    asked = wish(**fields)
    return enrolling.request(in_.pk, **asked, verified_email=asked["contact_email"])


def seed_of(group: Group) -> str:
    return seeds.find(group.pk, seed_sha256=group.seed_sha256)


def loser_of_two(group: Group) -> int:
    """Whose application gets no place when two have applied for one: seeds are made of the number the database gave the group."""
    return draw.draw(seed_of(group), [Party((1,)), Party((2,))], places=1).waiting[0].tickets[0]


def mails(kind: str) -> list[Effect]:
    return list(Effect.objects.filter(payload__mail=f"leisure.{kind}").order_by("pk"))
