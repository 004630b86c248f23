"""Bookings held against what the desk expects: the part of `manage.py verify_ledger` that the lines share."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from bookings.common.models import HeldBooking, Status
from visitors.audit import MOST, Difference
from visitors.models import Arrival


def where(code: str, booked: str | None, expected: str | None) -> str:
    """The booking and the arrival that disagree, with how each stands."""
    said = {"code": code, "booked": booked or _("none"), "expected": expected or _("none")}
    return _("booking %(code)s (%(booked)s) and its arrival (%(expected)s)") % said


def differences(bookings: Any, *, heads: Any) -> Iterator[Difference]:
    """A confirmed booking is expected, or was missed, with its heads and time; of any other the desk expects nobody.

    `bookings` is whole; `heads` tells the participants and adults of one.
    """
    codes = Arrival.objects.filter(code=OuterRef("code"))
    told = 0
    asked = bookings.annotate(is_announced=Exists(codes))
    for chunk in _chunks(asked.filter(status=Status.CONFIRMED) | asked.filter(is_announced=True)):
        announced = Arrival.objects.in_bulk([one.code for one in chunk], field_name="code")
        for booking in chunk:
            difference = _of(booking, announced.get(booking.code), heads(booking))
            if difference is not None:
                yield difference
                told += 1
                if told == MOST:
                    return


def _of(booking: HeldBooking, arrival: Arrival | None, heads: tuple[int, int]) -> Difference | None:
    is_expected = arrival is not None and arrival.status != Arrival.Status.CANCELLED
    found = (arrival.expected_participants, arrival.expected_adults) if arrival and is_expected else (0, 0)
    wanted = heads if booking.status == Status.CONFIRMED else (0, 0)
    on_time = (
        arrival is None
        or not is_expected
        or (arrival.starts_at == booking.occasion.starts_at and arrival.occasion_id == booking.occasion.pk)
    )
    if found == wanted and on_time:
        return None
    said = where(
        booking.code,
        str(booking.get_status_display()),
        str(arrival.get_status_display()) if arrival else None,
    )
    return Difference(said, sum(wanted), sum(found))


def _chunks(bookings: Any, size: int = 500) -> Iterator[list[Any]]:
    """All of them, so many at a time."""
    last = 0
    while chunk := list(bookings.filter(pk__gt=last).order_by("pk")[:size]):
        yield chunk
        last = chunk[-1].pk
