"""An occasion with its places: what every figure of capacity is added up from."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from navet import periods
from navet.house.models import Occasion

Kind = Occasion.Kind
EVERYTHING = (Kind.SCHOOL_SESSION, Kind.PUBLIC, Kind.COURSE_DAY, Kind.CLUB_MEETING)
# A seat at lunch is a second one for somebody who has a place already: asked for by itself, never added to the others.
KINDS = (*EVERYTHING, Kind.LUNCH)


class Thing(NamedTuple):
    """A programme, event, course, club or room: a stable key and its name in the active language."""

    key: str
    name: str


@dataclass(frozen=True)
class Row:
    """An occasion and its places at one moment.

    `held` is what its line counts as taken, `free` what one more could book were it open; they may add up to less than
    `offered`, where no more groups fit or what is left goes to those who wait. `bookable`: the free ones can be booked at
    that moment. `used` is how many came, None before it is over or where nobody is counted. `least` is how many it is meant
    to have: a programme's minimum, or a course's until it is decided that it takes place. `whole` is the occasion whose places these are: the first of a course or leisure group, else itself.
    """

    occasion: int
    kind: str
    product: Thing
    starts_at: dt.datetime
    ends_at: dt.datetime
    offered: int
    held: int
    free: int
    bookable: bool = False
    used: int | None = None
    least: int = 1
    whole: int = 0
    rooms: tuple[Thing, ...] = ()

    @cached_property
    def local(self) -> dt.datetime:
        """When it begins, by the clock in Borås."""
        return self.starts_at.astimezone(periods.HOUSE_ZONE)

    @property
    def title(self) -> str:
        return self.product.name

    @property
    def day(self) -> dt.date:
        return self.local.date()

    @property
    def weekday(self) -> int:
        """Monday is 0."""
        return self.local.weekday()

    @property
    def hour(self) -> int:
        return self.local.hour

    @property
    def fill(self) -> int:
        """Per cent of what is offered that is held."""
        return percent(self.held, self.offered) or 0


class Span(NamedTuple):
    """Occasions that begin in [begin, end), as they are at `at`."""

    begin: dt.datetime
    end: dt.datetime
    at: dt.datetime

    @property
    def is_to_come(self) -> bool:
        """Whether nothing of it has begun."""
        return self.begin >= self.at

    def within(self, prefix: str = "") -> Q:
        """Planned, with a number of places. `prefix` leads to the occasion ("occasion__")."""
        return self.planned(prefix) & Q(**{f"{prefix}capacity__isnull": False})

    def planned(self, prefix: str = "") -> Q:
        return Q(
            **{
                f"{prefix}status": Occasion.Status.PLANNED,
                f"{prefix}period__startswith__gte": self.begin,
                f"{prefix}period__startswith__lt": self.end,
            }
        )


def percent(part: int, of: int) -> int | None:
    """Whole per cent; None of nothing."""
    return round(100 * part / of) if of else None
