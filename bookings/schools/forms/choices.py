"""What a booking form lets a class choose from: schools, lunch sittings with their free seats, other sessions."""

import datetime as dt
from typing import Any

from bookings.schools import search
from bookings.schools.models import SchoolBooking, Session
from bookings.schools.operations import places
from navet import periods
from navet.directory.models import SchoolUnit
from navet.directory.search import find_schools
from navet.house.models import Occasion
from navet.pages import formats

MOST_ALTERNATIVES = 15  # of each


def school_of(chosen: str, text: str) -> tuple[SchoolUnit | None, list[SchoolUnit]]:
    """The school that was chosen or plainly meant, and the choices to show when none was. At most two queries."""
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 18:
        unit = (
            SchoolUnit.objects.open()
            .select_related("organiser", "municipality")
            .filter(pk=int(chosen))
            .first()
        )
        if unit is not None:
            return unit, [unit]
    found = find_schools(text)
    said = text.strip().casefold()
    exact = [unit for unit in found if said in (unit.name.casefold(), unit.code)]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0], found
    return None, found


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
