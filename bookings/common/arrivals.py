"""Bookings held against what the desk expects: the part of `manage.py verify_ledger` that the lines share."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from bookings.common.models import HeldBooking, Status
from navet.house.models import Occasion
from visitors.audit import MOST, Difference
from visitors.models import Arrival


def where(code: str, booked: str | None, expected: str | None) -> str:
    """The booking and the arrival that disagree, with how each stands."""
    said = {"code": code, "booked": booked or _("none"), "expected": expected or _("none")}
    return _("booking %(code)s (%(booked)s) and its arrival (%(expected)s)") % said


def _its_own_day(booking: HeldBooking) -> list[tuple[str, Occasion]]:
    return [(booking.code, booking.occasion)]


def differences(bookings: Any, *, heads: Any, days: Any = _its_own_day) -> Iterator[Difference]:
    """A confirmed booking is expected, or was missed, with its heads and time; of any other the desk expects nobody.

    `bookings` is whole; `heads` tells the participants and adults of one, or of each of its days by code; `days` the code and
    occasion of each day it is for.
    """
    told = 0
    by_code = Exists(Arrival.objects.filter(code=OuterRef("code")))
    by_party = Exists(Arrival.objects.filter(party=OuterRef("code")).exclude(party=""))
    for chunk in _chunks(bookings.filter(Q(status=Status.CONFIRMED) | by_code | by_party)):
        announced = _announced(chunk)
        for booking in chunk:
            for difference in _of(booking, announced[booking.code], heads(booking), dict(days(booking))):
                yield difference
                told += 1
                if told == MOST:
                    return


def _announced(bookings: list[HeldBooking]) -> dict[str, dict[str, Arrival]]:
    """By the booking's code, and then by the day's; one query."""
    codes = [one.code for one in bookings]
    found: dict[str, dict[str, Arrival]] = {code: {} for code in codes}
    for arrival in Arrival.objects.filter(Q(code__in=codes) | Q(party__in=codes)):
        found[arrival.party or arrival.code][arrival.code] = arrival
    return found


def _of(
    booking: HeldBooking,
    announced: dict[str, Arrival],
    heads: tuple[int, int] | dict[str, tuple[int, int]],
    days: dict[str, Occasion],
) -> Iterator[Difference]:
    """One for each of its days, or of those it was announced for, on which the two disagree."""
    booked = days if booking.status == Status.CONFIRMED else {}
    for code in sorted(booked.keys() | announced.keys()):
        arrival, occasion = announced.get(code), booked.get(code)
        is_expected = arrival is not None and arrival.status != Arrival.Status.CANCELLED
        found = (
            (arrival.expected_participants, arrival.expected_adults) if arrival and is_expected else (0, 0)
        )
        of_day = heads.get(code, (0, 0)) if isinstance(heads, dict) else heads
        wanted = of_day if occasion else (0, 0)
        is_on_time = (
            arrival is None
            or occasion is None
            or not is_expected
            or (arrival.starts_at == occasion.starts_at and arrival.occasion_id == occasion.pk)
        )
        if found != wanted or not is_on_time:
            stands = str(arrival.get_status_display()) if arrival else None
            said = where(code, str(booking.get_status_display()), stands)
            yield Difference(said, sum(wanted), sum(found))


def _chunks(bookings: Any, size: int = 500) -> Iterator[list[Any]]:
    """All of them, so many at a time."""
    last = 0
    while chunk := list(bookings.filter(pk__gt=last).order_by("pk")[:size]):
        yield chunk
        last = chunk[-1].pk
