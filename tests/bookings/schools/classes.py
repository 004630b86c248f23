"""Classes, schools and sessions for the tests of bookings, made as the directory and the planners would."""

import datetime as dt
import itertools
from typing import Any

from django.db import transaction

from bookings.schools.models import Programme, SchoolBooking, Session
from bookings.schools.operations import booking
from navet import periods
from navet.accounts import operations as accounts
from navet.accounts.actor import Actor
from navet.accounts.models import EmailCode, User
from navet.directory.models import Agreement, Municipality, Organiser, SchoolUnit
from navet.house.models import Occasion
from navet.outbox.models import Effect

NOW = periods.at(dt.date(2026, 1, 12), dt.time(9))  # a Monday
DAY = dt.date(2026, 3, 3)  # a Tuesday
TEACHER = "maria.lind@skola.example"
_numbers = itertools.count(1)


def programme(**fields: Any) -> Programme:
    number = next(_numbers)
    values = {
        "slug": f"programme-{number}",
        "title_sv": f"Rymden {number}",
        "title_en": f"Space {number}",
        "summary_sv": "Om rymden.",
        "summary_en": "About space.",
        "subjects": ["physics"],
        "grades": ["4", "5", "6"],
        "languages": ["sv", "en"],
        "length_minutes": 90,
        "min_pupils": 5,
        "max_pupils": 30,
        "groups_at_once": 1,
        "price_half_ore": 200_000,
        "price_full_ore": 300_000,
        "is_published": True,
    }
    return Programme.objects.create(**values | fields)


def session(
    of: Programme | None = None,
    *,
    day: dt.date = DAY,
    clock: str = "09:00",
    capacity: int | None = 30,
    max_groups: int | None = 4,
    release_at: dt.datetime | None = None,
    **fields: Any,
) -> Session:
    of = of or programme()
    start = periods.at(day, dt.time.fromisoformat(clock))
    occasion = Occasion.objects.create(
        kind=Occasion.Kind.SCHOOL_SESSION,
        title_sv=of.title_sv,
        title_en=of.title_en,
        period=periods.period(start, start + dt.timedelta(minutes=of.length_minutes)),
        capacity=capacity,
        max_groups=max_groups,
    )
    release = release_at or NOW - dt.timedelta(days=30)
    return Session.objects.create(occasion=occasion, programme=of, release_at=release, **fields)


def lunch(*, day: dt.date = DAY, clock: str = "11:00", capacity: int = 60) -> Occasion:
    start = periods.at(day, dt.time.fromisoformat(clock))
    return Occasion.objects.create(
        kind=Occasion.Kind.LUNCH,
        title_sv="Lunch",
        title_en="Lunch",
        period=periods.period(start, start + dt.timedelta(minutes=30)),
        capacity=capacity,
    )


def municipality(code: str = "1466", name: str = "Herrljunga") -> Municipality:
    return Municipality.objects.get_or_create(code=code, defaults={"name": name, "in_sjuharad": True})[0]


def school(
    *, name: str = "", agreement: bool = True, independent: bool = False, status: str = "AKTIV", **fields: Any
) -> SchoolUnit:
    """A school in Herrljunga, inside its agreement, or in Vårgårda outside every agreement."""
    number = next(_numbers)
    place = municipality() if agreement else municipality("1442", "Vårgårda")
    kind = Organiser.Kind.INDEPENDENT if independent else Organiser.Kind.MUNICIPAL
    organiser, _made = Organiser.objects.get_or_create(
        organisation_number=f"21200{place.code}{int(independent)}",
        defaults={"name": f"{place.name} {kind}", "kind": kind},
    )
    if agreement and not Agreement.objects.filter(municipality=place).exists():
        Agreement.objects.create(
            municipality=place, valid=periods.date_range(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
        )
    return SchoolUnit.objects.create(
        code=f"{10_000_000 + number}",
        name=name or f"Skola {number}",
        grades=["4", "5", "6"],
        forms=["GR"],
        organiser=organiser,
        municipality=place,
        status=status,
        **fields,
    )


def wish(of: SchoolUnit | None = None, **fields: Any) -> dict[str, Any]:
    """What a teacher fills in: 20 pupils of year 5 with two adults."""
    return {
        "school_id": (of or fields.pop("school", None) or school()).pk,
        "class_name": "5A",
        "grade": "5",
        "pupils": 20,
        "adults": 2,
        "contact_name": "Maria Lind",
        "contact_email": TEACHER,
        "contact_phone": "+46701740605",
        "by": None,
        "at": NOW,
        **fields,
    }


def proved(**fields: Any) -> dict[str, Any]:
    """The same from a browser that proved the address."""
    asked = wish(**fields)
    return {**asked, "verified_email": asked["contact_email"]}


def near(on: Session) -> dt.datetime:
    """A week and a day before, when beat promises what comes by itself."""
    return on.occasion.starts_at - dt.timedelta(days=8)


def confirmed(on: Session | None = None, **fields: Any) -> SchoolBooking:
    on = on or session()
    return booking.request(on.pk, **proved(**{"class_name": f"C{next(_numbers)}", **fields}))


def queued(on: Session, **fields: Any) -> SchoolBooking:
    return confirmed(on, waiting_list=True, **fields)


def pin_of(code: str) -> str:
    """The code that the newest mail about this booking will show."""
    return accounts.code_of(EmailCode.objects.filter(subject=code).latest("pk"))


def teacher(email: str = TEACHER) -> Actor:
    return Actor(email=email)


def staff(*roles: str) -> Actor:
    number = next(_numbers)
    user = User.objects.create_user(
        f"staff{number}@navet.example", "x", name="Pia Planerare", roles=list(roles)
    )
    return Actor(user=user)


def planner() -> Actor:
    return staff("planner")


def mails(kind: str, **states: str) -> list[Effect]:
    """What was promised to be mailed, by name ("confirmed", "offered" …)."""
    return list(Effect.objects.filter(payload__mail=f"school.{kind}", **states).order_by("pk"))


def in_a_transaction(call: Any, *args: Any, **kwargs: Any) -> Any:
    with transaction.atomic():
        return call(*args, **kwargs)
