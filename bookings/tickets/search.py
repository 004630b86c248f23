"""What can be booked, with the places that are truly free now."""

import datetime as dt
from dataclasses import dataclass

from bookings.tickets.models import Event, Slot, SlotQuerySet
from navet import periods

SHOWN = 6  # slots of each event in the list


@dataclass(frozen=True)
class Hit:
    """An event with its first slots, and how many more there are."""

    event: Event
    slots: list[Slot]
    more: int


def slots(at: dt.datetime, *, first: dt.date | None = None, last: dt.date | None = None) -> SlotQuerySet:
    """Slots on sale, soldout ones too, in time order; `first` and `last` are dates in Borås, both included."""
    found = Slot.objects.bookable(at).with_places(at).select_related("occasion", "event")
    if first:
        found = found.filter(occasion__period__startswith__gte=periods.day_bounds(first)[0])
    if last:
        found = found.filter(occasion__period__startswith__lt=periods.day_bounds(last)[1])
    return found.order_by("occasion__period", "pk")


def events(at: dt.datetime, *, first: dt.date | None = None, last: dt.date | None = None) -> list[Hit]:
    """Events with something to book, the soonest first. Two queries."""
    by_event: dict[int, list[Slot]] = {}
    for slot in slots(at, first=first, last=last):
        by_event.setdefault(slot.event_id, []).append(slot)
    known = Event.objects.filter(pk__in=by_event).prefetch_related("prices").in_bulk()
    return [Hit(known[pk], found[:SHOWN], max(0, len(found) - SHOWN)) for pk, found in by_event.items()]
