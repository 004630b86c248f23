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
from navet.accounts.models import User
from navet.outbox import promises
from navet.outbox.models import Effect
from visitors.tertials.tertial import Tertial
from worker import operations
from worker.models import Subscription

Kind = Subscription.Kind
PERIODS = (Kind.WEEKLY_CAPACITY, Kind.MONTHLY_INDICATORS, Kind.TERTIAL_REPORT)
SENT_AT = dt.time(6)  # Monday, the first of the month, the morning after a tertial, in Borås
TERTIAL_MADE_UP = dt.timedelta(days=30)
WEEKS_AHEAD = 4


# --- What is due ----------------------------------------------------------------------------------------------


@transaction.atomic
def promise_due(at: dt.datetime) -> int:
    """Promise the summaries that are due and not yet promised, once for each person and period; return how many.

    Asks for the state, not for the hour, so a beat that slept over Monday morning makes it up; two beats at once promise
    the same key, which is one promise.
    """
    due = {kind: period for kind in PERIODS if (period := due_period(kind, at))}
    chosen = User.objects.active().filter(subscriptions__kind__in=due, subscriptions__wanted=True).distinct()
    wanted = {
        f"summary:{kind}:{period}:{user.pk}": (kind, period, user.pk)
        for user in chosen.prefetch_related("subscriptions").order_by("pk")
        for kind, period in due.items()
        if operations.is_still_wanted(user, kind)
    }
    kept = set(Effect.objects.filter(key__in=wanted).values_list("key", flat=True))
    missing = {key: of for key, of in wanted.items() if key not in kept}
    promises.promise_all(
        promises.Promise(
            "mail",
            key=key,
            payload={"mail": f"summary.{kind}", "args": {"user_id": user_id, "period": period}},
            due_at=at,
        )
        for key, (kind, period, user_id) in missing.items()
    )
    return len(missing)


def due_period(kind: str, at: dt.datetime) -> str:
    """The period to summarise now: `2026-W48`, `2026-11`, `2026-2`; "" before six on its first morning, and when it is too late.

    The week's is made up all week, the month's all month, the tertial's for a month: after that there is another, or it
    helps nobody.
    """
    today = periods.local_day(at)
    if kind == Kind.WEEKLY_CAPACITY:
        first, name = today - dt.timedelta(days=today.weekday()), week_name(today)
    elif kind == Kind.MONTHLY_INDICATORS:
        first, name = today.replace(day=1), f"{today:%Y-%m}"
    else:
        tertial = Tertial.ended_before(today)
        first, name = tertial.last_day + dt.timedelta(days=1), str(tertial)
        if today - first > TERTIAL_MADE_UP:
            return ""
    return name if at >= periods.at(first, SENT_AT) else ""


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
