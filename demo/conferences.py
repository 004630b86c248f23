"""Rooms on hire, packages, add-ons and the conferences to come, made by the operations themselves; all of it invented."""

import datetime as dt
import io
import itertools
import random
from dataclasses import dataclass, replace
from typing import Any

from bookings.conferences import availability
from bookings.conferences.models import (
    AddOn,
    AddOnPrice,
    ConferencePackage,
    CustomerType,
    DayPart,
    PackagePrice,
    Reservation,
    RoomOffer,
    RoomPrice,
    Wish,
)
from bookings.conferences.operations import leaving, picturing, reserving, under_way
from bookings.conferences.operations.refusals import PartsTaken
from bookings.conferences.wishes import AddOnWish, ConferenceWish, Customer, DayWish, RoomWish
from demo import plans
from demo.catalogue import read, texts
from navet import codes, periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.accounts.roles import Role
from navet.house.models import Furnishing, Room
from navet.pages import pdf
from navet.payments.models import Settlement

_WEEKS = 10
_TRIES = 8  # days tried before a conference is given up: the classes were there first
_AT_ONCE = 30  # persons in an experience
_DEARER = 1.04
_TITLES = ["Ledningsdag", "Kickoff", "Styrelsemöte", "Planeringsdag", "Nätverksträff", "Utbildningsdag"]
_NAMES = ["Karin Ek", "Ali Holm", "Sara Lund", "Jonas Berg", "Nora Sjö", "Erik Dahl"]
# Name, number and reference are those of the demo's customers, so that invoices find them.
_PAYERS = [
    (CustomerType.PUBLIC, "Exempelkommunen (demo)", "2299999991", "YY1234"),
    (CustomerType.COMPANY, "Provstadens friskolor AB (demo)", "5599999975", ""),
    (CustomerType.COMPANY, "Mönsterföretaget AB (demo)", "5599999967", "12345"),
]
_WAYS = {"theatre": ("i biosittning", "in rows"), "classroom": ("i klassrum", "in classroom rows")}

Free = dict[tuple[str, str], list[dt.date]]


@dataclass(frozen=True)
class _Kind:
    """Some conferences of one fate: how many, what was asked for and how many days ago; `leaves` so many days ago."""

    count: int
    wish: str
    days_ago: tuple[int, int]
    settlement: str = Settlement.INVOICE
    leaves: bool = False


# What waits was asked for so lately that it waits still.
_KINDS = [
    _Kind(19, Wish.BOOK, (1, 40)),
    _Kind(7, Wish.OPTION, (0, 5)),
    _Kind(6, Wish.QUOTE, (0, 10)),
    _Kind(4, Wish.BOOK, (0, 0), settlement=Settlement.CARD),
    _Kind(4, Wish.BOOK, (2, 30), leaves=True),
]


def make_conferences(
    rooms: dict[str, Room], staff: dict[str, User], *, now: dt.datetime, rng: random.Random
) -> None:
    """What is on offer at this year's and next year's prices, and some forty conferences in the ten weeks to come."""
    by = Actor(user=staff["konferens"])
    for row in read("conferences.toml", "part"):
        _part(row)
    for row in read("conferences.toml", "room"):
        _offer(row, rooms, by, now)
    for row in read("conferences.toml", "package"):
        _package(row, now)
    educators = [user for user in staff.values() if Role.EDUCATOR in user.roles]
    for row in read("conferences.toml", "add_on"):
        _add_on(row, rooms, educators, now)
    free = _free_days(now)
    numbers = itertools.count(1)
    for kind in _KINDS:
        for _ in range(kind.count):
            _reserve(kind, next(numbers), free, by, now, rng)
    _begin(by, now, rng)


def _free_days(now: dt.datetime) -> Free:
    """By room and part of the day. Refusals look for other days in every room, so few are provoked."""
    first = periods.local_day(now) + dt.timedelta(days=4)
    last = first + dt.timedelta(weeks=_WEEKS)
    free: Free = {}
    for one in availability.squares(
        availability.offers(), availability.parts(), first=first, last=last, at=now
    ):
        days = free.setdefault((one.offer.room.slug, one.part.slug), [])
        if one.is_free and periods.is_working_day(one.day):
            days.append(one.day)
    return free


def _part(row: dict[str, Any]) -> None:
    starts, ends = (dt.time.fromisoformat(clock) for clock in row["clock"])
    DayPart.objects.create(
        slug=row["slug"],
        kind=row["kind"],
        title_sv=row["title"]["sv"],
        title_en=row["title"]["en"],
        starts=starts,
        ends=ends,
        is_demo=True,
    )


