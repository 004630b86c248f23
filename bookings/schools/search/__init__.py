"""What can be booked: sessions by what a class looks for, counted at the moment of asking. Nothing is cached."""

from bookings.schools.search.calendar import Day, last_of_month, month, on_day
from bookings.schools.search.cards import Hit, programmes
from bookings.schools.search.listing import listed
from bookings.schools.search.people import educators_of, rooms_by_session, rooms_of, with_people, with_rooms
from bookings.schools.search.places import (
    FEW,
    FREE,
    FULL,
    announced,
    matching,
    next_sessions,
    sessions,
    state,
    state_of,
    with_free,
)
from bookings.schools.search.wishes import Wish, programme_meets

__all__ = [
    "FEW", "FREE", "FULL", "Day", "Hit", "Wish", "announced", "educators_of", "last_of_month", "listed", "matching", "month",
    "next_sessions", "on_day", "programme_meets", "programmes", "rooms_by_session", "rooms_of", "sessions", "state", "state_of",
    "with_free", "with_people", "with_rooms",
]  # fmt: skip
