"""What would become of each occurrence of a series, foreseen without writing: the house read once, then asked per occurrence."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from bookings.schools.models import Language, Programme
from bookings.schools.operations import sessions
from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.directory.models import Municipality, SchoolPeriod
from navet.errors import Refused
from navet.house import refusals, rules
from navet.house.calendar import HouseCalendar
from navet.house.models import Duty, Occasion, Room, RoomUse

MOST_OCCURRENCES = 500
LONGEST_DAYS = 400


class NothingToPlan(Refused):
    code = "nothing_to_plan"
    field = "weekdays"
    message = _("No day between the dates falls on the chosen weekdays and weeks.")


class SeriesTooLong(Refused):
    code = "series_too_long"
    status = 400
    field = "last_date"
    message = _("A series is at most 400 days and 500 sessions long.")


class SeriesEndsBeforeItStarts(Refused):
    code = "series_ends_before_it_starts"
    status = 400
    field = "last_date"
    message = _("The last date is before the first.")


class OnABreak(Refused):
    code = "school_break"


@dataclass(frozen=True)
class Plan:
    """A series to be: both dates included, Monday is 0, times on the wall in Borås.

    `skip_breaks_of`: days on which that municipality's schools have a break are left out; all its breaks, or only
    those whose ids are in `breaks`. Days between two of its terms are left out too: no row names Christmas or summer.
    """

    programme: Programme
    first_date: dt.date
    last_date: dt.date
    weekdays: Sequence[int]
    times: Sequence[dt.time]
    rooms: Sequence[Room]
    educators: Sequence[User] = ()
    week_interval: int = 1
    capacity: int | None = None
    max_groups: int | None = None
    language: str = Language.SWEDISH
    release_at: dt.datetime | None = None
    skip_breaks_of: Municipality | None = None
    breaks: Sequence[int] | None = None


@dataclass(frozen=True)
class Occurrence:
    """A time of the series, and why it cannot be made; no refusal means it can."""

    starts_at: dt.datetime
    refusal: Refused | None = None

    @property
    def code(self) -> str:
        return code_of(self.refusal, self.starts_at) if self.refusal else ""

    @property
    def reason(self) -> str:
        return str(self.refusal) if self.refusal else ""


def code_of(refusal: Refused, starts_at: dt.datetime) -> str:
    """The stable code of a gap: the refusal's own, except that a holiday is told from a closure."""
    holiday = periods.holiday_name(periods.local_day(starts_at))
    on_holiday = (
        holiday and refusal.code == refusals.HouseClosed.code and refusal.extra.get("reason") == holiday
    )
    return "public_holiday" if on_holiday else refusal.code


def check(plan: Plan, *, by: Actor | None, at: dt.datetime) -> list[dt.datetime]:
    """The times of the series in order. Refuses what would be wrong with every one of them."""
    if plan.last_date < plan.first_date:
        raise SeriesEndsBeforeItStarts
    if (plan.last_date - plan.first_date).days > LONGEST_DAYS:
        raise SeriesTooLong
    starts = list(_starts(plan))
    if not starts:
        raise NothingToPlan
    if len(starts) > MOST_OCCURRENCES:
        raise SeriesTooLong
    sessions.check_resources(plan.programme, plan.rooms, plan.educators, plan.language, "", by)
    if plan.release_at and plan.release_at >= starts[-1]:
        raise sessions.ReleasedTooLate
    sessions.size_of(plan.programme, plan.capacity, plan.max_groups)
    return starts


def _starts(plan: Plan) -> Iterator[dt.datetime]:
    first_monday = plan.first_date - dt.timedelta(days=plan.first_date.weekday())
    for day in periods.dates(plan.first_date, plan.last_date + dt.timedelta(days=1)):
        week = (day - first_monday).days // 7
        if day.weekday() in plan.weekdays and week % plan.week_interval == 0:
            yield from (periods.at(day, clock) for clock in sorted(set(plan.times)))


def breaks_of(municipality: Municipality | None, first: dt.date, last: dt.date) -> list[SchoolPeriod]:
    """The municipality's school breaks that touch the dates, both included."""
    if municipality is None:
        return []
    return list(
        SchoolPeriod.objects.filter(
            municipality=municipality,
            kind=SchoolPeriod.Kind.BREAK,
            days__overlap=periods.date_range(first, last),
        ).order_by("days", "pk")
    )


def chosen_breaks(plan: Plan) -> list[SchoolPeriod]:
    """The breaks that the series leaves out."""
    found = breaks_of(plan.skip_breaks_of, plan.first_date, plan.last_date)
    return found if plan.breaks is None else [one for one in found if one.pk in plan.breaks]


def left_out(plan: Plan) -> list[SchoolPeriod]:
    """The chosen breaks and, in time order, the terms that the municipality's calendar knows: what `on_a_break` asks."""
    if plan.skip_breaks_of is None:
        return []
    terms = SchoolPeriod.objects.filter(municipality=plan.skip_breaks_of, kind=SchoolPeriod.Kind.TERM)
    return [*chosen_breaks(plan), *terms.order_by("days", "pk")]


