"""What a year of conferences came to, for the management: what was sold, and how full the rooms were. A fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _

from bookings.conferences import availability
from bookings.conferences.models import AddOn, ConferencePackage, ReservationLine, RoomOffer, Status
from navet import periods
from navet.house.calendar import HouseCalendar
from navet.house.models import Occasion, RoomUse
from visitors.models import Category, Visit

HOUR = dt.timedelta(hours=1)
Of = ReservationLine.Of


def guests(year: int) -> int:
    """Persons who came to conferences, once for each day they came, as the ledger has it; corrections are in it."""
    came = Visit.objects.filter(category=Category.CONFERENCE, day__year=year).aggregate(heads=Sum("count"))
    return came["heads"] or 0


@dataclass(frozen=True)
class Sold:
    """One room, package or add-on: in how many conferences, and what it came to without VAT, öre, before discounts."""

    of: str
    name: str
    reservations: int
    net_ore: int


@dataclass(frozen=True)
class Turnover:
    """Of the confirmed conferences whose first day is in the year; öre without VAT, less discounts. Fees of what was left are not in it."""

    by_month: list[int]
    sold: list[Sold]
    discounts_ore: int

    @property
    def net_ore(self) -> int:
        return sum(self.by_month)

    @property
    def add_on_share(self) -> float | None:
        """What of it all is add-ons, before discounts; None where nothing is sold."""
        everything = sum(one.net_ore for one in self.sold)
        return (
            sum(one.net_ore for one in self.sold if one.of == Of.ADD_ON) / everything if everything else None
        )


@dataclass(frozen=True)
class Fill:
    """One room over the year: hours that the house is open, and of these those that conferences and anything at all take.

    A divisible room counts a half as half. The turnaround after each party is in it.
    """

    room: str
    open_hours: float
    conference_hours: float
    used_hours: float

    @property
    def conference_share(self) -> float | None:
        return self.conference_hours / self.open_hours if self.open_hours else None

    @property
    def share(self) -> float | None:
        return self.used_hours / self.open_hours if self.open_hours else None


@dataclass(frozen=True)
class Rooms:
    """`by_hour`: of each hour (0-23) the share of it that the rooms were taken, Monday first; None where the house is not open."""

    fills: list[Fill]
    by_hour: list[tuple[int, list[float | None]]]


def turnover(year: int) -> Turnover:
    """What was sold, in five queries."""
    lines = ReservationLine.objects.filter(
        reservation__status=Status.CONFIRMED,
        reservation__occasion__period__startswith__gte=periods.at(dt.date(year, 1, 1), dt.time.min),
        reservation__occasion__period__startswith__lt=periods.at(dt.date(year + 1, 1, 1), dt.time.min),
    )
    net = Sum(F("quantity") * F("unit_ore"), default=0)
    month = ExtractMonth("reservation__occasion__period__startswith", tzinfo=periods.HOUSE_ZONE)
    months = dict(lines.order_by().values_list(month).annotate(net=net))
    names, rows = _names(), _rows(lines)
    sold = [
        Sold(of, names.get((of, slug), slug), number, ore)
        for of, slug, number, ore in rows
        if of != Of.DISCOUNT
    ]
    discounts = sum(ore for of, _slug, _number, ore in rows if of == Of.DISCOUNT)
    return Turnover([months.get(number, 0) for number in range(1, 13)], sold, discounts)


def _rows(lines: QuerySet[ReservationLine]) -> list[tuple[str, str, int, int]]:
    """Of each thing: in how many conferences, and what it came to, the dearest first. What was taken off again is in none."""
    each = lines.order_by().values_list("of", "slug", "reservation")
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for of, slug, _reservation, quantity, ore in each.annotate(
        number=Sum("quantity"), net=Sum(F("quantity") * F("unit_ore"))
    ):
        found[of, slug][0] += quantity != 0
        found[of, slug][1] += ore
    rows = [(of, slug, number, ore) for (of, slug), (number, ore) in found.items() if number]
    return sorted(rows, key=lambda row: (row[0], -row[3], row[1]))


def _names() -> dict[tuple[str, str], str]:
    """What a line's slug is called, whether it is on offer still or not."""
    found = {(Of.ROOM.value, one.room.slug): str(one) for one in RoomOffer.objects.select_related("room")}
    found |= {(Of.PACKAGE.value, one.slug): str(one) for one in ConferencePackage.objects.all()}
    return found | {(Of.ADD_ON.value, one.slug): str(one) for one in AddOn.objects.all()}


