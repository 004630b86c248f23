"""Plan sessions over a term; what could not be made is kept with its reason and can be tried again."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bookings.schools.models import Series, SeriesGap, Session
from bookings.schools.operations import educators as teaching
from bookings.schools.operations import foresight, sessions
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.directory.models import SchoolPeriod
from navet.errors import Refused
from navet.house import operations as house
from navet.house.calendar import HouseCalendar
from navet.house.models import Occasion, Room

LONGEST_REASON = 300


class NothingLeft(Refused):
    code = "nothing_left"
    message = _("The series has no sessions to come.")


class GapIsFilled(Refused):
    code = "gap_is_filled"
    message = _("Somebody has already filled this gap.")


@transaction.atomic
def plan_series(plan: foresight.Plan, *, by: Actor | None, at: dt.datetime) -> Series:
    """Make every occurrence that can be made and keep a SeriesGap for each that cannot.

    Each occurrence stands alone: one that clashes undoes no other. Each educator gets one mail with all of them.
    Raises only what would be wrong with all of them.
    """
    starts = foresight.check(plan, by=by, at=at)
    house.lock_places(rooms=plan.rooms, educators=plan.educators)
    series = Series.objects.create(
        programme=plan.programme,
        first_date=plan.first_date,
        last_date=plan.last_date,
        weekdays=sorted(set(plan.weekdays)),
        times=sorted(set(plan.times)),
        week_interval=plan.week_interval,
        created_by=by.user if by else None,
    )
    calendar = HouseCalendar.between(plan.first_date, plan.last_date + dt.timedelta(days=2))
    without = foresight.left_out(plan)
    gaps = [_make(series, start, plan, calendar, without, by, at) for start in starts]
    SeriesGap.objects.bulk_create([gap for gap in gaps if gap])
    made = series.sessions.select_related("occasion").order_by("occasion__period", "pk")
    teaching.tell(teaching.PLANNED, teaching.leading(made), by=by, at=at)
    return series


def _make(
    series: Series,
    starts_at: dt.datetime,
    plan: foresight.Plan,
    calendar: HouseCalendar,
    without: Sequence[SchoolPeriod],
    by: Actor | None,
    at: dt.datetime,
) -> SeriesGap | None:
    """One occurrence in a savepoint of its own: the gap, if it could not be made."""
    try:
        if refusal := foresight.on_a_break(starts_at, without):
            raise refusal
        sessions.create_session(
            plan.programme,
            starts_at=starts_at,
            rooms=plan.rooms,
            educators=plan.educators,
            capacity=plan.capacity,
            max_groups=plan.max_groups,
            language=plan.language,
            release_at=plan.release_at,
            series=series,
            calendar=calendar,
            tells=False,
            by=by,
            at=at,
        )
    except Refused as refusal:
        code = foresight.code_of(refusal, starts_at)
        return SeriesGap(series=series, starts_at=starts_at, code=code, reason=str(refusal)[:LONGEST_REASON])
    return None


@transaction.atomic
def try_again(
    gap: SeriesGap,
    *,
    starts_at: dt.datetime | None = None,
    rooms: Sequence[Room],
    educators: Sequence[User] = (),
    language: str,
    release_at: dt.datetime | None = None,
    override_reason: str = "",
    by: Actor | None,
    at: dt.datetime,
) -> Session:
    """Make a missing occurrence after all, at its time or another; the gap is gone then. Raises as create_session."""
    series = Series.objects.select_related("programme").get(pk=gap.series_id)
    if not SeriesGap.objects.select_for_update().filter(pk=gap.pk).exists():
        raise GapIsFilled  # two planners at once
    session = sessions.create_session(
        series.programme,
        starts_at=starts_at or gap.starts_at,
        rooms=rooms,
        educators=educators,
        language=language,
        release_at=release_at,
        series=series,
        override_reason=override_reason,
        by=by,
        at=at,
    )
    gap.delete()
    return session


@transaction.atomic
def release_series(series: Series, *, release_at: dt.datetime, by: Actor | None, at: dt.datetime) -> int:
    """Let the sessions to come be booked from `release_at`; returns how many. Refuses a release after the first starts."""
    left = remaining(series, at=at)
    occasions = _locked(left)
    if release_at >= min(occasion.starts_at for occasion in occasions):
        raise sessions.ReleasedTooLate
    Occasion.objects.filter(pk__in=[occasion.pk for occasion in occasions]).update(version=F("version") + 1)
    return Session.objects.filter(pk__in=[occasion.pk for occasion in occasions]).update(
        release_at=release_at
    )


@transaction.atomic
def cancel_series(series: Series, *, reason: str, by: Actor | None, at: dt.datetime) -> int:
    """Call off the sessions to come, as `cancel_session` does one; returns how many. One mail to each educator."""
    left = remaining(series, at=at)
    _locked(left)
    called_off = [
        sessions.cancel_session(session, reason=reason, tells=False, by=by, at=at) for session in left
    ]
    in_time_order = sorted(called_off, key=lambda session: session.occasion.starts_at)
    teaching.tell(teaching.CANCELLED, teaching.leading(in_time_order), by=by, at=at)
    return len(left)


def remaining(series: Series, *, at: dt.datetime) -> list[Session]:
    """The series' planned sessions that have not begun, by ascending id: the order of locking."""
    return list(
        Session.objects.filter(
            series=series, occasion__status=Occasion.Status.PLANNED, occasion__period__startswith__gt=at
        ).order_by("pk")
    )


def _locked(left: Sequence[Session]) -> list[Occasion]:
    if not left:
        raise NothingLeft
    return [house.lock(session.pk) for session in left]


def default_educators(series: Series) -> list[User]:
    """Who leads the series' latest session: a proposal for one that is missing."""
    latest = series.sessions.order_by("-pk").first()
    return list(User.objects.filter(duties__occasion=latest.pk).order_by("pk")) if latest else []
