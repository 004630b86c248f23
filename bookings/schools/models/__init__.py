"""School programmes, their sessions and the classes that book them."""

from bookings.schools.models.bookings import BookingQuerySet, Need, SchoolBooking
from bookings.schools.models.contacts import ContactChange
from bookings.schools.models.programmes import Language, Programme, ProgrammeQuerySet, Subject
from bookings.schools.models.sessions import Series, SeriesGap, Session, SessionQuerySet

__all__ = [
    "BookingQuerySet",
    "ContactChange",
    "Language",
    "Need",
    "Programme",
    "ProgrammeQuerySet",
    "SchoolBooking",
    "Series",
    "SeriesGap",
    "Session",
    "SessionQuerySet",
    "Subject",
]