def rooms(year: int) -> Rooms:
    """How full the rooms on hire were and will be, in seven queries and the arithmetic of the uses of one year."""
    offers = availability.offers()
    cells = {one.room.name: [cell.pk for cell in one.room.cells.all()] for one in offers}
    first, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    every = sorted({pk for one in cells.values() for pk in one})
    span = DateTimeTZRange(periods.at(first, dt.time.min), periods.at(end, dt.time.min), "[)")
    uses = RoomUse.objects.filter(cell__in=every, holds=True, period__overlap=span)
    taken = [
        (cell, kind, periods.period(max(one.lower, span.lower), min(one.upper, span.upper)))
        for cell, kind, one in uses.values_list("cell", "occasion__kind", "period")
    ]
    opened = _open_hours(first, end)
    by_cell: defaultdict[tuple[int, bool], float] = defaultdict(float)
    by_hour: defaultdict[tuple[int, int], float] = defaultdict(float)
    for cell, kind, period in taken:
        by_cell[cell, kind == Occasion.Kind.CONFERENCE] += (period.upper - period.lower) / HOUR
        for weekday, hour, part in _hours(period):
            by_hour[weekday, hour] += part
    hours = sum(opened.values())
    fills = [_fill(name, own, hours, by_cell) for name, own in cells.items()]
    return Rooms(fills, _grid(opened, by_hour, len(every)))


def _fill(name: str, own: list[int], hours: float, by_cell: dict[tuple[int, bool], float]) -> Fill:
    number = len(own) or 1
    conferences = sum(by_cell.get((cell, True), 0) for cell in own) / number
    others = sum(by_cell.get((cell, False), 0) for cell in own) / number
    return Fill(name, hours, conferences, conferences + others)


def _open_hours(first: dt.date, end: dt.date) -> dict[tuple[int, int], float]:
    """(weekday, hour) -> how many of them the house is open."""
    calendar = HouseCalendar.between(first, end)
    alike: defaultdict[tuple[Any, ...], list[DateTimeTZRange]] = defaultdict(list)
    for day in periods.dates(first, end):
        for period in calendar.day(day).hours:
            begins, ends = (one.astimezone(periods.HOUSE_ZONE) for one in (period.lower, period.upper))
            # As long by the clock and as it was: where the clock is changed in between these differ.
            key = day.weekday(), begins.time(), ends.time(), period.upper - period.lower
            alike[key].append(period)
    found: defaultdict[tuple[int, int], float] = defaultdict(float)
    for same in alike.values():
        for weekday, hour, part in _hours(same[0]):
            found[weekday, hour] += part * len(same)
    return found


def _hours(period: DateTimeTZRange) -> Iterator[tuple[int, int, float]]:
    """The hours on the wall in Borås that a period touches, and how much of each."""
    begins = period.lower
    while begins < period.upper:
        local = begins.astimezone(periods.HOUSE_ZONE)
        left = HOUR - dt.timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        ends = min(begins + left, period.upper)
        yield local.weekday(), local.hour, (ends - begins) / HOUR
        begins = ends


def _grid(
    opened: dict[tuple[int, int], float], taken: dict[tuple[int, int], float], cells: int
) -> list[tuple[int, list[float | None]]]:
    """Rows for the hours that the house is ever open."""
    hours: Iterable[int] = sorted({hour for _weekday, hour in opened})
    return [
        (
            hour,
            [
                taken.get((weekday, hour), 0) / (opened[weekday, hour] * cells)
                if opened.get((weekday, hour)) and cells
                else None
                for weekday in range(7)
            ],
        )
        for hour in hours
    ]


def of_name(of: str) -> str:
    """What kind of thing a line is of, for a table."""
    return {Of.ROOM: _("Room"), Of.PACKAGE: _("Package"), Of.ADD_ON: _("Add-on")}[Of(of)]
