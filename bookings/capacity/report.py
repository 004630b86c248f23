"""One answer to "where is there room": the rows that are asked for, added up every way. As many queries for a year as for a day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bookings.capacity import coming, reading, sums
from bookings.capacity.rows import EVERYTHING, Row
from bookings.capacity.sums import Share, Sum

MOST_DAYS = 400
LEAST_FULL, LEAST_FULL_HOURS = 12, 8
FREE, BOOKABLE, OVER = "free", "bookable", "over"


@dataclass(frozen=True)
class Wish:
    """Which occasions: from `first` to `last`, both included; "" and None is any. `product` is `kind:slug`, a weekday's Monday 0.

    `only` FREE are those with free places, BOOKABLE with places that can be booked now, OVER those that are over and counted.
    """

    first: dt.date
    last: dt.date
    kind: str = ""
    product: str = ""
    room: str = ""
    weekday: int | None = None
    hour: int | None = None
    only: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.kind,) if self.kind else EVERYTHING


@dataclass(frozen=True)
class Week:
    """An ISO week of the period, as far as it lies in it."""

    monday: dt.date
    sum: Sum

    @property
    def year(self) -> int:
        return self.monday.isocalendar().year

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week


@dataclass(frozen=True)
class Report:
    """Weekdays from Monday 0, hours of the clock in Borås. Shares stand least full first."""

    wish: Wish
    at: dt.datetime
    total: Sum
    kinds: list[Share]
    products: list[Share]
    rooms: list[Share]
    weeks: list[Week]
    weekdays: dict[int, Sum]
    hours: dict[int, Sum]
    weekday_hours: dict[tuple[int, int], Sum]
    least_full: list[Row]
    least_full_hours: list[tuple[tuple[int, int], Sum]]


def rows(wish: Wish, *, at: dt.datetime) -> list[Row]:
    """The occasions behind a figure, in time order."""
    found = reading.read(wish.first, wish.last, at=at, kinds=wish.kinds)
    return [row for row in found if _meets(row, wish)]


def report(wish: Wish, *, at: dt.datetime) -> Report:
    found = rows(wish, at=at)
    weeks = sums.by(found, lambda row: [row.day - dt.timedelta(days=row.weekday)])
    return Report(
        wish=wish,
        at=at,
        total=sums.add(found),
        kinds=sums.by_kind(found),
        products=sums.by_product(found),
        rooms=sums.by_room(found, without=no_room()),
        weeks=[Week(monday, weeks[monday]) for monday in sorted(weeks)],
        weekdays=_in_order(sums.by_weekday(found)),
        hours=_in_order(sums.by_hour(found)),
        weekday_hours=_in_order(sums.by_weekday_and_hour(found)),
        least_full=coming.least_full(found, most=LEAST_FULL),
        least_full_hours=sums.least_full_hours(found, LEAST_FULL_HOURS),
    )


def no_room() -> str:
    """What occasions without a room are called, in the active language."""
    return _("No room")


def fault(first: dt.date, last: dt.date) -> str:
    """Why the period cannot be asked for, in the active language; "" where it can."""
    if last < first:
        return _("The last day is before the first.")
    if (last - first).days >= MOST_DAYS:
        return _("Ask for at most %(days)s days at once.") % {"days": MOST_DAYS}
    return ""


def _in_order(groups: dict) -> dict:
    return dict(sorted(groups.items()))


def _meets(row: Row, wish: Wish) -> bool:
    asked: Iterable[bool] = (
        not wish.product or sums.product_key(row) == wish.product,
        not wish.room or wish.room in sums.room_keys(row),
        wish.weekday is None or row.weekday == wish.weekday,
        wish.hour is None or row.hour == wish.hour,
        wish.only != FREE or row.free > 0,
        wish.only != BOOKABLE or row.bookable,
        wish.only != OVER or row.used is not None,
    )
    return all(asked)
