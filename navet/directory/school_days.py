"""When a school has lessons. Its own rows go before its municipality's on the same day; staff days differ per school."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from navet import periods
from navet.directory.models import Municipality, SchoolPeriod, SchoolUnit

Kind = SchoolPeriod.Kind
# What decides a day when several rows of one owner cover it: an exception goes before the term around it.
PRECEDENCE = [Kind.SCHOOL_DAY, Kind.STAFF_DAY, Kind.BREAK]


@dataclass(frozen=True)
class SchoolCalendar:
    """One school's, or one municipality's, calendar over [first, end), read in one query, asked without any."""

    first: dt.date
    end: dt.date
    _own: tuple[SchoolPeriod, ...]
    _municipal: tuple[SchoolPeriod, ...]

    @classmethod
    def of(cls, school: SchoolUnit, first: dt.date, end: dt.date) -> "SchoolCalendar":
        span = DateRange(first, end, "[)")
        rows = list(SchoolPeriod.objects.for_school(school).filter(days__overlap=span).order_by("pk"))
        return cls(
            first,
            end,
            tuple(row for row in rows if row.school_id),
            tuple(row for row in rows if row.municipality_id),
        )

    @classmethod
    def of_many(
        cls, schools: Iterable[SchoolUnit], first: dt.date, end: dt.date
    ) -> "dict[int, SchoolCalendar]":
        """School ids to their calendars, in one query."""
        schools = list(schools)
        theirs = Q(school__in=schools) | Q(municipality__in={one.municipality_id for one in schools})
        span = DateRange(first, end, "[)")
        rows = list(SchoolPeriod.objects.filter(theirs, days__overlap=span).order_by("pk"))
        own: dict[int, list[SchoolPeriod]] = defaultdict(list)
        municipal: dict[int, list[SchoolPeriod]] = defaultdict(list)
        for row in rows:
            if row.school_id:
                own[row.school_id].append(row)
            elif row.municipality_id:
                municipal[row.municipality_id].append(row)
        return {
            one.pk: cls(first, end, tuple(own[one.pk]), tuple(municipal[one.municipality_id]))
            for one in schools
        }

    def exception(self, day: dt.date) -> SchoolPeriod | None:
        """The break, staff day or extra school day that decides the day; None when only the term does."""
        self._covers(day)
        for rows in (self._own, self._municipal):
            for kind in PRECEDENCE:
                for row in rows:
                    if row.kind == kind and day in row.days:
                        return row
        return None

    def is_school_day(self, day: dt.date) -> bool:
        """Lessons on the day: within a term, a working day and no break. With no terms known, a working day will do."""
        exception = self.exception(day)
        if exception is not None:
            return exception.kind == Kind.SCHOOL_DAY
        return periods.is_working_day(day) and self._in_term(day)

    def break_name(self, day: dt.date) -> str:
        """What there is instead of lessons ("Sportlov", "Studiedag", "Långfredagen"), or ""."""
        exception = self.exception(day)
        if exception is not None and exception.kind != Kind.SCHOOL_DAY:
            return exception.name
        return "" if exception else periods.holiday_name(day)

    def _in_term(self, day: dt.date) -> bool:
        for rows in (self._own, self._municipal):
            terms = [row for row in rows if row.kind == Kind.TERM]
            if terms:
                return any(day in term.days for term in terms)
        return True

    def _covers(self, day: dt.date) -> None:
        if not self.first <= day < self.end:
            raise LookupError(f"{day} is outside the calendar that was read")


def is_school_day(school: SchoolUnit, day: dt.date) -> bool:
    """Whether the school has lessons on the day. For many days read a SchoolCalendar."""
    return _around(school, day).is_school_day(day)


def break_name(school: SchoolUnit, day: dt.date) -> str:
    """What the school has instead of lessons on the day, or ""."""
    return _around(school, day).break_name(day)


def breaks_between(
    first: dt.date, end: dt.date, municipalities: Iterable[Municipality] | None = None
) -> list[SchoolPeriod]:
    """The municipalities' (default: all) breaks that touch [first, end), in time order: what a series may skip."""
    breaks = SchoolPeriod.objects.filter(kind=Kind.BREAK, days__overlap=DateRange(first, end, "[)"))
    which = Q(municipality__isnull=False) if municipalities is None else Q(municipality__in=municipalities)
    return list(breaks.filter(which).select_related("municipality").order_by("days", "municipality__name"))


def _around(school: SchoolUnit, day: dt.date) -> SchoolCalendar:
    # A fortnight is not enough: whether terms are known at all is seen from the year around the day.
    year = dt.timedelta(days=200)
    return SchoolCalendar.of(school, day - year, day + year)
