"""What a booking form lets a class choose from: lunch sittings with their free seats, other sessions."""

import datetime as dt
from typing import Any

from bookings.schools import search
from bookings.schools.models import SchoolBooking, Session
from bookings.schools.operations import places
from navet import periods
from navet.house.models import Occasion
from navet.pages import formats

MOST_ALTERNATIVES = 15  # of each


def lunches(
    occasion: Occasion, at: dt.datetime, *, besides: SchoolBooking | None = None
) -> list[tuple[Occasion, int]]:
    """The day's sittings that do not fall into the programme, with free seats. Two queries."""
    sittings = list(
        Occasion.objects.of_kind(Occasion.Kind.LUNCH)
        .going_to_happen()
        .on_day(periods.local_day(occasion.starts_at))
        .exclude(period__overlap=occasion.period)
        .in_time_order()
    )
    taken = places.seated([sitting.pk for sitting in sittings], at, besides=besides)
    return [
        (
            sitting,
            max(0, (sitting.capacity if sitting.capacity is not None else 999) - taken.get(sitting.pk, 0)),
        )
        for sitting in sittings
    ]


def lunch_choices(
    occasion: Occasion, at: dt.datetime, words: Any, *, besides: SchoolBooking | None = None
) -> list[tuple[str, str]]:
    """For a select: the sittings as `words(time, free seats)` puts them."""
    return [
        (str(sitting.pk), words(formats.local_time(sitting.starts_at), free))
        for sitting, free in lunches(occasion, at, besides=besides)
    ]


def alternatives(booking: SchoolBooking, *, at: dt.datetime) -> list[Session]:
    """Sessions for the class's grade with room for it: its own programme first, then others, soonest first."""
    wish = search.Wish(grade=booking.grade, pupils=booking.pupils)
    found = search.sessions(wish, at=at).exclude(pk=booking.session_id)
    programme = booking.session.programme_id
    same = found.filter(programme=programme)[:MOST_ALTERNATIVES]
    return [*same, *found.exclude(programme=programme)[:MOST_ALTERNATIVES]]
