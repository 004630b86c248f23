"""The year as the house knows it, one query for each source, however much there is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, F, Q
from django.db.models.functions import ExtractMonth, ExtractYear, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.courses.models import Round
from bookings.leisure.models import Group
from bookings.schools.models import Session
from bookings.wheel import dates
from bookings.wheel.items import Item, Kind
from bookings.wheel.models import Entry
from navet import periods, school_years
from navet.accounts.actor import Actor
from navet.directory import school_days
from navet.house.models import Closure, Occasion

ONE_DAY = dt.timedelta(days=1)
AT_ONCE = dt.timedelta(minutes=1)  # between planning and release: such a session was never kept back
NAMES_SHOWN = 4


def items(first: dt.date, end: dt.date, *, who: Actor, off: bool = False) -> list[Item]:
    """Everything with a day in [first, end) that `who` may see, in time order; with `off` what was called off too.

    Seven queries.
    """
    found = [
        *_releases(first, end),
        *_own(first, end, who, off),
        *_leisure(first, end, off),
        *_courses(first, end, off),
        *_breaks(first, end),
        *_holidays(first, end),
        *_closures(first, end),
        *dates.of_years(first, end),
        *_conference_weeks(first, end),
    ]
    order = list(Kind)
    return sorted(found, key=lambda one: (one.first, order.index(one.kind), one.last, one.title))


def _releases(first: dt.date, end: dt.date) -> Iterator[Item]:
    """Sessions that were kept back until a moment, by the day of it and the term they are in."""
    begins, zone = "occasion__period__startswith", periods.HOUSE_ZONE
    planned = F("occasion__created_at")
    found: Any = (
        Session.objects.filter(
            release_at__gte=periods.day_bounds(first)[0],
            release_at__lt=periods.day_bounds(end)[0],
            occasion__status=Occasion.Status.PLANNED,
        )
        .exclude(release_at__gte=planned - AT_ONCE, release_at__lte=planned + AT_ONCE)
        .values(
            day=TruncDate("release_at", tzinfo=zone),
            year=ExtractYear(begins, tzinfo=zone),
            month=ExtractMonth(begins, tzinfo=zone),
        )
        .annotate(sessions=Count("pk"))
        .order_by()
    )
    by_term: dict[tuple[dt.date, dt.date], int] = defaultdict(int)
    for row in found:
        # A term by its first month: January or July.
        begin = dt.date(row["year"], 7 if row["month"] >= school_years.FIRST_MONTH else 1, 1)
        by_term[row["day"], begin] += row["sessions"]
    for (day, begin), number in by_term.items():
        yield Item(
            Kind.RELEASE,
            f"release-{day}-{school_years.term(begin)}",
            _("%(term)s can be booked") % {"term": _term(begin)},
            day,
            day,
            ngettext("%(n)s session", "%(n)s sessions", number) % {"n": number},
            reverse("schools:planning"),
            "schools.plan",
        )


def _term(day: dt.date) -> str:
    words = _("Autumn term %(year)s") if day.month >= school_years.FIRST_MONTH else _("Spring term %(year)s")
    return words % {"year": day.year}


def _own(first: dt.date, end: dt.date, who: Actor, off: bool) -> Iterator[Item]:
    found = Entry.objects.visible_to(who).touching(first, end)
    for one in found if off else found.standing():
        yield Item(
            Kind.REPORTING if one.kind == Entry.Kind.REPORTING else Kind.OWN,
            f"entry-{one.pk}",
            one.title,
            one.first,
            one.last,
            " · ".join(part for part in (one.note, one.expectation) if part),
            reverse("wheel:change", args=[one.pk]),
            "wheel.edit",
            version=one.version,
            changed_at=one.changed_at,
            is_off=one.removed_at is not None,
            is_demo=one.is_demo,
        )


def _leisure(first: dt.date, end: dt.date, off: bool) -> Iterator[Item]:
    """Groups with the same window are one window, and one draw."""
    begin, until = periods.day_bounds(first)[0], periods.day_bounds(end)[0]
    found = Group.objects.filter(opens_at__lt=until, closes_at__gte=begin - ONE_DAY).select_related("club")
    by_window: dict[tuple[Any, ...], list[Group]] = defaultdict(list)
    for group in (found if off else found.filter(called_off_at=None)).order_by("pk"):
        opens, closes = periods.local_day(group.opens_at), periods.local_day(group.closes_at)  # type: ignore[arg-type]  # has a window
        drawn = periods.local_day(group.drawn_from)  # type: ignore[arg-type]  # so it has a draw
        by_window[opens, closes, drawn, group.called_off_at is not None].append(group)
    for (opens, closes, drawn, is_off), groups in by_window.items():
        more = {
            "note": _names([str(group.club) for group in groups]),
            "url": reverse("leisure:planning"),
            "asks": "leisure.plan",
            "is_off": is_off,
            "is_demo": all(group.club.is_demo for group in groups),
        }
        window = (_("Applications to leisure groups"), opens, closes)
        draw = (_("Draw of leisure groups"), drawn, drawn)
        for name, (title, a, b) in (("window", window), ("draw", draw)):
            if a < end and b >= first:
                yield Item(Kind.LEISURE, f"leisure-{name}-{groups[0].pk}", title, a, b, **more)


def _courses(first: dt.date, end: dt.date, off: bool) -> Iterator[Item]:
    found = Round.objects.filter(decide_by__gte=first, decide_by__lt=end, least__gt=1)
    if not off:
        found = found.filter(occasion__status=Occasion.Status.PLANNED)
    for one in found.select_related("course", "occasion").order_by("pk"):
        day: dt.date = one.decide_by  # type: ignore[assignment]  # it was asked for
        yield Item(
            Kind.COURSE,
            f"course-{one.pk}",
            _("Decide: %(course)s") % {"course": one.course},
            day,
            day,
            _("It takes place for certain.") if one.assured_at else "",
            reverse("courses:round", args=[one.pk]),
            "courses.plan",
            is_off=one.occasion.status != Occasion.Status.PLANNED,
            is_demo=one.course.is_demo,
        )


def _breaks(first: dt.date, end: dt.date) -> Iterator[Item]:
    """A break that several municipalities have on the same days is one."""
    same: dict[tuple[str, dt.date, dt.date], list[Any]] = defaultdict(list)
    for row in school_days.breaks_between(first, end):
        same[row.name, row.days.lower, row.days.upper - ONE_DAY].append(row)
    for (name, begin, last), rows in same.items():
        yield Item(
            Kind.BREAK,
            f"break-{min(row.pk for row in rows)}",
            name,
            begin,
            last,
            _names([row.municipality.name for row in rows]),
            is_demo=all(row.is_demo for row in rows),
        )


def _holidays(first: dt.date, end: dt.date) -> Iterator[Item]:
    for day in periods.dates(first, end):
        if name := periods.holiday_name(day):
            yield Item(Kind.CLOSED, f"holiday-{day}", name, day, day)


def _closures(first: dt.date, end: dt.date) -> Iterator[Item]:
    found = Closure.objects.filter(days__overlap=DateRange(first, end, "[)")).select_related("room")
    for one in found.order_by("pk"):
        # One without a beginning or an end is closed as far as one looks.
        begin, until = one.days.lower or first, one.days.upper or end
        name = str(one.room) if one.room else _("The house")
        title = _("Closed: %(what)s") % {"what": name}
        yield Item(
            Kind.CLOSED,
            f"closure-{one.pk}",
            title,
            begin,
            until - ONE_DAY,
            one.reason,
            is_demo=one.is_demo,
        )


def _conference_weeks(first: dt.date, end: dt.date) -> Iterator[Item]:
    """ISO weeks with at least so many conference days (`CONFERENCE_WEEK_FROM`; 0 shows none)."""
    least: int = settings.YEAR_WHEEL["conferences_a_week"]
    if least < 1:
        return
    monday, until = first - dt.timedelta(days=first.weekday()), end + dt.timedelta(days=-end.weekday() % 7)
    found: Any = (
        Occasion.objects.going_to_happen()
        .of_kind(Occasion.Kind.CONFERENCE)
        .starting_between(periods.day_bounds(monday)[0], periods.day_bounds(until)[0])
        .filter(Q(holds_until=None))
        .values(day=TruncDate("period__startswith", tzinfo=periods.HOUSE_ZONE))
        .annotate(number=Count("pk"))
        .order_by()
    )
    by_week: dict[dt.date, int] = defaultdict(int)
    for row in found:
        by_week[row["day"] - dt.timedelta(days=row["day"].weekday())] += row["number"]
    for begin, number in by_week.items():
        last = begin + 6 * ONE_DAY
        if number >= least and begin < end and last >= first:
            title = _("Many conferences")
            note = ngettext("%(n)s conference day", "%(n)s conference days", number) % {"n": number}
            yield Item(Kind.CONFERENCE, f"conferences-{begin}", title, begin, last, note)


def _names(names: Sequence[str]) -> str:
    """The names; of many the first ones, and how many more."""
    unlike = list(dict.fromkeys(names))
    shown, more = unlike[:NAMES_SHOWN], len(unlike) - NAMES_SHOWN
    text = ", ".join(shown)
    return _("%(names)s and %(n)s more") % {"names": text, "n": more} if more > 0 else text
