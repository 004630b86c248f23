"""What a unit is invited to: sessions that still have places, for its grades, on days it has lessons."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.conf import settings

from bookings.schools import search
from bookings.schools.models import Session
from navet import periods
from navet.directory.models import SchoolUnit
from navet.directory.school_days import SchoolCalendar

MOST = 6  # sessions in an invitation
MOST_OF_ONE = 2  # of the same programme


def offers(schools: Iterable[SchoolUnit], *, at: dt.datetime) -> dict[int, list[Session]]:
    """School ids to the first sessions that fit, at most six, two of a programme. Two queries, however many schools."""
    schools = list(schools)
    today = periods.local_day(at)
    first = today + dt.timedelta(days=settings.INVITATIONS["ahead_days"])
    last = first + dt.timedelta(days=settings.INVITATIONS["horizon_days"])
    open_ones = list(search.sessions(search.Wish(first=first, last=last, only_free=True), at=at))
    calendars = SchoolCalendar.of_many(schools, first, last + dt.timedelta(days=1))
    return {one.pk: _fitting(one, open_ones, calendars[one.pk]) for one in schools}


def _fitting(school: SchoolUnit, sessions: Iterable[Session], calendar: SchoolCalendar) -> list[Session]:
    grades = set(school.grades)
    chosen: list[Session] = []
    of: Counter[int] = Counter()
    for session in sessions:
        programme = session.programme
        fits = grades.intersection(programme.grades) and session.free_places >= programme.min_pupils
        if not fits or of[programme.pk] == MOST_OF_ONE:
            continue
        if calendar.is_school_day(periods.local_day(session.occasion.starts_at)):
            chosen.append(session)
            of[programme.pk] += 1
            if len(chosen) == MOST:
                break
    return chosen