def _offer(row: dict[str, Any], rooms: dict[str, Room], by: Actor, now: dt.datetime) -> None:
    offer = RoomOffer.objects.create(
        **texts(row, "summary", "equipment", "access"),
        room=rooms[row["slug"]],
        is_published=True,
        is_demo=True,
    )
    for furnishing in offer.room.furnishings.filter(kind__in=plans.KINDS).order_by("-capacity"):
        _picture(offer, furnishing, by, now)
    for valid, dearer in _years(now):
        prices = {f"{time}_ore": _ore(kronor, dearer) for time, kronor in row["kronor"].items()}
        RoomPrice.objects.create(offer=offer, valid=valid, **prices)


def _picture(offer: RoomOffer, furnishing: Furnishing, by: Actor, now: dt.datetime) -> None:
    """A plan in place of a photograph, and said to be one."""
    sv, en = _WAYS[furnishing.kind]
    picturing.add(
        offer,
        io.BytesIO(pdf.picture(plans.drawn(furnishing.kind, furnishing.capacity))),
        alt_sv=f"Demo, ritad plan: {offer.room.name_sv} {sv}, {furnishing.capacity} platser mot duken, med gång i mitten.",
        alt_en=f"Demo, a drawn plan: {offer.room.name_en} {en}, {furnishing.capacity} seats towards the screen, with an aisle.",
        by=by,
        at=now,
        is_demo=True,
    )


def _package(row: dict[str, Any], now: dt.datetime) -> None:
    package = ConferencePackage.objects.create(
        **texts(row, "title", "summary", "included"),
        slug=row["slug"],
        part_kind=row["kind"],
        meals=row["meals"],
        rooms_included=row["rooms_included"],
        min_persons=row["persons"][0],
        max_persons=row["persons"][1],
        is_published=True,
        is_demo=True,
    )
    PackagePrice.objects.bulk_create(PackagePrice(package=package, **price) for price in _prices(row, now))


def _add_on(row: dict[str, Any], rooms: dict[str, Room], educators: list[User], now: dt.datetime) -> None:
    clock = dict(zip(("earliest", "usual", "latest"), row.get("clock", []), strict=False))
    add_on = AddOn.objects.create(
        **texts(row, "title", "summary"),
        **{name: dt.time.fromisoformat(value) for name, value in clock.items()},
        slug=row["slug"],
        kind=row["kind"],
        treatment=row["treatment"],
        length_minutes=row["minutes"],
        parts=row["parts"],
        min_persons=row["persons"][0],
        max_persons=row["persons"][1],
        needs_educator=row.get("educator", False),
        is_meal=row.get("meal", False),
        is_published=True,
        is_demo=True,
    )
    add_on.rooms.set([rooms[slug] for slug in row.get("rooms", [])])
    if add_on.needs_educator:
        add_on.educators.set(educators)
    AddOnPrice.objects.bulk_create(AddOnPrice(add_on=add_on, **price) for price in _prices(row, now))


def _prices(row: dict[str, Any], now: dt.datetime) -> list[dict[str, Any]]:
    return [
        {
            "valid": valid,
            "per_person_ore": _ore(row["per_person"], dearer),
            "per_group_ore": _ore(row["per_group"], dearer),
        }
        for valid, dearer in _years(now)
    ]


def _years(now: dt.datetime) -> list[tuple[Any, float]]:
    """This year and last; next year and the one after, a little dearer."""
    return [
        (periods.date_range(dt.date(year, 1, 1), dt.date(year + 1, 12, 31)), dearer)
        for year, dearer in ((now.year - 1, 1.0), (now.year + 1, _DEARER))
    ]


def _ore(kronor: int, dearer: float) -> int:
    return round(kronor * dearer) * 100


def _reserve(kind: _Kind, number: int, free: Free, by: Actor, now: dt.datetime, rng: random.Random) -> None:
    """On a day that is free; none where several in a row are not."""
    asked_at = now - dt.timedelta(days=rng.randint(*kind.days_ago))
    code, customer = _code(rng), _customer(kind, rng)
    for _ in range(_TRIES):
        wish = _wish(number, free, rng)
        try:
            made = reserving.request(
                wish, asked=kind.wish, customer=customer, settlement=kind.settlement, code=code, by=by, at=asked_at
            )  # fmt: skip
        except PartsTaken:
            continue
        if kind.leaves:
            _leave(made, by, asked_at + dt.timedelta(days=1))
        else:
            _take_away(periods.local_day(made.occasion.starts_at), free)
        return


def _code(rng: random.Random) -> str:
    return "".join(rng.choices(codes.ALPHABET, k=codes.LENGTH))


