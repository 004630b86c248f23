"""What the house offers for meetings and conferences, and the reservations of it."""

from bookings.conferences.models.catalogue import (
    AddOn,
    AddOnPrice,
    ConferencePackage,
    DayPart,
    PackagePrice,
    RoomOffer,
    RoomPrice,
)
from bookings.conferences.models.pictures import Rendition, RoomPicture
from bookings.conferences.models.prices import Adjustment, Quote, ReservationLine
from bookings.conferences.models.reservations import Addition, Reservation, ReservationDay, ReservedRoom
from bookings.conferences.models.words import (
    AddOnKind,
    CustomerType,
    Diet,
    Meal,
    PartKind,
    Status,
    Wish,
)

__all__ = [
    "AddOn",
    "AddOnKind",
    "AddOnPrice",
    "Addition",
    "Adjustment",
    "ConferencePackage",
    "CustomerType",
    "DayPart",
    "Diet",
    "Meal",
    "PackagePrice",
    "PartKind",
    "Quote",
    "Rendition",
    "Reservation",
    "ReservationDay",
    "ReservationLine",
    "ReservedRoom",
    "RoomOffer",
    "RoomPicture",
    "RoomPrice",
    "Status",
    "Wish",
]
