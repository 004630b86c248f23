"""Rooms on hire, packages, add-ons and guests for tests, made as the host and visitors would."""

import datetime as dt
from typing import Any

from bookings.conferences.models import (
    AddOn,
    AddOnPrice,
    ConferencePackage,
    DayPart,
    PackagePrice,
    Reservation,
    RoomOffer,
    RoomPrice,
)
from bookings.conferences.operations import reserving
from bookings.conferences.wishes import AddOnWish, ConferenceWish, Customer, DayWish, RoomWish
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.house.models import Cell, Furnishing, Occasion, OpeningHours, Room
from navet.outbox.models import Effect
from navet.periods import date_range
from tests.bookings.schools import classes
from tests.navet.house import making
from tests.navet.payments import making as money

NOW = classes.NOW  # Monday the 12th of January 2026 at nine
DAY = dt.date(2026, 3, 3)  # a Tuesday
GUEST = "eva@foretaget.example"
VALID = date_range(dt.date(2025, 1, 1), dt.date(2029, 12, 31))
PARTS = (
    ("formiddag", "half_day", "Förmiddag", "Morning", "08:00", "12:00"),
    ("eftermiddag", "half_day", "Eftermiddag", "Afternoon", "12:30", "16:30"),
    ("heldag", "day", "Heldag", "Day", "08:00", "16:30"),
    ("kvall", "evening", "Kväll", "Evening", "17:00", "21:00"),
)
pin_of = classes.pin_of


def host() -> Actor:
    return classes.staff("conference_host")


def house() -> None:
    """Open 8 to 21 on weekdays, its day in parts, the VAT decided."""
    money.rules()
    if not OpeningHours.objects.exists():
        making.open_weekdays("08:00", "21:30")
    for slug, kind, sv, en, starts, ends in PARTS:
        DayPart.objects.get_or_create(
            slug=slug,
            defaults={
                "kind": kind,
                "title_sv": sv,
                "title_en": en,
                "starts": dt.time.fromisoformat(starts),
                "ends": dt.time.fromisoformat(ends),
            },
        )


