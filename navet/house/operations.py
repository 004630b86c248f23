"""Plan, move and cancel what happens in the house.

Lock order: occasion row -> cells, ascending -> educators, ascending. Whoever plans several occasions in one
transaction calls `lock_places` with all their rooms and educators first.
"""

import datetime as dt
import functools
from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.errors import Refused
from navet.house import refusals, rules
from navet.house.calendar import HouseCalendar, around
from navet.house.models import Duty, Occasion, Room, RoomUse

OVERRIDE = "schools.override"
_CLASHES: dict[str, type[Refused]] = {
    "one_party_in_a_cell_at_a_time": refusals.RoomTaken,
    "one_educator_in_one_place_at_a_time": refusals.EducatorBusy,
}
P = ParamSpec("P")
R = TypeVar("R")


def _constraints_refuse(operation: Callable[P, R]) -> Callable[P, R]:
    """Turn what PostgreSQL refused, after the operation was rolled back, into the refusal it means."""

    @functools.wraps(operation)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return operation(*args, **kwargs)
        except IntegrityError as error:
            diagnosis = getattr(error.__cause__, "diag", None)
            refusal = _CLASHES.get(getattr(diagnosis, "constraint_name", None) or "")
            if refusal is None:
                raise
            raise refusal from error

    return guarded


def lock(occasion_id: int) -> Occasion:
    """Lock and return the occasion: THE lock for counting its places. Raises NoSuchOccasion."""
    try:
        return Occasion.objects.select_for_update(no_key=True).get(pk=occasion_id)
    except Occasion.DoesNotExist:
        raise refusals.NoSuchOccasion from None


def lock_places(*, rooms: Iterable[Room], educators: Iterable[User]) -> None:
    """Queue for rooms and educators in the agreed order, before planning several occasions in one transaction."""
    rules.lock_cells(rules.usable_rooms(rooms))
    rules.lock_educators(educators)


