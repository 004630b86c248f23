"""Whom the places of the weeks ahead fit: units that have not been here this school year, as numbers, never whom to ring."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from bookings.reach import reach
from bookings.reach.offers import offers
from navet import periods, school_years


@dataclass(frozen=True)
class ToInvite:
    """How many units fit some session with free places in the weeks, by municipality, the most first."""

    units: int
    by_municipality: list[tuple[str, int]]


def to_invite(monday: dt.date, weeks: int, *, at: dt.datetime) -> ToInvite:
    """Neither been here this school year, nor expected, nor invited this term; open sessions for their grades, on days they have lessons."""
    year = school_years.of(periods.local_day(at))
    idle = [
        one.school
        for one in reach.units(reach.Wish(year), at=at)
        if one.came != reach.CAME and not one.to_come and not one.is_invited
    ]
    end = periods.at(monday + dt.timedelta(weeks=weeks), dt.time.min)
    fitting = {
        pk for pk, found in offers(idle, at=at).items() if any(one.occasion.starts_at < end for one in found)
    }
    counted = Counter(school.municipality.name for school in idle if school.pk in fitting)
    return ToInvite(len(fitting), sorted(counted.items(), key=lambda one: (-one[1], one[0])))