def on_hire(room: Room, *, seats: int = 60, **prices: int) -> RoomOffer:
    """3 000 kronor a half day, 5 000 a day, 3 500 an evening, 900 an extra hour, and seats in rows or at tables."""
    house()
    Furnishing.objects.create(room=room, kind="theatre", capacity=seats)
    Furnishing.objects.create(room=room, kind="classroom", capacity=seats // 2)
    offer = RoomOffer.objects.create(room=room, summary_sv="Ljus sal med projektor.", is_published=True)
    values = {"half_day_ore": 300_000, "day_ore": 500_000, "evening_ore": 350_000, "extra_hour_ore": 90_000}
    RoomPrice.objects.create(offer=offer, valid=VALID, **values | prices)
    return offer


def room(slug: str = "salen", *cells: Cell, seats: int = 60, turnaround: int = 15) -> Room:
    made = making.room(slug, *cells, turnaround=turnaround)
    on_hire(made, seats=seats)
    return made


def hall() -> tuple[Room, Room, Room]:
    """A hall on hire, and its two halves."""
    whole, east, west = making.divisible_hall()
    for one, seats in ((whole, 120), (east, 60), (west, 50)):
        on_hire(one, seats=seats)
    return whole, east, west


def package(slug: str = "heldag", **fields: Any) -> ConferencePackage:
    """A day with coffee and lunch, 595 kronor a person, for ten to eighty."""
    values = {
        "part_kind": "day",
        "title_sv": "Konferens heldag",
        "title_en": "Conference day",
        "summary_sv": "Lokal, kaffe och lunch.",
        "meals": ["coffee_am", "lunch", "coffee_pm"],
        "min_persons": 10,
        "max_persons": 80,
        "is_published": True,
    }
    made = ConferencePackage.objects.create(slug=slug, **values | fields)
    PackagePrice.objects.create(package=made, valid=VALID, per_person_ore=59_500)
    return made


def add_on(
    slug: str, *rooms: Room, educators: tuple[User, ...] = (), ore: tuple[int, int] = (0, 0), **fields: Any
) -> AddOn:
    """`ore` is per person and for the group."""
    values = {
        "kind": "other",
        "title_sv": slug.title(),
        "title_en": slug.title(),
        "summary_sv": "Något extra.",
        "treatment": "conference",
        "parts": ["half_day", "day", "evening"],
        "is_published": True,
        "needs_educator": bool(educators),
    }
    made = AddOn.objects.create(slug=slug, **values | fields)
    made.rooms.set(rooms)
    made.educators.set(educators)
    AddOnPrice.objects.create(add_on=made, valid=VALID, per_person_ore=ore[0], per_group_ore=ore[1])
    return made


def show(*rooms: Room, educators: tuple[User, ...] = (), **fields: Any) -> AddOn:
    """Three quarters of an hour at two, led by an educator in a room of its own, 4 500 kronor for the group."""
    places = rooms or (making.room("kuben"),)
    leading = educators or (making.user("ada@navet.example", "educator"),)
    values = {
        "kind": "experience",
        "treatment": "admission",
        "length_minutes": 45,
        "usual": dt.time(14),
        "earliest": dt.time(9),
        "latest": dt.time(20),
    }
    return add_on("show", *places, educators=leading, ore=(0, 450_000), **values | fields)


def lunch(**fields: Any) -> AddOn:
    values = {"kind": "food", "length_minutes": 60, "usual": dt.time(12), "is_meal": True}
    return add_on("lunch", ore=(16_500, 0), **values | fields)


def dinner(**fields: Any) -> AddOn:
    values = {"kind": "food", "treatment": "meal", "is_meal": True}
    return add_on("middag", ore=(39_500, 0), **values | fields)


def day(
    *rooms: Room,
    date: dt.date = DAY,
    part: str = "heldag",
    furnishing: str = "theatre",
    add_ons: tuple[AddOnWish | AddOn, ...] = (),
    **fields: Any,
) -> DayWish:
    wanted = tuple(one if isinstance(one, AddOnWish) else AddOnWish(one.slug) for one in add_ons)
    places = tuple(RoomWish(one.slug, furnishing) for one in rooms)
    return DayWish(date=date, part=part, rooms=places, add_ons=wanted, **fields)


def wish(*days: DayWish, persons: int = 40, **fields: Any) -> ConferenceWish:
    return ConferenceWish(title="Ledningsdag", persons=persons, days=days, **fields)


def customer(email: str = GUEST, **fields: str) -> Customer:
    """A company that may be invoiced."""
    values = {
        "contact_name": "Eva Dahl",
        "contact_phone": "+46701740605",
        "customer_type": "company",
        "organisation": "Företaget AB",
        "organisation_number": "5566778899",
        "invoice_reference": "Eva",
    }
    return Customer(contact_email=email, **values | fields)


def asked(wanted: ConferenceWish, *, email: str = GUEST, **fields: Any) -> dict[str, Any]:
    """What the operation takes of somebody whose address is not proved yet."""
    values = {"asked": "book", "customer": customer(email), "by": None, "at": NOW}
    return {"wish": wanted, **values | fields}


def reserve(wanted: ConferenceWish, *, email: str = GUEST, **fields: Any) -> Reservation:
    """By somebody who proved her address."""
    return reserving.request(**asked(wanted, email=email, verified_email=email, **fields))


def booked(*days: DayWish, persons: int = 40, **fields: Any) -> Reservation:
    return reserve(wish(*days, persons=persons), **fields)


def guest(email: str = GUEST) -> Actor:
    return Actor(email=email)


def planned() -> int:
    return Occasion.objects.going_to_happen().filter(kind="conference").count()


def mails(kind: str) -> list[Effect]:
    return list(Effect.objects.filter(payload__mail=f"conferences.{kind}").order_by("pk"))
