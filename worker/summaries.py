"""Which summaries are due, and the capacity figures that the weekly one shows."""

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.urls import reverse

from bookings.schools.models import SchoolBooking, SeriesGap, Session
from navet import periods
from navet.house.models import Occasion
from navet.outbox import promises
from navet.outbox.models import Effect
from worker.models import Subscription

SENT_AT = dt.time(6)  # Monday, and the first of the month, in Borås
WEEKS_AHEAD = 4
LEAST_FULL = 8


# --- What is due ----------------------------------------------------------------------------------------------


@transaction.atomic
def promise_due(at: dt.datetime) -> int:
    """Promise this week's and this month's summaries that are due and not yet promised; return how many.

    Asks for the state, not for the hour, so a beat that slept over Monday morning makes it up.
    """
    wanted = {}
    for subscription in Subscription.objects.filter(user__is_active=True).select_related("user"):
        week_or_month = _due(subscription.kind, at)
        if week_or_month:
            key = f"summary:{subscription.kind}:{week_or_month}:{subscription.user_id}"
            wanted[key] = (subscription, week_or_month)
    kept = set(Effect.objects.filter(key__in=wanted).values_list("key", flat=True))
    missing = {key: of for key, of in wanted.items() if key not in kept}
    for key, (subscription, week_or_month) in missing.items():
        args = {"user_id": subscription.user_id, "period": week_or_month}
        promises.promise(
            "mail", key=key, payload={"mail": f"summary.{subscription.kind}", "args": args}, due_at=at
        )
    return len(missing)


def _due(kind: str, at: dt.datetime) -> str:
    """The period to summarise now: `2026-W48` or `2026-11`; "" before six on its first day."""
    today = periods.local_day(at)
    weekly = kind == Subscription.Kind.WEEKLY_CAPACITY
    first = today - dt.timedelta(days=today.weekday()) if weekly else today.replace(day=1)
    if at < periods.at(first, SENT_AT):
        return ""
    return week_name(first) if weekly else f"{first:%Y-%m}"


def week_name(day: dt.date) -> str:
    """The ISO week a date is in: `2026-W48`."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(week: str) -> dt.date:
    """The Monday of `2026-W48`. Raises ValueError for anything else."""
    year, _dash, number = week.partition("-W")
    return dt.date.fromisocalendar(int(year), int(number), 1)


# --- Capacity -------------------------------------------------------------------------------------------------


@dataclass
class Week:
    """Places of the school sessions planned in one week. `fill` is per cent, None where nothing is offered."""

    monday: dt.date
    sessions: int = 0
    offered: int = 0
    held: int = 0

    @property
    def free(self) -> int:
        return max(self.offered - self.held, 0)

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def fill(self) -> int | None:
        return round(100 * self.held / self.offered) if self.offered else None


@dataclass(frozen=True)
class Line:
    """One session in a list of the summary. `waiting_*` count the queue."""

    title: str
    starts_at: dt.datetime
    url: str
    held: int
    capacity: int
    waiting_parties: int = 0
    waiting_pupils: int = 0

    @property
    def free(self) -> int:
        return max(self.capacity - self.held, 0)

    @property
    def fill(self) -> int:
        return round(100 * self.held / self.capacity) if self.capacity else 100


@dataclass
class Capacity:
    """Four weeks from a Monday, as they were at one moment."""

    weeks: list[Week]
    least_full: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    gaps: list[SeriesGap] = field(default_factory=list)
    days_without: list[dt.date] = field(default_factory=list)


def capacity(monday: dt.date, *, at: dt.datetime) -> Capacity:
    """The places of planned school sessions in the four weeks from `monday`; three queries, however many there are."""
    end = monday + dt.timedelta(weeks=WEEKS_AHEAD)
    sessions = _sessions(monday, end, at=at)
    queues = _queues(sessions)
    lines = {session.pk: _line(session, queues.get(session.pk)) for session in sessions}
    bookable = [
        lines[s.pk] for s in sessions if s.release_at <= at < s.occasion.starts_at and lines[s.pk].free
    ]
    return Capacity(
        weeks=_weeks(monday, sessions),
        least_full=sorted(bookable, key=lambda line: (line.fill, line.starts_at))[:LEAST_FULL],
        waiting=[line for line in lines.values() if line.waiting_parties],
        gaps=_gaps(monday, end),
        days_without=_days_without(monday, end, sessions, at=at),
    )


def _sessions(monday: dt.date, end: dt.date, *, at: dt.datetime) -> list[Session]:
    first, after = periods.at(monday, dt.time.min), periods.at(end, dt.time.min)
    return list(
        Session.objects.filter(
            occasion__status=Occasion.Status.PLANNED,
            occasion__capacity__isnull=False,
            occasion__period__startswith__gte=first,
            occasion__period__startswith__lt=after,
        )
        .with_places(at)
        .select_related("occasion", "programme")
        .order_by("occasion__period", "pk")
    )


def _weeks(monday: dt.date, sessions: list[Session]) -> list[Week]:
    weeks = [Week(monday + dt.timedelta(weeks=n)) for n in range(WEEKS_AHEAD)]
    for session in sessions:
        week = weeks[(periods.local_day(session.occasion.starts_at) - monday).days // 7]
        week.sessions += 1
        week.offered += session.occasion.places
        week.held += session.held_places
    return weeks


def _queues(sessions: list[Session]) -> dict[int, tuple[int, int]]:
    """Session -> (parties, pupils) on its waiting list."""
    waiting = SchoolBooking.objects.filter(session__in=[session.pk for session in sessions])
    rows = (
        waiting.waiting()
        .order_by()
        .values("session")
        .annotate(parties=Count("pk"), heads=Sum("pupils"))
        .values_list("session", "parties", "heads")
    )
    return {session: (parties, heads) for session, parties, heads in rows}


def _line(session: Session, queue: tuple[int, int] | None) -> Line:
    parties, pupils = queue or (0, 0)
    return Line(
        title=session.programme.title,
        starts_at=session.occasion.starts_at,
        url=settings.SITE_URL + reverse("schools:session", args=[session.pk]),
        held=session.held_places,
        capacity=session.occasion.places,
        waiting_parties=parties,
        waiting_pupils=pupils,
    )


def _gaps(monday: dt.date, end: dt.date) -> list[SeriesGap]:
    """What a series should have had in these weeks and could not be made."""
    return list(
        SeriesGap.objects.filter(
            starts_at__gte=periods.at(monday, dt.time.min), starts_at__lt=periods.at(end, dt.time.min)
        )
        .select_related("series__programme")
        .order_by("starts_at", "pk")
    )


def _days_without(
    monday: dt.date, end: dt.date, sessions: list[Session], *, at: dt.datetime
) -> list[dt.date]:
    """Working days to come on which nothing is planned for schools."""
    taken = {periods.local_day(session.occasion.starts_at) for session in sessions}
    today = periods.local_day(at)
    return [
        day
        for day in periods.dates(monday, end)
        if day >= today and periods.is_working_day(day) and day not in taken
    ]
