"""When something was tapped, as told by a desk that was without a network: believed within its day, never ahead of us."""

import datetime as dt
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.accounts import actor
from navet.accounts.actor import Actor
from navet.errors import Refused
from visitors import rules

# A tap that takes longer to reach us was made without a network: whoever came then has been inside for as long.
AT_ONCE = dt.timedelta(minutes=1)
# By then the desk's page has said that the tap waits for the network (LIST_AT_ONCE in offline.js, and a clock a little off).
WAITED = dt.timedelta(seconds=5)


class FromTheFuture(Refused):
    code = "in_the_future"

    def __init__(self, field: str) -> None:
        super().__init__(_("The device's clock is ahead of ours. Set its clock, and enter this again."))
        self.field = field


class FromAnotherDay(Refused):
    code = "not_the_same_day"

    def __init__(self, field: str) -> None:
        super().__init__(
            _("This was tapped on another day. Only what happened today can be entered at the desk.")
        )
        self.field = field


def of_tap(told: dt.datetime | None, *, now: dt.datetime, field: str) -> dt.datetime:
    """The moment to enter a tap at: the one told, or `now` where none is told or clocks differ a little.

    Raises FromTheFuture, FromAnotherDay (another date in Borås), naming `field`.
    """
    if told is None:
        return now
    if told > now + rules.minutes("clock_drift_minutes"):
        raise FromTheFuture(field)
    if periods.local_day(told) != periods.local_day(now):
        raise FromAnotherDay(field)
    return min(told, now)


def told_later(at: dt.datetime, *, now: dt.datetime) -> bool:
    """Whether the people of a tap at `at` were inside long before it reached us; a desk's every tap says when it was."""
    return now - at > AT_ONCE


def through(by: Actor, at: dt.datetime, *, now: dt.datetime) -> Actor:
    """Who enters a tap of `at` that reaches us `now`: through the door `actor.OFFLINE` where it waited for the network."""
    return replace(by, via=actor.OFFLINE) if now - at > WAITED else by
