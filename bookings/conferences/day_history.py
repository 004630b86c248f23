"""How the days of a reservation have changed: when, rooms, packages, add-ons and numbers, as the audit trail keeps their rows.

The rows of one transaction have one time in the trail, so the days of a moment are those rows that were written by then and not
taken away by then.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from bookings.conferences.models import AddOn, ConferencePackage, DayPart, Reservation, RoomOffer
from navet import periods
from navet.house.models import Furnishing, Occasion
from navet.pages import formats


@dataclass(frozen=True)
class Day:
    """One day as it was at a moment, in words; its date is the key of `Days`."""

    time: str
    rooms: str
    package: str
    add_ons: str
    persons: str


Days = dict[dt.date, Day]
ASPECTS: tuple[tuple[Callable[[], str], Callable[[Day], str]], ...] = (
    (lambda: _("Time"), lambda day: day.time),
    (lambda: _("Rooms"), lambda day: day.rooms),
    (lambda: _("Package"), lambda day: day.package),
    (lambda: _("Add-ons"), lambda day: day.add_ons),
    (lambda: _("Persons"), lambda day: day.persons),
)


class Trail:
    """Of one reservation, read at once: eight queries, whatever its number of days and changes."""

    def __init__(self, reservation: Reservation) -> None:
        self._days = _events("ReservationDayEvent", reservation=reservation.pk)
        days = {one.pgh_obj_id for one in self._days}
        self._rooms = _events("ReservedRoomEvent", day__in=days)
        self._additions = _events("AdditionEvent", day__in=days)

    def at(self, moment: dt.datetime) -> Days:
        """The days as they stood when the transaction of that time was done."""
        made = {
            one.pgh_obj_id: one
            for one in self._days
            if one.pgh_label == "insert" and one.pgh_created_at <= moment
        }
        # A change that moves anything writes all days anew: until November 2026 the trail did not say that the old ones went.
        anew = max((one.pgh_created_at for one in made.values() if one.position == 0), default=moment)
        days = [one for one in _standing(self._days, moment) if made[one.pgh_obj_id].pgh_created_at >= anew]
        rooms, additions = _standing(self._rooms, moment), _standing(self._additions, moment)
        return {
            self._dates[one.occasion_id]: self._day(
                one,
                [room for room in rooms if room.day_id == one.pgh_obj_id],
                [addition for addition in additions if addition.day_id == one.pgh_obj_id],
            )
            for one in sorted(days, key=lambda one: one.position)
            if one.occasion_id in self._dates
        }

    def _day(self, day: Any, rooms: Iterable[Any], additions: Iterable[Any]) -> Day:
        return Day(
            time=self._time(day),
            rooms=", ".join(sorted(f"{self._named(one.offer_id, self._offers)} ({_furnishing(one)})" for one in rooms)),
            package=self._named(day.package_id, self._packages),
            add_ons=", ".join(sorted(self._add_on(one) for one in additions)),
            persons=str(day.persons or ""),
        )  # fmt: skip

    def _time(self, day: Any) -> str:
        part = self._named(day.part_id, self._parts)
        return (
            _("%(part)s and %(hours)s h more") % {"part": part, "hours": day.extra_hours}
            if day.extra_hours
            else part
        )

    def _add_on(self, one: Any) -> str:
        clock = f"{formats.local_time(one.starts_at)} " if one.starts_at else ""
        return f"{clock}{self._named(one.add_on_id, self._add_ons)} ({one.persons})"

    def _named(self, key: int | None, names: dict[int, str]) -> str:
        return names.get(key, "") if key else ""

    @cached_property
    def _dates(self) -> dict[int, dt.date]:
        found = Occasion.objects.filter(pk__in={one.occasion_id for one in self._days})
        return {one.pk: periods.local_day(one.starts_at) for one in found}

    @cached_property
    def _parts(self) -> dict[int, str]:
        return {one.pk: str(one) for one in DayPart.objects.all()}

    @cached_property
    def _offers(self) -> dict[int, str]:
        return {one.pk: str(one) for one in RoomOffer.objects.select_related("room")}

    @cached_property
    def _packages(self) -> dict[int, str]:
        return {one.pk: str(one) for one in ConferencePackage.objects.all()}

    @cached_property
    def _add_ons(self) -> dict[int, str]:
        return {one.pk: str(one) for one in AddOn.objects.all()}


def changes(before: Days, after: Days) -> Iterator[str]:
    """Days taken away and added; then what is otherwise on those that stay, the same change of several days once."""
    if gone := before.keys() - after.keys():
        yield _("Days taken away: %(days)s") % {"days": _dates(gone)}
    if more := after.keys() - before.keys():
        yield _("Days added: %(days)s") % {"days": _dates(more)}
    stay = sorted(before.keys() & after.keys())
    for label, told in ASPECTS:
        found: dict[tuple[str, str], list[dt.date]] = {}
        for date in stay:
            if told(before[date]) != told(after[date]):
                found.setdefault((told(before[date]), told(after[date])), []).append(date)
        for (old, new), dates in found.items():
            where = "" if len(dates) == len(after) else f" {_dates(dates)}"
            yield f"{label()}{where}: {old or '–'} → {new or '–'}"


def _dates(dates: Iterable[dt.date]) -> str:
    return ", ".join(formats.local_date(date, "day") for date in sorted(dates))


def _furnishing(room: Any) -> str:
    return str(Furnishing.Kind(room.furnishing).label).lower()


def _events(model: str, **of: Any) -> list[Any]:
    manager = apps.get_model("conferences", model)._default_manager
    return list(manager.filter(**of).order_by("pgh_created_at", "pgh_id"))


def _standing(events: list[Any], moment: dt.datetime) -> list[Any]:
    """The latest of each row by then, without those that were taken away."""
    latest = {one.pgh_obj_id: one for one in events if one.pgh_created_at <= moment}
    return [one for one in latest.values() if one.pgh_label != "delete"]
