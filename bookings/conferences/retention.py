"""How long a reservation remembers who made it, what it was called and what was asked for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bookings.common import retention
from bookings.conferences.models import Reservation, ReservationDay
from navet.retention import rules
from navet.retention.rules import NOTHING


def _codes(keys: list[Any]) -> list[str]:
    """The desk knows each day by a code of its own."""
    days = ReservationDay.objects.filter(reservation__in=keys).values_list("code", flat=True)
    return [*days, *Reservation.objects.filter(pk__in=keys).values_list("code", flat=True)]


retention.register(
    Reservation,
    key="conferences.reservations",
    holds=_(
        "Who reserved for a conference: name, e-mail address, telephone and address; its name, diets as numbers, message"
    ),
    remains=_("Organisation, days, rooms, how many came and what it cost"),
    empties={
        "title": NOTHING,
        "invoice_reference": "",
        "street": "",
        "postal_code": "",
        "city": "",
        "diets": {},
        "message": "",
        "note": "",
    },
    keeps={
        "organisation": "of an organisation",
        "organisation_number": "of an organisation",
        "participants_key": "drawn at random",
        "terms": "days and shares of a cancellation fee",
        "discount_reason": "why the price is lower, a part of the accounts",
    },
    shows={"title": "", "organisation": "", "invoice_reference": "", "message": "", "note": ""},
    ends="ends_at",
    proved="proved_at",
    codes=_codes,
)
OFFERED = "what is written for the public about what is on offer"
for model in ("DayPart", "RoomOffer", "RoomPicture", "ConferencePackage", "AddOn"):
    rules.exempt(f"conferences.{model}", OFFERED)
rules.exempt(
    "conferences.Rendition", "pictures of rooms as they are published, without what a camera writes into them"
)
rules.exempt(
    "conferences.ReservationLine",
    "a room, a package or an add-on, as it is called in the offer; why a discount",
    "text",
    "slug",
)
rules.exempt(
    "conferences.Adjustment",
    "what was added or taken off when it had begun, and why: a part of the accounts, written on an invoice",
    "reason",
)
rules.exempt(
    "conferences.Quote", "rooms, packages, add-ons and their prices; days and shares of a cancellation fee"
)
