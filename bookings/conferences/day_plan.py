"""What the host and the kitchen read of one day: who comes, where, what they do and what they eat."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bookings.conferences.models import (
    Addition,
    Diet,
    Meal,
    Reservation,
    ReservationDay,
    Status,
)
from navet import periods

BREAK = dt.timedelta(minutes=90)


@dataclass(frozen=True)
class Serving:
    """One meal of one conference; without a time where what was chosen has none."""

    at: dt.datetime | None
    what: str
    persons: int
    diets: list[tuple[str, int]]


@dataclass(frozen=True)
class Planned:
    day: ReservationDay
    additions: list[Addition]
    food: list[Serving]
    diets: list[tuple[str, int]]

    @property
    def reservation(self) -> Reservation:
        return self.day.reservation

    @property
    def is_certain(self) -> bool:
        return self.reservation.status == Status.CONFIRMED


def of(date: dt.date, at: dt.datetime) -> list[Planned]:
    """The conferences that hold rooms on that day, in time order; the number of queries does not grow with them."""
    holding = Reservation.objects.holding(at)
    days = (
        ReservationDay.objects.filter(
            reservation__in=holding, occasion__period__overlap=periods.day_period(date)
        )
        .select_related("reservation", "occasion", "part", "package")
        .prefetch_related(
            "rooms__offer__room",
            "additions__add_on",
            "additions__occasion__room_uses__room",
            "additions__occasion__duties__educator",
        )
        .order_by("occasion__period", "pk")
    )
    return [of_day(day) for day in days]


def kitchen(plan: list[Planned]) -> list[tuple[Planned, Serving]]:
    """What is to be served to those who are certain to come: by the clock, and last what has no time."""
    rows = [(one, serving) for one in plan if one.is_certain for serving in one.food]
    return sorted(rows, key=lambda row: (row[1].at is None, row[1].at or row[0].day.occasion.starts_at))


def diets(plan: list[Planned]) -> list[tuple[str, int]]:
    """How many guests of each diet are certain to come and eat."""
    sums: Counter[str] = Counter()
    for one in plan:
        if one.is_certain and one.food:
            sums.update(dict(one.diets))
    return sorted(sums.items())


def of_day(day: ReservationDay) -> Planned:
    """What there is on one day. Reads its reservation, rooms and additions."""
    special = _diets(day.reservation.diets)
    additions = list(day.additions.all())
    meals = day.package.meals if day.package else []
    food = [_meal(day, meal, special) for meal in meals]
    for one in additions:
        if one.add_on.kind == "food":
            said = special if one.add_on.is_meal else []
            food.append(Serving(one.starts_at, one.add_on.title, one.persons, said))
    return Planned(day, additions, sorted(food, key=_order), special)


def _meal(day: ReservationDay, meal: str, special: list[tuple[str, int]]) -> Serving:
    """At the package's time; coffee that would fall outside the booked time is served an hour and a half into it."""
    starts_at, name = day.occasion.starts_at, str(Meal(meal).label)
    usual = periods.at(periods.local_day(starts_at), day.package.meal_at(meal)) if day.package else starts_at
    if not starts_at <= usual <= day.occasion.ends_at:
        usual = starts_at + BREAK
        name = name if meal == Meal.LUNCH else _("Coffee")
    return Serving(usual, name, day.heads, special)


def _order(serving: Serving) -> tuple[bool, float]:
    """By the clock, and last what has no time."""
    return serving.at is None, serving.at.timestamp() if serving.at else 0


def _diets(counts: dict[str, Any]) -> list[tuple[str, int]]:
    names = dict(Diet.choices)
    return [
        (str(names.get(which, _("Other special diet"))), number) for which, number in counts.items() if number
    ]
