"""Public events with tickets, and packages with groups, in the weeks around the demo's today."""

import datetime as dt
import random
from typing import Any

from bookings.common.models import Status
from bookings.groups import times
from bookings.groups.models import GroupBooking, GroupPackage, PackagePrice
from bookings.groups.operations import parties as groups
from bookings.tickets import pricing
from bookings.tickets.models import Event, Slot, TicketBooking, TicketPrice
from bookings.tickets.operations import parties as tickets
from bookings.tickets.operations import planning
from demo.catalogue import read, texts
from navet import codes
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.house.models import Room

_AHEAD = dt.timedelta(weeks=6)
_NAMES = [
    "Karin Ek",
    "Ali Holm",
    "Sara Lund",
    "Jonas Berg",
    "Nora Sjö",
    "Erik Dahl",
    "Maja Åberg",
    "Omar Ström",
]
_GROUPS = {
    "party": ["Elsas kalas", "Alvins kalas", "Minas kalas", "Noahs kalas"],
    "leisure": ["Fritidsklubben Loftet", "Scoutkåren Vargen", "Kulturskolans kör"],
    "other": ["Pensionärsföreningen", "Båtklubben", "Släktträffen"],
}


def make_public(
    rooms: dict[str, Room], staff: dict[str, User], *, now: dt.datetime, rng: random.Random
) -> None:
    """Events and their slots from today on, packages with this year's and next year's price, and bookings on both."""
    by = Actor(user=staff["planerare"])
    for row in read("public.toml", "event"):
        for slot in _slots(_event(row, rooms), row, by, now):
            for _ in range(rng.randint(0, 5)):
                _buy(slot, now, rng)
    for row in read("public.toml", "package"):
        _book(_package(row, rooms, now), by, now, rng)


def _event(row: dict[str, Any], rooms: dict[str, Room]) -> Event:
    event = Event.objects.create(
        **texts(row, "title", "summary", "text", "ages"),
        slug=row["slug"],
        length_minutes=row["minutes"],
        capacity=row["capacity"],
        is_published=True,
        is_demo=True,
    )
    event.rooms.set([rooms[slug] for slug in row["rooms"]])
    prices = {**row["kronor"], "companion": 0}
    planning.set_prices(
        event, [TicketPrice(kind=kind, price_ore=kronor * 100) for kind, kronor in prices.items()]
    )
    return event


def _slots(event: Event, row: dict[str, Any], by: Actor, now: dt.datetime) -> list[Slot]:
    """Planned two weeks ago; a time that a class has taken, or when the house is closed, is left out."""
    starts = planning.starts_of(
        first=now.date(),
        last=now.date() + _AHEAD,
        weekdays=row["weekdays"],
        times=[dt.time.fromisoformat(clock) for clock in row["times"]],
    )
    rooms = list(event.rooms.all())
    return planning.plan_slots(event, starts=starts, rooms=rooms, by=by, at=now - dt.timedelta(days=14)).slots


def _buy(slot: Slot, now: dt.datetime, rng: random.Random) -> None:
    """A family's tickets, confirmed some days ago; the mails of the demo are long read."""
    wanted = pricing.lines(slot.event.prices.all(), {"adult": rng.randint(1, 2), "child": rng.randint(1, 3)})
    booking = TicketBooking(
        **_contact(now, rng),
        occasion=slot.occasion,
        places=sum(line.count for line in wanted),
    )
    tickets.save(booking, wanted)
    tickets.expect(booking, at=now)


def _package(row: dict[str, Any], rooms: dict[str, Room], now: dt.datetime) -> GroupPackage:
    package = GroupPackage.objects.create(
        **texts(row, "title", "summary", "text", "included", "ages"),
        slug=row["slug"],
        kind=row["kind"],
        length_minutes=row["minutes"],
        min_heads=row["heads"][0],
        max_heads=row["heads"][1],
        at_once=row["at_once"],
        weekdays=row["weekdays"],
        times=[dt.time.fromisoformat(clock) for clock in row["times"]],
        needs_educator=row.get("needs_educator", False),
        is_published=True,
        is_demo=True,
    )
    package.rooms.set([rooms[slug] for slug in row["rooms"]])
    if package.needs_educator:
        package.educators.set(User.objects.filter(roles__contains=["educator"]).order_by("pk"))
    for year, dearer in ((now.year - 1, 1), (now.year + 1, 1.04)):
        PackagePrice.objects.create(
            package=package,
            from_date=dt.date(year, 1, 1),
            per_head_ore=round(row["per_head"] * dearer) * 100,
            per_group_ore=round(row["per_group"] * dearer) * 100,
        )
    return package


def _book(package: GroupPackage, by: Actor, now: dt.datetime, rng: random.Random) -> None:
    """Two or three groups at times that are free."""
    for name in rng.sample(_GROUPS[package.kind], k=min(3, len(_GROUPS[package.kind]))):
        whole = GroupPackage.objects.whole().get(pk=package.pk)
        first = now.date() + dt.timedelta(days=package.notice_days)
        free = [time for time in times.offered(whole, first, first + _AHEAD, at=now) if time.is_free]
        if not free:
            return
        starts_at = rng.choice(free).starts_at
        heads = rng.randint(package.min_heads, package.max_heads)
        price = groups.price_of(whole, starts_at)
        booking = GroupBooking.objects.create(
            **_contact(now, rng),
            package=package,
            occasion=groups.take(whole, starts_at, by=by, at=now),
            group_name=name,
            heads=heads,
            adults=rng.randint(1, 4),
            vat_permille=price.vat_permille,
            price_ore=price.of(heads),
        )
        groups.expect(booking, at=now)


def _contact(now: dt.datetime, rng: random.Random) -> dict[str, Any]:
    """Who booked, when, and the code it got."""
    name = rng.choice(_NAMES)
    confirmed_at = now - dt.timedelta(hours=rng.randint(2, 240))
    address = name.lower().replace(" ", ".").translate(str.maketrans("åäö", "aao"))
    return {
        "code": "".join(rng.choices(codes.ALPHABET, k=codes.LENGTH)),
        "contact_name": name,
        "contact_email": f"{address}@hem.example",
        "contact_phone": f"+4670174{rng.randint(600, 699):04d}",
        "status": Status.CONFIRMED,
        "created_at": confirmed_at,
        "confirmed_at": confirmed_at,
    }
