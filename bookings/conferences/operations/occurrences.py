"""Each day of a wish by itself: what of it cannot be had, and why, before anything is booked. Takes nothing."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bookings.conferences.operations import choosing, taking
from bookings.conferences.operations.choosing import Choice
from bookings.conferences.operations.taking import Clash
from bookings.conferences.wishes import ConferenceWish
from navet.accounts.actor import Actor
from navet.errors import Refused


@dataclass(frozen=True)
class Occurrence:
    """`reasons` it cannot be had, for whoever books; none: it is free."""

    date: dt.date
    reasons: list[str]

    @property
    def is_free(self) -> bool:
        return not self.reasons


def look(wish: ConferenceWish, *, by: Actor | None, at: dt.datetime) -> list[Occurrence]:
    """Every day of the wish, in a number of queries that does not grow with them. In the active language. Raises BadDays,
    DietsDoNotFit."""
    tried = choosing.each(wish, by=by, at=at)
    days = tuple(one for one in tried if not isinstance(one, Refused))
    reasons: dict[dt.date, list[str]] = defaultdict(list)
    if days:
        choice = Choice(wish, days)
        for clash in taking.seat(choice, taking.read(choice, at=at))[1]:
            reasons[clash.date].append(_said(clash))
    for day, one in zip(wish.days, tried, strict=True):
        if isinstance(one, Refused):
            reasons[day.date] = [str(one)]
    return [Occurrence(day.date, reasons[day.date]) for day in wish.days]


def _said(clash: Clash) -> str:
    """Without a word of who has it."""
    text = {
        "room": _("%(what)s is taken."),
        "closed": _("%(what)s is closed."),
        "add_on": _("No room or educator is free for %(what)s."),
    }[clash.why]
    return text % {"what": clash.name}
