"""What must be true of a time, its rooms and its educators before the house takes them. Reads only."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.house import refusals
from navet.house.calendar import HOUSE, PUBLIC, HouseCalendar, HouseDay
from navet.house.models import Cell, Duty, Occasion, Room, RoomUse
from navet.pages import formats

LONGEST = dt.timedelta(days=31)
# What goes by the public's opening hours; all else by those for schools and bookings.
PUBLIC_KINDS = {Occasion.Kind.PUBLIC, Occasion.Kind.GROUP_VISIT}


def check_period(period: DateTimeTZRange) -> None:
    """Refuses a period that is empty, open, without time zone or too long."""
    start, end = period.lower, period.upper
    whole = start is not None and end is not None and start.tzinfo is not None and end.tzinfo is not None
    if not whole or period.isempty or not dt.timedelta(0) < end - start <= LONGEST or period.bounds != "[)":
        raise refusals.BadPeriod


def check_open(period: DateTimeTZRange, kind: str, cells: Iterable[int], calendar: HouseCalendar) -> None:
    """Refuses closed days and hours. Internal work goes on while the house is closed."""
    if kind == Occasion.Kind.INTERNAL:
        return
    first, last = periods.local_day(period.lower), periods.local_day(period.upper)
    cells = list(cells)
    for date in periods.dates(first, last + dt.timedelta(days=1)):
        _check_room_closures(date, cells, calendar)
    audience = PUBLIC if kind in PUBLIC_KINDS else HOUSE
    day = calendar.day(first, audience)
    if day.closed_by:
        raise refusals.HouseClosed(
            _("The house is closed on %(day)s: %(reason)s.")
            % {"day": formats.local_date(first, "long"), "reason": day.closed_by},
            reason=day.closed_by,
        )
    if not calendar.is_open(period, audience):
        raise refusals.OutsideOpeningHours(_hours_sentence(day), hours=hours_of(day))


def _check_room_closures(date: dt.date, cells: list[int], calendar: HouseCalendar) -> None:
    closure = calendar.closure_on(date, cells)
    if closure and closure.room:
        raise refusals.RoomClosed(
            _("%(room)s is closed on %(day)s: %(reason)s.")
            % {"room": closure.room, "day": formats.local_date(date, "long"), "reason": closure.reason},
            reason=closure.reason,
            room=closure.room.name,
        )


def hours_of(day: HouseDay) -> list[str]:
    """The day's hours as "HH:MM–HH:MM"."""
    return [clock_span(hours) for hours in day.hours]


def clock_span(period: DateTimeTZRange) -> str:
    """ "09:00–10:30" in Borås."""
    start, end = (moment.astimezone(periods.HOUSE_ZONE) for moment in (period.lower, period.upper))
    return f"{start:%H:%M}–{end:%H:%M}"


def _hours_sentence(day: HouseDay) -> str:
    if not day.hours:
        return _("The house is not open on %(day)s.") % {"day": formats.local_date(day.date, "long")}
    said = {"hours": ", ".join(hours_of(day)), "day": formats.local_date(day.date, "long")}
    return _("The house is open %(hours)s on %(day)s.") % said


def usable_rooms(rooms: Iterable[Room]) -> list[Room]:
    """The rooms as they are now, with their cells. Refuses those that are gone, inactive or without cells."""
    wanted = {room.pk for room in rooms}
    found = list(Room.objects.filter(pk__in=wanted).prefetch_related("cells").order_by("slug"))
    if len(found) < len(wanted):
        raise refusals.NoSuchRoom
    for room in found:
        if not room.is_active:
            raise refusals.RoomInactive(_("%(room)s is not in use.") % {"room": room}, room=room.name)
        if not room.cells.all():
            raise refusals.RoomWithoutCells(room=room.name)
    return found


def lock_cells(rooms: Iterable[Room]) -> None:
    """Queue for the rooms' cells, ascending. An exclusion constraint alone may deadlock: each party sees the other's row."""
    ids = sorted({cell.pk for room in rooms for cell in room.cells.all()})
    list(Cell.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def lock_educators(educators: Iterable[User]) -> list[User]:
    """Queue for the educators, ascending, and return them as they are now. Refuses those who have left."""
    wanted = {educator.pk for educator in educators}
    found = list(User.objects.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True))
    for user in found:
        if not user.is_active:
            raise refusals.EducatorInactive(
                _("%(educator)s no longer works here.") % {"educator": user}, educator=str(user)
            )
    if len(found) < len(wanted):
        raise refusals.EducatorInactive
    return found


def has_run_out(occasion: Occasion, at: dt.datetime) -> bool:
    """Whether the option on it is over: whatever it holds is anybody's."""
    return occasion.holds_until is not None and occasion.holds_until <= at


def check_rooms_free(uses: Sequence[RoomUse], by: Actor | None, at: dt.datetime) -> None:
    """Refuses, in the polite way, what the constraint would refuse, and lets go what an option that ran out still holds. One query."""
    if not uses:
        return
    wanted = {use.cell_id: use for use in uses}
    widest = max((use.period for use in uses), key=lambda period: period.upper)
    others = (
        RoomUse.objects.filter(cell__in=wanted, holds=True, period__overlap=widest)
        .exclude(occasion=uses[0].occasion_id)
        .select_related("occasion")
        .order_by("period", "pk")
    )
    over = []
    for other in others:
        mine = wanted[other.cell_id]
        if other.period.lower < mine.period.upper and mine.period.lower < other.period.upper:
            if not has_run_out(other.occasion, at):
                raise room_taken(mine.room, other, by)
            over.append(other.pk)
    if over:
        RoomUse.objects.filter(pk__in=over).update(holds=False)


def room_taken(room: Room, other: RoomUse, by: Actor | None) -> refusals.RoomTaken:
    facts = {"room": room.name, "time": clock_span(other.period)}
    if not names_others(by):
        return refusals.RoomTaken(_("%(room)s is taken %(time)s.") % facts, **facts)
    facts["other"] = other.occasion.title
    message = _("%(room)s is taken %(time)s by “%(other)s”, turnaround included.") % facts
    return refusals.RoomTaken(message, other_id=other.occasion_id, **facts)


def check_educators_free(duties: Sequence[Duty], by: Actor | None, at: dt.datetime) -> None:
    """The same for educators. One query."""
    if not duties:
        return
    others = (
        Duty.objects.filter(
            educator__in=[duty.educator_id for duty in duties], holds=True, period__overlap=duties[0].period
        )
        .exclude(occasion=duties[0].occasion_id)
        .select_related("occasion", "educator")
        .order_by("period", "pk")
    )
    for other in others:
        if not has_run_out(other.occasion, at):
            raise educator_busy(other, by)
        Duty.objects.filter(pk=other.pk).update(holds=False)


def educator_busy(other: Duty, by: Actor | None) -> refusals.EducatorBusy:
    if not names_others(by):
        return refusals.EducatorBusy()
    facts = {
        "educator": str(other.educator),
        "time": clock_span(other.period),
        "other": other.occasion.title,
    }
    message = _("%(educator)s is busy %(time)s with “%(other)s”.") % facts
    return refusals.EducatorBusy(message, other_id=other.occasion_id, **facts)


def names_others(by: Actor | None) -> bool:
    """Whether this person may know what else goes on in the house: those who may see the day list."""
    return by is not None and by.has_capability("arrivals.view")
