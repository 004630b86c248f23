"""A report as one table, a sum on each line, and the occasions behind a figure as another; for files."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.capacity.report import Report, Wish
from bookings.capacity.rows import Kind, Row
from bookings.capacity.sums import Sum
from navet.pages import exports

HEADING = [
    gettext_lazy("From"), gettext_lazy("To"), gettext_lazy("Part"), gettext_lazy("Key"), gettext_lazy("Name"),
    gettext_lazy("Occasions"), gettext_lazy("Offered"), gettext_lazy("Held"), gettext_lazy("Free"), gettext_lazy("Bookable now"),
    gettext_lazy("Full, per cent"), gettext_lazy("Over"), gettext_lazy("Offered of those"), gettext_lazy("Held of those"),
    gettext_lazy("Came"), gettext_lazy("Did not come"), gettext_lazy("Used, per cent"),
]  # fmt: skip
ROW_HEADING = [
    gettext_lazy("Begins"), gettext_lazy("Ends"), gettext_lazy("Kind"), gettext_lazy("Title"), gettext_lazy("Rooms"),
    gettext_lazy("Offered"), gettext_lazy("Held"), gettext_lazy("Free"), gettext_lazy("Can be booked now"), gettext_lazy("Full, per cent"),
    gettext_lazy("Came"),
]  # fmt: skip


def download(ending: str, report: Report) -> HttpResponse:
    """Raises KeyError for an ending other than csv and xlsx."""
    return exports.download(ending, name=_name(report.wish), heading=HEADING, rows=cells(report))


def download_rows(ending: str, wish: Wish, rows: Iterable[Row]) -> HttpResponse:
    name = f"{_name(wish)}-{_('occasions')}"
    return exports.download(ending, name=name, heading=ROW_HEADING, rows=row_cells(rows))


def cells(report: Report) -> Iterator[list[Any]]:
    """Under HEADING; weekdays count from Monday 1."""
    wish = report.wish
    for part, key, name, of in _lines(report):
        yield [
            wish.first, wish.last, part, key, name, of.occasions, of.offered, of.held, of.free, of.bookable, of.fill,
            of.past_occasions, of.past_offered, of.past_held, of.used, of.missed, of.use,
        ]  # fmt: skip


def row_cells(rows: Iterable[Row]) -> Iterator[list[Any]]:
    """Under ROW_HEADING."""
    for row in rows:
        rooms = ", ".join(room.name for room in row.rooms)
        bookable = _("yes") if row.bookable else _("no")
        yield [
            row.starts_at, row.ends_at, Kind(row.kind).label, row.title, rooms,
            row.offered, row.held, row.free, bookable, row.fill, row.used,
        ]  # fmt: skip


def _lines(report: Report) -> Iterator[tuple[str, str, str, Sum]]:
    yield _("All"), "", "", report.total
    for part, shares in (
        (_("Kind"), report.kinds),
        (_("Programme"), report.products),
        (_("Room"), report.rooms),
    ):
        for one in shares:
            yield part, one.key, one.name, one.sum
    for week in report.weeks:
        yield _("Week"), f"{week.year}-W{week.number:02d}", "", week.sum
    for day, of in report.weekdays.items():
        yield _("Weekday"), str(day + 1), "", of
    for hour, of in report.hours.items():
        yield _("Hour"), f"{hour:02d}", "", of
    for (day, hour), of in report.weekday_hours.items():
        yield _("Weekday and hour"), f"{day + 1} {hour:02d}", "", of


def _name(wish: Wish) -> str:
    return f"{_('capacity')}-{wish.first}-{wish.last}"
