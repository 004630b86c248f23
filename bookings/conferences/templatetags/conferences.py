"""What the pages of conferences write again and again."""

from typing import Any

from django import template

from bookings.conferences.models import Reservation, RoomPicture, Status
from navet.pages import formats
from navet.payments.models import Settlement

register = template.Library()


@register.filter
def percent(permille: int) -> str:
    """250 -> "25 %"."""
    return formats.percent(permille / 1000)


@register.filter
def share(part: float) -> str:
    """0.25 -> "25 %"."""
    return formats.percent(part)


@register.inclusion_tag("conferences/_what_it_makes.html")
def what_it_makes(booking: Reservation, more_ore: int) -> dict[str, Any]:
    """What a change makes of the price (öre with VAT, below zero: less), and how that is settled once it is booked."""
    return {
        "more_ore": more_ore,
        "less_ore": -more_ore,
        "is_owed": booking.status == Status.CONFIRMED and more_ore != 0,
        "on_invoice": booking.settlement == Settlement.INVOICE,
    }


@register.inclusion_tag("conferences/_picture.html")
def room_picture(picture: RoomPicture, sizes: str) -> dict[str, Any]:
    """The picture in the size that its place on the page needs; `sizes` as HTML has it. Reads `renditions`, prefetched."""
    renditions = list(picture.renditions.all())
    return {
        "picture": picture,
        "largest": renditions[0],
        "smallest": renditions[-1],
        "renditions": renditions,
        "sizes": sizes,
    }
