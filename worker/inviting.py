"""Whom the places of the weeks ahead fit: units that have not been here this school year, as numbers, never whom to ring."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from bookings.reach import fitting, reach
from navet import periods, school_years


@dataclass(frozen=True)
class ToInvite:
    """How many units fit some session with free places in the weeks, by municipality, the most first."""

    units: int
    by_municipality: list[tuple[str, int]]


def last_day(monday: dt.date, weeks: int) -> dt.date:
    return monday + dt.timedelta(weeks=weeks, days=-1)


def to_invite(monday: dt.date, weeks: int, *, at: dt.datetime) -> ToInvite:
    """The units that `/planering/rackvidd/?passar_till=` the last day of the weeks lists."""
    year = school_years.of(periods.local_day(at))
    found = fitting.units(reach.units(reach.Wish(year), at=at), through=last_day(monday, weeks), at=at)
    counted = Counter(one.school.municipality.name for one in found)
    return ToInvite(len(found), sorted(counted.items(), key=lambda one: (-one[1], one[0])))
