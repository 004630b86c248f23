"""Where an indicator stands against its target: what should have come by now, where the year will end, and in a word how it is."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visitors.insight import announced
from visitors.insight.forecast import Forecast, Year, forecast
from visitors.insight.history import History
from visitors.sums import Ahead


class Status(models.TextChoices):
    """By the rule that `rule` says."""

    MET = "met", gettext_lazy("Target met")
    ON_TRACK = "on_track", gettext_lazy("On the way")
    UNCERTAIN = "uncertain", gettext_lazy("Uncertain")
    BEHIND = "behind", gettext_lazy("Behind")
    MISSED = "missed", gettext_lazy("Target missed")
    UNKNOWN = "unknown", gettext_lazy("Cannot be said")


@dataclass(frozen=True)
class Outlook:
    """`expected_by_now` is what the target asks for by the day, spread as past years were; None without past years, as `forecast`."""

    expected_by_now: int | None
    forecast: Forecast | None
    status: Status


def rule() -> str:
    """How a status is decided, in the active language."""
    said = _(
        "Met: the outcome has reached the target. On the way: the forecast reaches it. Uncertain: only the upper end of the "
        "forecast's 80 % interval does. Behind: not even that. Missed: the year is over without it. Cannot be said: there is no "
        "earlier year to compare with, or no target."
    )
    return f"{said} {unusual()}"


def unusual() -> str:
    """What a dagger beside an interval means, in the active language."""
    return _(
        "† This year is unlike the earlier ones: what has come and what is booked do not agree, something has changed, or much "
        "was announced. The forecast is less sure than usual, and its interval wider."
    )


def outlook(
    code: str,
    *,
    history: History,
    target: int,
    booked: int | None,
    show_rate: float,
    count: Callable[[Sequence[Ahead]], int | None],
) -> Outlook:
    """Of one indicator. `booked` is what is booked ahead now, and `count` says how much of past bookings were of it."""
    daily = history.daily[code]
    past = [
        Year(year, days, count(history.ahead_before[year]) if year in history.ahead_before else None)
        for year, days in daily.items()
        if year < history.year
    ]
    so_far = daily[history.year]
    lifts = announced.lifts(history.announced, code, history.year)
    made = forecast(Year(history.year, so_far, booked), past, show_rate=show_rate, lifts=lifts)
    over = history.last_day >= dt.date(history.year, 12, 31)
    return Outlook(
        expected_by_now=None if made is None else round(target * made.expected_share),
        forecast=made,
        status=status(sum(so_far), target, made, over=over),
    )


def status(outcome: int, target: int, made: Forecast | None, *, over: bool) -> Status:
    """The rule itself."""
    if not target:
        return Status.UNKNOWN
    if outcome >= target:
        return Status.MET
    if over:
        return Status.MISSED
    if made is None:
        return Status.UNKNOWN
    if made.middle >= target:
        return Status.ON_TRACK
    return Status.UNCERTAIN if made.high >= target else Status.BEHIND
