"""Clubs and camps: one that goes on, one to apply for, one with places free, and a camp whose draw is held."""

import datetime as dt
import random

from bookings.common.models import Status
from bookings.leisure.models import Club, Enrolment, Group, PaidBy, Payer
from bookings.leisure.operations import attending, drawing, planning
from demo.catalogue import read, texts
from navet import codes, periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.errors import Refused
from navet.house.models import Room
from navet.outbox.models import Effect

_NAMES = [
    "Alva",
    "Noah",
    "Elsa",
    "Ali",
    "Maja",
    "Liam",
    "Saga",
    "Omar",
    "Tyra",
    "Hugo",
    "Leia",
    "Vide",
    "Mira",
    "Sixten",
]
_FIRST = {"now": -3, "window": 7, "open": 6, "drawn": 8}  # weeks from today to the first meeting
_MANY = {"now": 12, "window": 14, "open": 5, "drawn": 13}  # children
_ROOMS = ("verkstaden", "laboratoriet", "smafysik", "kuben")


def make_clubs(
    rooms: dict[str, Room], staff: dict[str, User], *, now: dt.datetime, rng: random.Random
) -> None:
    """Each club with one group; the mails of the demo are long read."""
    Payer.objects.create(
        name="Fritidskortet (demo)", organisation_number="2021000007", reference_is_called="Ärendenummer"
    )
    planner, leader = Actor(user=staff["planerare"]), staff["pedagog"]
    for row in read("clubs.toml", "club"):
        club = Club.objects.create(
            **texts(row, "title", "summary", "text", *({"meals", "bring"} & row.keys())),
            slug=row["slug"],
            kind=row["kind"],
            youngest=row["ages"][0],
            oldest=row["ages"][1],
            is_published=True,
            is_demo=True,
        )
        group = _plan(club, row, rooms, leader, planner, now)
        if group is None:
            continue
        _apply(group, row, now, rng)
        if row["when"] == "drawn":
            drawing.hold(group.pk, at=now - dt.timedelta(days=3))
        if row["when"] == "now":
            _attend(group, planner, now, rng)
    Effect.objects.filter(payload__mail__startswith="leisure.").delete()


def _plan(
    club: Club, row: dict, rooms: dict[str, Room], leader: User, by: Actor, now: dt.datetime
) -> Group | None:
    """On the first days the house has for it; None where it has none."""
    at = now - dt.timedelta(days=60)
    opens_at = at
    closes_at: dt.datetime | None = None
    if row["when"] == "window":
        opens_at, closes_at = now - dt.timedelta(days=5), _noon(now, 9)
    if row["when"] == "drawn":
        closes_at = now - dt.timedelta(days=4)
    step, meetings = (1, 4) if club.kind == Club.Kind.CAMP else (7, 8)
    clock = (dt.time(17), dt.time(18, 30)) if step == 7 else (dt.time(17), dt.time(20))
    for later in range(14):
        first = periods.local_day(now) + dt.timedelta(weeks=_FIRST[row["when"]], days=later)
        days = [first + dt.timedelta(days=step * n) for n in range(meetings)]
        if any(day.weekday() > 4 for day in days):
            continue
        for room in _ROOMS:
            for led_by in ([leader], []):
                try:
                    return planning.plan_group(
                        club,
                        meetings=[(periods.at(day, clock[0]), periods.at(day, clock[1])) for day in days],
                        rooms=[rooms[room]],
                        educators=led_by,
                        capacity=row["capacity"],
                        fee_ore=row["kronor"] * 100,
                        opens_at=opens_at,
                        closes_at=closes_at,
                        by=by,
                        at=at,
                    )
                except Refused:
                    continue
    return None


def _noon(now: dt.datetime, days: int) -> dt.datetime:
    return periods.at(periods.local_day(now) + dt.timedelta(days=days), dt.time(12))


def _apply(group: Group, row: dict, now: dt.datetime, rng: random.Random) -> None:
    """Guardians as they would have written some days ago: places in a group without a window, else applications."""
    applied = now - dt.timedelta(days=5 if group.closes_at else 30)
    for number in range(_MANY[row["when"]]):
        child, guardian = rng.choice(_NAMES), rng.choice(_NAMES)
        at = applied + dt.timedelta(minutes=number)
        has_place = group.closes_at is None
        pays = has_place and group.fee_ore > 0
        Enrolment.objects.create(
            code="".join(rng.choices(codes.ALPHABET, k=codes.LENGTH)),
            group=group,
            occasion=group.occasion,
            ticket=number + 1,
            child_name=f"{child} Demo{number + 1}",
            birth_year=group.year - rng.randint(*row["ages"]),
            emergency_name=f"{guardian}s förälder",
            emergency_phone="+46701740605",
            with_siblings=number in (4, 5),
            is_protected=number == 7,
            contact_name=f"{guardian} Demo",
            contact_email=f"vard.{group.pk}.{4 if number == 5 else number}@hem.example",
            price_ore=group.fee_ore,
            status=Status.CONFIRMED,
            confirmed_at=at,
            created_at=at,
            queued_at=None if has_place else at,
            placed_at=at if has_place else None,
            paid_by=PaidBy.INVOICE if pays else "",
            fee_settled_at=at if pays else None,
        )


def _attend(group: Group, by: Actor, now: dt.datetime, rng: random.Random) -> None:
    """Most came each time."""
    listed = list(group.enrolments.order_by("ticket").values_list("pk", flat=True))
    for meeting in group.meetings.select_related("occasion"):
        if now - attending.LATE < meeting.occasion.ends_at < now:
            there = rng.sample(listed, k=len(listed) - 2)
            attending.take(meeting.pk, present=there, listed=listed, by=by, at=now)