def _begin(by: Actor, now: dt.datetime, rng: random.Random) -> None:
    """One of two evenings that has begun, with one to come, and that became more when it had; none where every hall is taken."""
    customer_type, organisation, organisation_number, reference = _PAYERS[2]
    code = _code(rng)
    customer = Customer(
        contact_name=_NAMES[0], contact_email="karin.ek@gast.example", contact_phone="+46701740600",
        customer_type=customer_type, organisation=organisation, organisation_number=organisation_number,
        invoice_reference=reference, street="Exempelgatan 1", postal_code="500 00", city="Exempelstad",
    )  # fmt: skip
    for room in ("horsal-b", "horsal-a", "horsalen"):
        days = tuple(
            DayWish(date=date, part="kvall", rooms=(RoomWish(room, "classroom"),), package="kvallsmote")
            for date in _around(now)
        )
        wish = ConferenceWish("Ledarkvällar (demo)", 18, days, {"vegetarian": 2})
        try:
            made = reserving.request(
                wish, asked=Wish.BOOK, customer=customer, settlement=Settlement.INVOICE, code=code, by=by,
                at=now - dt.timedelta(days=30),
            )  # fmt: skip
        except PartsTaken:
            continue
        more = replace(days[0], persons=21, add_ons=(AddOnWish("kaffe"),))
        wish = replace(wish, days=(more, *days[1:]))
        under_way.adjust(made.code, wish, reason="Tre gäster och kaffe till (demo)", by=by, at=now)
        return


def _around(now: dt.datetime) -> tuple[dt.date, dt.date]:
    """The latest working day whose evening has begun, and the next one."""
    day = periods.local_day(now)
    while not periods.is_working_day(day) or periods.at(day, dt.time(17)) > now:
        day -= dt.timedelta(days=1)
    next_day = day + dt.timedelta(days=1)
    while not periods.is_working_day(next_day):
        next_day += dt.timedelta(days=1)
    return day, next_day


def _leave(made: Reservation, by: Actor, at: dt.datetime) -> None:
    leaving.cancel(made.code, reason="Fick förhinder (demo)", by=by, at=at)


def _take_away(day: dt.date, free: Free) -> None:
    """About one conference a day; the last day of each is kept to choose from, and whether it is free is the operation's to say."""
    for days in free.values():
        if day in days and len(days) > 1:
            days.remove(day)


def _customer(kind: _Kind, rng: random.Random) -> Customer:
    """Organisations get invoices; who pays by card is a private person."""
    name = rng.choice(_NAMES)
    local = name.lower().replace(" ", ".").translate(str.maketrans("åäö", "aao"))
    who = {
        "contact_name": name,
        "contact_email": f"{local}@gast.example",
        "contact_phone": f"+4670174{rng.randint(600, 699):04d}",
        "mail_language": rng.choices(["sv", "en"], [9, 1])[0],
    }
    if kind.settlement == Settlement.CARD:
        return Customer(**who, customer_type=CustomerType.PRIVATE)
    customer_type, organisation, organisation_number, reference = rng.choice(_PAYERS)
    return Customer(
        **who, customer_type=customer_type, organisation=organisation, organisation_number=organisation_number,
        invoice_reference=reference, street="Exempelgatan 1", postal_code="500 00", city="Exempelstad",
    )  # fmt: skip


def _wish(number: int, free: Free, rng: random.Random) -> ConferenceWish:
    """One day, now and then two, with what goes with it."""
    part = rng.choices(["heldag", "formiddag", "eftermiddag", "kvall"], [5, 2, 2, 3])[0]
    persons = rng.choice([8, 10, 12, 15, 18, 20, 24, 28, 30])
    is_large = rng.random() < 0.15
    room, furnishing = (
        ("horsalen", "theatre") if is_large else (rng.choice(["horsal-a", "horsal-b"]), "classroom")
    )
    persons *= 3 if is_large else 1
    add_ons = _extras(part, persons, rng)
    # Classes leave evenings alone, so there is always a day to ask for.
    found = free[room, part] or free[room, "kvall"]
    start = rng.randrange(len(found))
    length = 2 if part == "heldag" and rng.random() < 0.15 else 1
    packages = {"heldag": "heldag", "formiddag": "halvdag", "eftermiddag": "halvdag", "kvall": "kvallsmote"}
    has_package = rng.random() < 0.75
    days = tuple(
        DayWish(
            date=day,
            part=part,
            rooms=(RoomWish(room, furnishing),),
            package=packages[part] if has_package else "",
            add_ons=add_ons,
        )
        for day in found[start : start + length]
    )
    diets = {"vegetarian": rng.randint(0, 3), "gluten": rng.randint(0, 1)}
    return ConferenceWish(f"{_TITLES[number % len(_TITLES)]} {number} (demo)", persons, days, diets)


def _extras(part: str, persons: int, rng: random.Random) -> tuple[AddOnWish, ...]:
    """At most one experience, for as many as fit there, and dinner after an evening's meeting."""
    found = []
    if part != "kvall" and rng.random() < 0.4:
        found.append(
            AddOnWish(rng.choice(["show", "visning", "experimenttimme"]), persons=min(persons, _AT_ONCE))
        )
    if part == "kvall" and rng.random() < 0.5:
        found.append(AddOnWish("middag"))
    if rng.random() < 0.2:
        found.append(AddOnWish("teknikhjalp"))
    return tuple(found)
