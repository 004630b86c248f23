"""Whom the places of the days ahead fit: what Monday's mail counts, and the list behind its number."""

import datetime as dt
from collections.abc import Iterable

from bookings.reach import reach
from bookings.reach.offers import offers
from bookings.reach.reach import Unit
from navet import periods


def units(found: Iterable[Unit], *, through: dt.date, at: dt.datetime) -> list[Unit]:
    """Those of them that are open, have neither been here this school year, nor are expected, nor were invited this term, and fit an open
    session with free places no later than `through`: of their grades, on a day they have lessons. Two queries."""
    idle = [
        one
        for one in found
        if one.school.is_open and one.came != reach.CAME and not one.to_come and not one.is_invited
    ]
    end = periods.day_bounds(through)[1]
    fitting = {
        pk
        for pk, sessions in offers([one.school for one in idle], at=at).items()
        if any(one.occasion.starts_at < end for one in sessions)
    }
    return [one for one in idle if one.school.pk in fitting]