@_constraints_refuse
@transaction.atomic
def plan_occasion(
    *,
    kind: str,
    title_sv: str,
    title_en: str,
    period: DateTimeTZRange,
    capacity: int | None,
    max_groups: int | None,
    rooms: Iterable[Room],
    educators: Iterable[User],
    override_reason: str = "",
    calendar: HouseCalendar | None = None,
    holds_until: dt.datetime | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> Occasion:
    """Put an occasion into the house and hold its rooms, turnaround included, and its educators.

    `override_reason` lets a planner go outside opening hours and closures, never into a taken room. `calendar`, read
    beforehand for many days, saves three queries. `holds_until` makes it an option. Raises the refusals of `navet.house.refusals`; nothing is kept then.
    """
    rules.check_period(period)
    found = rules.usable_rooms(rooms)
    _check_open(period, kind, found, override_reason, calendar, by)
    occasion = Occasion.objects.create(
        kind=kind,
        title_sv=title_sv,
        title_en=title_en,
        period=period,
        capacity=capacity,
        max_groups=max_groups,
        override_reason=override_reason,
        holds_until=holds_until,
        created_by=by.user if by else None,
    )
    _take(occasion, found, educators, by, at)
    return occasion


@_constraints_refuse
@transaction.atomic
def move_occasion(
    occasion: Occasion,
    *,
    period: DateTimeTZRange | None = None,
    rooms: Iterable[Room] | None = None,
    educators: Iterable[User] | None = None,
    override_reason: str = "",
    calendar: HouseCalendar | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> Occasion:
    """Give an occasion another time, other rooms or other educators; what is None stays. Raises as plan_occasion."""
    moved = lock(occasion.pk)
    if moved.status == Occasion.Status.CANCELLED:
        raise refusals.OccasionIsCancelled
    moved.period = moved.period if period is None else period
    rules.check_period(moved.period)
    found = rules.usable_rooms(rooms_of(moved) if rooms is None else rooms)
    leading = User.objects.filter(duties__occasion=moved) if educators is None else educators
    leading = list(leading)
    if period is not None or rooms is not None:
        _check_open(moved.period, moved.kind, found, override_reason, calendar, by)
        moved.override_reason = override_reason
    moved.version += 1
    moved.save(update_fields=["period", "override_reason", "version"])
    moved.room_uses.all().delete()
    moved.duties.all().delete()
    _take(moved, found, leading, by, at)
    return moved


@transaction.atomic
def cancel_occasion(occasion: Occasion, *, reason: str = "", by: Actor | None, at: dt.datetime) -> Occasion:
    """Call an occasion off and free its rooms and educators. One already cancelled is returned as it is."""
    cancelled = lock(occasion.pk)
    if cancelled.status == Occasion.Status.CANCELLED:
        return cancelled
    cancelled.status = Occasion.Status.CANCELLED
    cancelled.cancelled_at = at
    cancelled.cancel_reason = reason
    cancelled.version += 1
    cancelled.save(update_fields=["status", "cancelled_at", "cancel_reason", "version"])
    cancelled.room_uses.update(holds=False)
    cancelled.duties.update(holds=False)
    return cancelled


@_constraints_refuse
@transaction.atomic
def hold(occasion: Occasion, *, until: dt.datetime | None, by: Actor | None, at: dt.datetime) -> Occasion:
    """Hold it until then, None: for good. What an option that ran out, or was called off, had lost is taken again.

    Whoever holds several calls `lock_places` with all their rooms and educators first. Raises RoomTaken, EducatorBusy.
    """
    held = lock(occasion.pk)
    rooms, educators = rooms_of(held), list(User.objects.filter(duties__occasion=held))
    lock_places(rooms=rooms, educators=educators)
    is_whole = held.status == Occasion.Status.PLANNED and not (
        held.room_uses.filter(holds=False).exists() or held.duties.filter(holds=False).exists()
    )
    held.status, held.cancelled_at, held.cancel_reason = Occasion.Status.PLANNED, None, ""
    held.holds_until = until
    held.version += 1
    held.save(update_fields=["status", "cancelled_at", "cancel_reason", "holds_until", "version"])
    if not is_whole:
        held.room_uses.all().delete()
        held.duties.all().delete()
        _take(held, rooms, educators, by, at)
    return held


def rooms_of(occasion: Occasion) -> list[Room]:
    """The rooms the occasion uses or, if cancelled, would have used."""
    return list(Room.objects.filter(uses__occasion=occasion).distinct().order_by("slug"))


def _check_open(
    period: DateTimeTZRange,
    kind: str,
    rooms: list[Room],
    override_reason: str,
    calendar: HouseCalendar | None,
    by: Actor | None,
) -> None:
    if override_reason:
        if by is None or not by.has_capability(OVERRIDE):
            raise refusals.OverrideNotAllowed
        return
    cells = {cell.pk for room in rooms for cell in room.cells.all()}
    usable = calendar if calendar and calendar.covers(period) else around(period)
    rules.check_open(period, kind, cells, usable)


def _take(
    occasion: Occasion, rooms: list[Room], educators: Iterable[User], by: Actor | None, at: dt.datetime
) -> None:
    """Hold rooms and educators for the occasion: lock, look, then insert."""
    rules.lock_cells(rooms)
    uses = _uses(occasion, rooms)
    rules.check_rooms_free(uses, by, at)
    RoomUse.objects.bulk_create(uses)
    leading = rules.lock_educators(educators)
    duties = [Duty(occasion=occasion, educator=user, period=occasion.period) for user in leading]
    rules.check_educators_free(duties, by, at)
    Duty.objects.bulk_create(duties)


def _uses(occasion: Occasion, rooms: list[Room]) -> list[RoomUse]:
    """One use per cell, ascending. Where rooms share a cell, the longer turnaround holds it."""
    by_cell: dict[int, Room] = {}
    for room in sorted(rooms, key=lambda room: room.turnaround_minutes):
        by_cell |= {cell.pk: room for cell in room.cells.all()}
    return [
        RoomUse(
            occasion=occasion,
            room=room,
            cell_id=cell_id,
            period=DateTimeTZRange(
                occasion.period.lower,
                occasion.period.upper + dt.timedelta(minutes=room.turnaround_minutes),
                "[)",
            ),
        )
        for cell_id, room in sorted(by_cell.items())
    ]
