"""How many places of a slot are taken, and whether more fit. The only code that counts them; the caller has the lock."""

import datetime as dt

from django.db.models import Sum
from django.utils.translation import ngettext

from bookings.tickets.models import Slot, TicketBooking
from bookings.tickets.operations import refusals
from navet.house import operations as house
from navet.house.models import Occasion
from navet.house.refusals import NoSuchOccasion


def lock_slot(slot_id: int) -> Slot:
    """The slot with its event, its occasion locked before it is read. Raises NoSuchSlot."""
    try:
        house.lock(slot_id)
        return Slot.objects.select_related("occasion", "event").get(pk=slot_id)
    except (NoSuchOccasion, Slot.DoesNotExist):
        raise refusals.NoSuchSlot from None


def free(occasion: Occasion, at: dt.datetime, *, besides: TicketBooking | None = None) -> int:
    """Places left of a locked occasion at `at`, without what `besides` holds itself. One query."""
    taken = TicketBooking.objects.filter(occasion=occasion).holding(at)
    if besides is not None and besides.pk:
        taken = taken.exclude(pk=besides.pk)
    return max(0, occasion.places - (taken.aggregate(n=Sum("places"))["n"] or 0))


def require_room_for(
    places: int, occasion: Occasion, at: dt.datetime, *, besides: TicketBooking | None = None
) -> None:
    """Refuse more people than places. Raises SlotFull, saying how many are left."""
    left = free(occasion, at, besides=besides)
    if places > left:
        text = ngettext("Only %(free)s place is left.", "Only %(free)s places are left.", left)
        raise refusals.SlotFull(text % {"free": left} if left else refusals.NO_PLACES, free_places=left)
