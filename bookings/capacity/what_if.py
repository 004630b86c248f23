"""What filling free places on school sessions would bring the year's pupils to. Pure arithmetic but for `read`.

The forecast already counts on more pupils than are booked: those it expects from now on, less those of the bookings who
usually come. They will sit on free places. So only what is filled beyond them is added, and of it only the share who
usually come. That errs on the side of less: the forecast also counts on sessions that are not planned yet.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.capacity import coming, lines
from bookings.capacity.rows import Kind, Row, Span
from navet import periods
from visitors import indicators
from visitors.indicators import Figure
from visitors.models import Category, Indicator

LEAST_FULL = 10


class Which(models.TextChoices):
    """Which sessions of the year are filled."""

    LEAST_FULL = "least_full", _("The ten least full that can be booked now")
    BOOKABLE = "bookable", _("Every session that can be booked now")
    ALL = "all", _("Every session to come this year, released or not")


@dataclass(frozen=True)
class Option:
    """`share` per cent of the free places on these sessions filled: so many more pupils than the forecast, and where it ends."""

    which: Which
    sessions: int
    places: int
    more: int
    result: int | None
    reaches_target: bool | None


@dataclass(frozen=True)
class WhatIf:
    """`forecast` is the middle of the year's, `low` and `high` its 80 % interval; None without earlier years, and then the
    results are too. `target` 0 is none.

    `counted_on` are the pupils beyond the bookings that the forecast expects, `counted_on_share` per cent of all free places
    to come. `show_rate` is the share of booked pupils who came in the last year; `is_rate_known` whether any were booked.
    """

    year: int
    share: int
    target: int
    forecast: int | None
    low: int | None
    high: int | None
    show_rate: float
    is_rate_known: bool
    counted_on: int
    counted_on_share: int
    options: list[Option]


def read(share: int, *, at: dt.datetime) -> WhatIf:
    """Of the year that `at` is in; `share` is per cent, 1 to 100."""
    today = periods.local_day(at)
    report = indicators.report(today.year, as_of=today, codes=[Indicator.PUPILS])
    (pupils,) = report.figures
    span = Span(at, periods.day_bounds(dt.date(today.year, 12, 31))[1], at)
    to_come = sorted(lines.school_sessions(span, {}), key=lambda row: (row.starts_at, row.occasion))
    sessions = [row for row in to_come if row.starts_at > at and row.free]
    rate = report.show_rates.get(Kind.SCHOOL_SESSION)
    return what_if(share, pupils=pupils, year=today.year, sessions=sessions, show_rate=rate)


def what_if(
    share: int, *, pupils: Figure, year: int, sessions: Sequence[Row], show_rate: float | None
) -> WhatIf:
    """`sessions` are those to come with free places; `show_rate` None where nobody was booked in the last year."""
    rate = 1.0 if show_rate is None else show_rate
    made = pupils.outlook.forecast
    ends = made.middle if made else None
    counted_on = max(0.0, (ends or 0) - pupils.outcome - (pupils.booked_ahead or 0) * rate)
    could_come = sum(row.free for row in sessions) * rate
    expected = min(1.0, counted_on / could_come) if could_come else 0.0
    beyond = max(0.0, share / 100 - expected) * rate if Category.PUPIL in pupils.categories else 0.0
    bookable = [row for row in sessions if row.bookable]
    chosen = {
        Which.LEAST_FULL: coming.least_full(sessions, most=LEAST_FULL),
        Which.BOOKABLE: bookable,
        Which.ALL: sessions,
    }
    return WhatIf(
        year=year,
        share=share,
        target=pupils.target,
        forecast=ends,
        low=made.low if made else None,
        high=made.high if made else None,
        show_rate=rate,
        is_rate_known=show_rate is not None,
        counted_on=round(counted_on),
        counted_on_share=round(100 * expected),
        options=[_option(which, rows, beyond, ends, pupils.target) for which, rows in chosen.items()],
    )


def _option(which: Which, rows: Sequence[Row], beyond: float, ends: int | None, target: int) -> Option:
    places = sum(row.free for row in rows)
    more = round(places * beyond)
    result = None if ends is None else ends + more
    return Option(
        which, len(rows), places, more, result, None if result is None or not target else result >= target
    )
