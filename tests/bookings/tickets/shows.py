"""Events, slots and tickets for tests, made as planners and visitors would."""

import datetime as dt
import itertools
from typing import Any

from bookings.tickets.models import Event, Slot, TicketBooking, TicketPrice
from bookings.tickets.operations import booking, planning
from navet import periods
from navet.house.models import OpeningHours, Room
from navet.outbox.models import Effect
from tests.bookings.schools import classes
from tests.navet.house import making

NOW = classes.NOW  # a Monday at nine
DAY = dt.date(2026, 3, 3)  # a Tuesday
VISITOR = "karin@hem.example"
_numbers = itertools.count(1)
pin_of = classes.pin_of


def planner() -> Any:
    return classes.staff("planner")


def house() -> Room:
    """Open to the public 10–16 on weekdays, with one room."""
    if not OpeningHours.objects.filter(audience="public").exists():
        making.open_weekdays("10:00", "16:00", audience="public")
    return making.room(f"kuben-{next(_numbers)}")


def event(*rooms: Room, **fields: Any) -> Event:
    """Adults 120 kronor, children 80, companions free."""
    number = next(_numbers)
    values = {
        "slug": f"show-{number}",
        "title_sv": f"Knallshow {number}",
        "title_en": f"Bang show {number}",
        "summary_sv": "Det smäller.",
        "summary_en": "It goes bang.",
        "length_minutes": 45,
        "capacity": 30,
        "is_published": True,
    }
    made = Event.objects.create(**values | fields)
    made.rooms.set(rooms)
    prices = {"adult": 12_000, "child": 8_000, "companion": 0}
    planning.set_prices(made, [TicketPrice(kind=kind, price_ore=ore) for kind, ore in prices.items()])
    return made


def slot(
    of: Event | None = None, *, day: dt.date = DAY, clock: str = "11:00", rooms: Any = (), **fields: Any
) -> Slot:
    if not OpeningHours.objects.filter(audience="public").exists():
        house()
    start = periods.at(day, dt.time.fromisoformat(clock))
    values = {"starts": [start], "rooms": rooms, "by": planner(), "at": NOW - dt.timedelta(days=5)}
    return planning.plan_slots(of or event(), **values | fields).slots[0]


def wish(**fields: Any) -> dict[str, Any]:
    return {
        "tickets": {"adult": 1, "child": 2},
        "contact_name": "Karin Ek",
        "contact_email": VISITOR,
        "by": None,
        "at": NOW,
        **fields,
    }


def proved(**fields: Any) -> dict[str, Any]:
    asked = wish(**fields)
    return {**asked, "verified_email": asked["contact_email"]}


def confirmed(on: Slot | None = None, **fields: Any) -> TicketBooking:
    return booking.request((on or slot()).pk, **proved(**fields))


def mails(kind: str) -> list[Effect]:
    return list(Effect.objects.filter(payload__mail=f"tickets.{kind}").order_by("pk"))
