"""Planning the slots of public events. Lock order: the cells of all rooms, then occasions, then bookings."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from bookings.common import holding
from bookings.common.models import Status
from bookings.tickets.models import Event, Slot, TicketBooking, TicketPrice
from bookings.tickets.operations import places, refusals
from navet import periods
from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.house import operations as house
from navet.house.models import Occasion, Room

MOST_SLOTS = 200


@dataclass(frozen=True)
class Planned:
    """What became of a plan: the slots made, and the times that could not be, each with its reason."""

    slots: list[Slot]
    gaps: list[tuple[dt.datetime, Refused]]


@transaction.atomic
def set_prices(event: Event, prices: Iterable[TicketPrice]) -> None:
    """The kinds of tickets sold from now on; those booked keep theirs."""
    event.prices.all().delete()
    for price in prices:
        price.event = event
        price.save()


@transaction.atomic
def plan_slots(
    event: Event,
    *,
    starts: Iterable[dt.datetime],
    rooms: Iterable[Room] = (),
    capacity: int | None = None,
    sale_from: dt.datetime | None = None,
    override_reason: str = "",
    by: Actor,
    at: dt.datetime,
) -> Planned:
    """A slot at each of these times, within public opening hours. A time that cannot be is left out and told.

    `capacity` None is the event's own. Raises the reason itself where only one time was asked for.
    """
    rooms = list(rooms)
    if {room.pk for room in rooms} - set(event.rooms.values_list("pk", flat=True)):
        raise refusals.NoRoomForEvent
    house.lock_places(rooms=rooms, educators=[])
    wanted = sorted(set(starts))[:MOST_SLOTS]
    planned = Planned([], [])
    for starts_at in wanted:
        try:
            with transaction.atomic():
                slot = _plan(event, starts_at, rooms, capacity, sale_from, override_reason, by, at)
        except Refused as refused:
            if len(wanted) == 1:
                raise
            planned.gaps.append((starts_at, refused))
        else:
            planned.slots.append(slot)
    return planned


def starts_of(
    *, first: dt.date, last: dt.date, weekdays: Iterable[int], times: Iterable[dt.time]
) -> list[dt.datetime]:
    """Every chosen time on every chosen weekday from first to last, both included."""
    chosen = set(weekdays)
    days = periods.dates(first, last + dt.timedelta(days=1))
    return [periods.at(day, time) for day in days if day.weekday() in chosen for time in sorted(set(times))]


def _plan(
    event: Event,
    starts_at: dt.datetime,
    rooms: list[Room],
    capacity: int | None,
    sale_from: dt.datetime | None,
    override_reason: str,
    by: Actor,
    at: dt.datetime,
) -> Slot:
    if starts_at <= at:
        raise refusals.SlotInThePast
    occasion = house.plan_occasion(
        kind=Occasion.Kind.PUBLIC,
        title_sv=event.title_sv,
        title_en=event.title_en,
        period=periods.period(starts_at, starts_at + dt.timedelta(minutes=event.length_minutes)),
        capacity=capacity or event.capacity,
        max_groups=None,
        rooms=rooms,
        educators=[],
        override_reason=override_reason,
        by=by,
        at=at,
    )
    return Slot.objects.create(occasion=occasion, event=event, sale_from=sale_from or at)


@transaction.atomic
def change_capacity(slot_id: int, *, capacity: int, by: Actor, at: dt.datetime) -> Slot:
    """More places, or fewer as long as nobody who holds one loses it. Raises FewerThanBooked."""
    slot = places.lock_slot(slot_id)
    holding.require_before_start(slot.occasion, at)
    taken = slot.occasion.places - places.free(slot.occasion, at)
    if capacity < taken:
        raise refusals.FewerThanBooked(refusals.TAKEN % {"taken": taken}, taken=taken)
    slot.occasion.capacity = capacity
    slot.occasion.version += 1
    slot.occasion.save(update_fields=["capacity", "version"])
    return slot


@transaction.atomic
def cancel_slot(slot_id: int, *, reason: str, by: Actor, at: dt.datetime) -> Slot:
    """Call a slot off: rooms and places are free, and everybody who holds tickets is told. Again changes nothing."""
    slot = places.lock_slot(slot_id)
    if slot.occasion.status == Occasion.Status.CANCELLED:
        return slot
    holding.require_before_start(slot.occasion, at)
    slot.occasion = house.cancel_occasion(slot.occasion, reason=reason, by=by, at=at)
    standing = TicketBooking.objects.filter(
        occasion=slot.pk, status__in=[Status.HELD, Status.CONFIRMED]
    ).order_by("pk")
    for booking in standing.select_for_update(no_key=True):
        was_confirmed = booking.status == Status.CONFIRMED
        holding.leave(booking, reason=reason, at=at)
        if was_confirmed:
            holding.tell(booking, "called_off", at=at)
    return slot
