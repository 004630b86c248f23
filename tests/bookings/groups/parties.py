"""Packages and groups for tests, made as planners and visitors would."""

import datetime as dt
import itertools
from typing import Any

from bookings.groups.models import GroupBooking, GroupPackage, PackagePrice
from bookings.groups.operations import booking, planning
from navet import periods
from navet.accounts.models import User
from navet.house.models import OpeningHours, Room
from navet.outbox.models import Effect
from tests.bookings.schools import classes
from tests.navet.house import making

NOW = classes.NOW  # Monday the 12th of January 2026 at nine
DAY = dt.date(2026, 3, 3)  # a Tuesday
PARENT = "karin@hem.example"
_numbers = itertools.count(1)
pin_of = classes.pin_of


def planner() -> Any:
    return classes.staff("planner")


def house(*, turnaround: int = 15) -> Room:
    """Open to the public 10–16 on weekdays, with one more room."""
    if not OpeningHours.objects.filter(audience="public").exists():
        making.open_weekdays("10:00", "16:00", audience="public")
    return making.room(f"kalasrum-{next(_numbers)}", turnaround=turnaround)


def package(*rooms: Room, educators: tuple[User, ...] = (), **fields: Any) -> GroupPackage:
    """A birthday party at 11 and 13:30 on weekdays, 200 kronor for the group and 150 for each child."""
    number = next(_numbers)
    values = {
        "slug": f"kalas-{number}",
        "kind": "party",
        "title_sv": f"Raketkalas {number}",
        "title_en": f"Rocket party {number}",
        "summary_sv": "Bygg raketer.",
        "summary_en": "Build rockets.",
        "included_sv": "Tårta",
        "length_minutes": 90,
        "min_heads": 5,
        "max_heads": 15,
        "weekdays": [0, 1, 2, 3, 4],
        "times": [dt.time(11), dt.time(13, 30)],
        "notice_days": 2,
        "horizon_days": 120,
        "needs_educator": bool(educators),
        "is_published": True,
    }
    made = GroupPackage.objects.create(**values | fields)
    made.rooms.set(rooms or [house()])
    made.educators.set(educators)
    price(made)
    return made


def price(of: GroupPackage, from_date: dt.date = dt.date(2025, 1, 1), **fields: int) -> PackagePrice:
    values = {"per_head_ore": 15_000, "per_group_ore": 20_000}
    return planning.set_price(of, PackagePrice(from_date=from_date, **values | fields))


def start(day: dt.date = DAY, clock: str = "11:00") -> dt.datetime:
    return periods.at(day, dt.time.fromisoformat(clock))


def wish(of: GroupPackage | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "package_slug": (of or package()).slug,
        "starts_at": start(),
        "group_name": "Elsas kalas",
        "heads": 10,
        "adults": 2,
        "contact_name": "Karin Ek",
        "contact_email": PARENT,
        "contact_phone": "+46701740605",
        "by": None,
        "at": NOW,
        **fields,
    }


def proved(of: GroupPackage | None = None, **fields: Any) -> dict[str, Any]:
    asked = wish(of, **fields)
    return {**asked, "verified_email": asked["contact_email"]}


def confirmed(of: GroupPackage | None = None, **fields: Any) -> GroupBooking:
    return booking.request(**proved(of, **fields))


def mails(kind: str) -> list[Effect]:
    return list(Effect.objects.filter(payload__mail=f"groups.{kind}").order_by("pk"))