def on_a_break(starts_at: dt.datetime, left_out: Sequence[SchoolPeriod]) -> OnABreak | None:
    """The refusal of a time on a break or between two known terms; before the first and after the last nothing is known."""
    day = periods.local_day(starts_at)
    terms = [one.days for one in left_out if one.kind == SchoolPeriod.Kind.TERM]
    for one in left_out:
        if one.kind == SchoolPeriod.Kind.BREAK and day in one.days:
            return OnABreak(_("School break: %(name)s.") % {"name": one.name})
    known = any(days.lower <= day for days in terms) and any(day < days.upper for days in terms)
    if known and not any(day in days for days in terms):
        return OnABreak(_("School break: between two terms."))
    return None


@dataclass
class Diary:
    """The house between two dates: when it is open, and who holds the plan's cells and educators. Six queries."""

    calendar: HouseCalendar
    rooms: list[Room]
    uses: list[RoomUse]
    duties: list[Duty]
    cells: dict[int, Room] = field(default_factory=dict)

    @classmethod
    def read(cls, plan: Plan) -> "Diary":
        end = plan.last_date + dt.timedelta(days=2)
        span = DateTimeTZRange(periods.day_bounds(plan.first_date)[0], periods.day_bounds(end)[1], "[)")
        rooms = rules.usable_rooms(plan.rooms)
        cells: dict[int, Room] = {}
        for room in sorted(rooms, key=lambda room: room.turnaround_minutes):
            cells |= {cell.pk: room for cell in room.cells.all()}
        held = {"holds": True, "period__overlap": span}
        return cls(
            calendar=HouseCalendar.between(plan.first_date, end),
            rooms=rooms,
            uses=list(
                RoomUse.objects.filter(cell__in=cells, **held)
                .select_related("occasion")
                .order_by("period", "pk")
            ),
            duties=list(
                Duty.objects.filter(educator__in=plan.educators, **held)
                .select_related("occasion", "educator")
                .order_by("period", "pk")
            ),
            cells=dict(sorted(cells.items())),
        )

    def judge(self, period: DateTimeTZRange, by: Actor | None) -> None:
        """Refuses as `house.plan_occasion` would."""
        rules.check_open(period, Occasion.Kind.SCHOOL_SESSION, self.cells, self.calendar)
        for use in self.uses:
            room = self.cells.get(use.cell_id)
            if room and _overlap(use.period, _with_turnaround(period, room)):
                raise rules.room_taken(room, use, by)
        for duty in self.duties:
            if _overlap(duty.period, period):
                raise rules.educator_busy(duty, by)

    def enter(self, occasion: Occasion, educators: Sequence[User]) -> None:
        """Keep the rooms and educators of an occurrence that would be made."""
        self.uses += [
            RoomUse(
                occasion=occasion, room=room, cell_id=cell, period=_with_turnaround(occasion.period, room)
            )
            for cell, room in self.cells.items()
        ]
        self.uses.sort(key=lambda use: (use.period.lower, use.period.upper))
        self.duties += [Duty(occasion=occasion, educator=one, period=occasion.period) for one in educators]
        self.duties.sort(key=lambda duty: (duty.period.lower, duty.period.upper))


def _overlap(one: DateTimeTZRange, other: DateTimeTZRange) -> bool:
    return one.lower < other.upper and other.lower < one.upper


def _with_turnaround(period: DateTimeTZRange, room: Room) -> DateTimeTZRange:
    return periods.period(period.lower, period.upper + dt.timedelta(minutes=room.turnaround_minutes))


def preview(plan: Plan, *, by: Actor | None, at: dt.datetime) -> list[Occurrence]:
    """Every occurrence and whether it would be made, in time order; nothing is written. Eleven queries at any length."""
    starts = check(plan, by=by, at=at)
    diary, without = Diary.read(plan), left_out(plan)
    return [_foresee(starts_at, plan, diary, without, by, at) for starts_at in starts]


def _foresee(
    starts_at: dt.datetime,
    plan: Plan,
    diary: Diary,
    without: Sequence[SchoolPeriod],
    by: Actor | None,
    at: dt.datetime,
) -> Occurrence:
    programme = plan.programme
    period = periods.period(starts_at, starts_at + dt.timedelta(minutes=programme.length_minutes))
    try:
        if refusal := on_a_break(starts_at, without):
            raise refusal
        sessions.check_start(starts_at, plan.release_at or at, at)
        diary.judge(period, by)
    except Refused as refusal:
        return Occurrence(starts_at, refusal)
    occasion = Occasion(title_sv=programme.title_sv, title_en=programme.title_en, period=period)
    diary.enter(occasion, plan.educators)
    return Occurrence(starts_at)
