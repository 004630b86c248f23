"""What the page says of a report: pictures, the tables behind them, and for every number the address of its rows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from babel.dates import get_day_names
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bookings.capacity import links, report
from bookings.capacity.forms import FOUR_WEEKS
from bookings.capacity.report import Report, Wish
from bookings.capacity.rows import Row
from bookings.capacity.sums import Share, Sum
from navet.accounts.actor import Actor
from navet.pages import formats
from visitors.insight import hours as usual
from visitors.insight import pictures

BARS = 10  # in a picture; the table behind it has all
BAR_WIDTH, BAR_STEP = 480, 48


class Preset(NamedTuple):
    """A period that is one press away."""

    label: str
    query: str
    is_shown: bool


@dataclass(frozen=True)
class Ranked:
    """Shares with the addresses of their rows, and a picture of the first of them: how full each is, of 100 per cent."""

    title: str
    key: str
    shares: list[tuple[Share, str]]
    bars: pictures.Bars

    @property
    def left_out(self) -> int:
        return len(self.shares) - len(self.bars.bars)


@dataclass(frozen=True)
class Board:
    """`grid` is the table behind the heat map: a weekday, and for each of `hours` its sum (None: nothing) and address."""

    urls: dict[str, str]
    heat: pictures.Heat
    hours: list[int]
    grid: list[tuple[str, list[tuple[Sum | None, str]]]]
    ranked: list[Ranked]
    least_full_hours: list[tuple[str, int, Sum, str]]
    least_full: list[tuple[Row, str]]


def board(made: Report, *, by: Actor) -> Board:
    """No query."""
    wish, names, short = made.wish, day_names("wide"), day_names("abbreviated")
    shown = usual.shown({key: one.offered for key, one in made.weekday_hours.items()})
    fills = {key: one.fill or 0 for key, one in made.weekday_hours.items()}
    return Board(
        urls={
            "all": links.rows_url(wish),
            **{only: links.rows_url(wish, bara=only) for only in (report.FREE, report.BOOKABLE, report.OVER)},
        },
        heat=pictures.heat(
            fills,
            hours=shown,
            weekdays=short,
            full=100,
            words=lambda number: formats.percent(number / 100),
            nothing=_("nothing offered"),
        ),
        hours=shown,
        grid=[
            (name, [(made.weekday_hours.get((day, hour)), _hour_url(wish, day, hour)) for hour in shown])
            for day, name in enumerate(names)
        ],
        ranked=[
            _ranked(_("Programme"), "program", made.products, wish),
            _ranked(_("Room"), "rum", made.rooms, wish),
            *([_ranked(_("Kind"), "slag", made.kinds, wish)] if len(made.kinds) > 1 else []),
        ],
        least_full_hours=[
            (short[day], hour, one, _hour_url(wish, day, hour)) for (day, hour), one in made.least_full_hours
        ],
        least_full=[(row, links.page_of(row, by)) for row in made.least_full],
    )


def presets(wish: Wish, today: dt.date) -> list[Preset]:
    """The next four weeks, this month, this term; of the same kind."""
    term = (1, 6, 30) if today.month < 7 else (7, 12, 31)
    next_month = dt.date(today.year + today.month // 12, today.month % 12 + 1, 1)
    spans = [
        (_("The next four weeks"), today, today + FOUR_WEEKS),
        (_("This month"), today.replace(day=1), next_month - dt.timedelta(days=1)),
        (_("This term"), dt.date(today.year, term[0], 1), dt.date(today.year, term[1], term[2])),
    ]
    return [
        Preset(
            label,
            urlencode(links.period(Wish(first, last, wish.kind))),
            (first, last) == (wish.first, wish.last),
        )
        for label, first, last in spans
    ]


def _ranked(title: str, key: str, shares: Sequence[Share], wish: Wish) -> Ranked:
    with_urls = [(one, links.rows_url(wish, **{key: one.key})) for one in shares]
    named = [
        (one.name, one.sum.fill or 0, _fill(one.sum)) for one, _url in with_urls[:BARS] if one.sum.offered
    ]
    bars = pictures.ranked(named, left=0, right=BAR_WIDTH, step=BAR_STEP, full=100)
    return Ranked(title, key, with_urls, bars)


def _fill(of: Sum) -> str:
    said: dict[str, Any] = {
        "percent": formats.percent((of.fill or 0) / 100),
        "offered": formats.count(of.offered),
    }
    return _("%(percent)s of %(offered)s") % said


def _hour_url(wish: Wish, day: int, hour: int) -> str:
    return links.rows_url(wish, veckodag=day, timme=hour)


def day_names(width: Any) -> list[str]:
    """Monday first, in the active language."""
    names: Any = get_day_names(width, "stand-alone", locale=get_language() or "sv")
    return [names[number] for number in range(7)]
