"""What was announced of a year beforehand: told to the forecast by whoever keeps the house's plans, which this room does not know."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from visitors.insight.almanac import days_in
from visitors.insight.season import Lift


@dataclass(frozen=True)
class Announcement:
    """From `first` to `last`, both included, `indicator` is to have so many `heads`, or `percent`, beyond what these days usually bring."""

    indicator: str
    first: dt.date
    last: dt.date
    percent: int = 0
    heads: int = 0


# A year, and the evening whose knowledge is asked for (None: now), to what was announced of the year.
Reader = Callable[[int, dt.date | None], Iterable[Announcement]]
_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """Called once by each app that knows of plans, when it is ready."""
    _readers.append(reader)


def of_year(year: int, known_by: dt.date | None) -> list[Announcement]:
    return [one for reader in _readers for one in reader(year, known_by)]


def lifts(announced: Sequence[Announcement], indicator: str, year: int) -> list[Lift]:
    """In days of the year; of one that reaches into another year the part that its days here are."""
    begins, found = dt.date(year, 1, 1), []
    for one in announced:
        first, end = (one.first - begins).days, (one.last - begins).days + 1
        inside = max(first, 0), min(end, days_in(year))
        if one.indicator == indicator and inside[0] < inside[1]:
            part = (inside[1] - inside[0]) / (end - first)
            found.append(Lift(*inside, part=one.percent / 100, heads=one.heads * part))
    return found
