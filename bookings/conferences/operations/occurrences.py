"""Each day of a wish by itself: what of it cannot be had, and why, before anything is booked. Takes nothing."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bookings.conferences.models import Reservation
from bookings.conferences.operations import choosing, taking
from bookings.conferences.operations.choosing import Choice
from bookings.conferences.operations.taking import Clash
from bookings.conferences.wishes import ConferenceWish
from navet import periods
from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.house.models import Room, RoomUse
from navet.pages import formats


@dataclass(frozen=True)
class Occurrence:
    """`reasons` it cannot be had, for whoever books; none: it is free."""

    date: dt.date
    reasons: list[str]

    @property
    def is_free(self) -> bool:
        return not self.reasons


def look(wish: ConferenceWish, *, by: Actor | None, at: dt.datetime) -> list[Occurrence]:
    """Every day of the wish, in a number of queries that does not grow with them. In the active language.

    Staff are told what has a room that is taken; nobody else is. Raises BadDays, DietsDoNotFit.
    """
    tried = choosing.each(wish, by=by, at=at)
    days = tuple(one for one in tried if not isinstance(one, Refused))
    reasons: dict[dt.date, list[str]] = defaultdict(list)
    if days:
        choice = Choice(wish, days)
        clashes = taking.seat(choice, taking.read(choice, at=at))[1]
        holders = _holders(choice, clashes, at=at) if _may_know(by) else {}
        for clash in clashes:
            reasons[clash.date].append(_said(clash, holders.get(clash, [])))
    for day, one in zip(wish.days, tried, strict=True):
        if isinstance(one, Refused):
            reasons[day.date] = [str(one)]
    return [Occurrence(day.date, reasons[day.date]) for day in wish.days]


def _may_know(by: Actor | None) -> bool:
    return by is not None and by.has_capability(Reservation.SEEN_BY)


def _holders(choice: Choice, clashes: list[Clash], *, at: dt.datetime) -> dict[Clash, list[str]]:
    """What has the rooms that are taken, and when; one query."""
    rooms = {one.offer.room.slug: one.offer.room for day in choice.days for one in day.rooms}
    taken = [clash for clash in clashes if clash.why == "room"]
    if not taken:
        return {}
    first, last = min(one.period.lower for one in taken), max(one.period.upper for one in taken)
    span = periods.period(first, last + max(_turnaround(room) for room in rooms.values()))
    uses = RoomUse.objects.filter(holds=True, period__overlap=span).exclude(occasion__holds_until__lte=at)
    kept = list(uses.select_related("occasion").order_by("period", "pk"))
    return {clash: _named(clash, rooms[clash.what], kept) for clash in taken}


def _named(clash: Clash, room: Room, uses: list[RoomUse]) -> list[str]:
    cells, until = {cell.pk for cell in room.cells.all()}, clash.period.upper + _turnaround(room)
    found = [
        use.occasion
        for use in uses
        if use.cell_id in cells and use.period.lower < until and clash.period.lower < use.period.upper
    ]
    return list(dict.fromkeys(
        f"{one.title} {formats.local_time(one.starts_at)}–{formats.local_time(one.ends_at)}" for one in found
    ))  # fmt: skip


def _turnaround(room: Room) -> dt.timedelta:
    return dt.timedelta(minutes=room.turnaround_minutes)


def _said(clash: Clash, holders: list[str]) -> str:
    """Why it is closed, as the house says it; who has it, for those alone who see bookings."""
    if clash.said:
        return clash.said
    if clash.why != "room":
        return _("No room or educator is free for %(what)s.") % {"what": clash.name}
    if holders:
        return _("%(what)s is taken: %(by)s.") % {"what": clash.name, "by": ", ".join(holders)}
    return _("%(what)s is taken.") % {"what": clash.name}
