"""Which summaries are due, and what the weekly one shows of the weeks ahead (bookings.capacity counts)."""

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from bookings.capacity import coming
from bookings.capacity.coming import Week
from bookings.capacity.rows import Row
from bookings.schools.models import SeriesGap
from navet import periods
from navet.outbox import promises
from navet.outbox.models import Effect
from worker.models import Subscription

SENT_AT = dt.time(6)  # Monday, and the first of the month, in Borås
WEEKS_AHEAD = 4


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


@dataclass(frozen=True)
class Line:
    """One session in a list of the summary. `waiting_*` count the queue."""

    row: Row
    waiting_parties: int = 0
    waiting_pupils: int = 0

    @property
    def url(self) -> str:
        return settings.SITE_URL + reverse("schools:session", args=[self.row.occasion])


@dataclass
class Capacity:
    """Four weeks from a Monday, as they were at one moment."""

    weeks: list[Week]
    least_full: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    gaps: list[SeriesGap] = field(default_factory=list)
    days_without: list[dt.date] = field(default_factory=list)


def capacity(monday: dt.date, *, at: dt.datetime) -> Capacity:
    """The school sessions of the four weeks from `monday`; as many queries, however many there are."""
    found = coming.rows(monday, WEEKS_AHEAD, at=at)
    return Capacity(
        weeks=coming.weeks(monday, WEEKS_AHEAD, at=at, found=found),
        least_full=[Line(row) for row in coming.least_full(found)],
        waiting=[Line(one.row, one.parties, one.pupils) for one in coming.waiting(found)],
        gaps=coming.gaps(monday, WEEKS_AHEAD),
        days_without=coming.days_without(monday, WEEKS_AHEAD, found, at=at),
    )
