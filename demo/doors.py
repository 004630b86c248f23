"""A made-up counter at the main door: five weeks of hourly sums that follow the ledger about as well as a real one does."""

import datetime as dt
import random
from collections import Counter as Multiset
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import TruncHour

from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from visitors.counters import days, operations, shapes
from visitors.counters.models import Counter, Delivery, Reading
from visitors.models import Category, Visit

WEEKS = dt.timedelta(weeks=5)
SERIAL = "DEMO00000001"
_HOUR, _DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
_SILENT = (12, range(11, 15))  # so many days ago, at these hours, nobody heard anything
_APPROVED = 10  # so many days ago is a day whose difference a manager had entered


def write(now: dt.datetime, *, manager: User, rng: random.Random) -> None:
    """The counter, what it said, how far it is believed, and one correction in the ledger; all marked as demo."""
    today = periods.local_day(now)
    counter = Counter.objects.create(
        name="Huvudentrén (demo)",
        kind=Counter.Kind.AXIS,
        door="Huvudentrén",
        serial=SERIAL,
        placed_from=today - WEEKS,
        is_demo=True,
    )
    said = [(at, shapes.axis(body, body, at=at, is_answer=True)) for at, body in _sums(today, now, rng)]
    deliveries = Delivery.objects.bulk_create(
        Delivery(
            counter=counter,
            shape=one.shape,
            payload=one.payload,
            fingerprint=operations.fingerprint(one),
            clock_at=one.clock_at,
            received_at=at,
        )
        for at, one in said
    )
    Reading.objects.bulk_create(
        Reading(delivery=delivery, counter=counter, **told._asdict())
        for delivery, (_, one) in zip(deliveries, said, strict=True)
        for told in one.told
    )
    by = Actor(user=manager)
    operations.decide_factor(
        counter, Decimal("0.96"), valid_from=today - WEEKS, valid_until=None,
        reason="Demo: personal och passager fram och tillbaka", by=by, at=now - WEEKS,
    )  # fmt: skip
    _correct(today - _APPROVED * _DAY, by=by, at=now - (_APPROVED - 1) * _DAY)


def _sums(
    today: dt.date, now: dt.datetime, rng: random.Random
) -> Iterator[tuple[dt.datetime, dict[str, object]]]:
    """What the device answers on the hour: sums since midnight."""
    registered = _registered(today)
    for day in periods.dates(today - WEEKS, today + _DAY):
        silent = _SILENT[1] if day == today - _SILENT[0] * _DAY else ()
        entered, inside, came = 0, 0, Multiset[int]()
        for hour in range(24):
            at = periods.at(day, dt.time(hour))
            if at > now:
                return
            if hour not in silent:
                digits = f"{day:%Y%m%d}{hour:02}0000"
                yield (
                    at,
                    {
                        "serial": SERIAL,
                        "name": "Demo",
                        "timestamp": digits,
                        "in": entered,
                        "out": entered - inside,
                    },
                )
            came[hour] = round(registered[at] * rng.uniform(0.95, 1.06)) + _staff(day, hour, rng)
            entered, inside = entered + came[hour], inside + came[hour]
            inside -= inside if hour >= 17 else min(inside, came[hour - 2])


def _registered(today: dt.date) -> Multiset[dt.datetime]:
    """Heads in the ledger by the hour they came."""
    entries = Visit.objects.filter(day__gte=today - WEEKS).exclude(category=Category.DIGITAL)
    hours = entries.annotate(hour=TruncHour("at", tzinfo=periods.HOUSE_ZONE))
    return Multiset(dict(hours.values_list("hour").annotate(heads=Sum("count")).order_by()))


def _staff(day: dt.date, hour: int, rng: random.Random) -> int:
    return rng.randint(8, 14) if hour == 7 and periods.is_working_day(day) else 0


def _correct(day: dt.date, *, by: Actor, at: dt.datetime) -> None:
    difference = days.on(day).difference
    if difference:
        reason = "Demo: en grupp gick in utan att registreras"
        operations.approve(day, difference=difference, reason=reason, by=by, at=at)
