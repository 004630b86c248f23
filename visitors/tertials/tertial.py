"""A third of a year: 30 April, 31 August and 31 December are its last days. Pure arithmetic."""

import datetime as dt
from dataclasses import dataclass

from navet import periods

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, order=True)
class Tertial:
    """`number` is 1 to 3 of a year."""

    year: int
    number: int

    @classmethod
    def named(cls, text: str) -> "Tertial":
        """Of `2026-2`. Raises ValueError for anything else."""
        year, dash, number = text.partition("-")
        if not (dash and len(year) == 4 and year.isascii() and year.isdigit() and number in {"1", "2", "3"}):
            raise ValueError("no tertial is called that")
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise ValueError("a year between 2000 and 2100")
        return cls(int(year), int(number))

    @classmethod
    def of(cls, day: dt.date) -> "Tertial":
        """The one the day is in."""
        return cls(day.year, (day.month - 1) // 4 + 1)

    @classmethod
    def ended_before(cls, day: dt.date) -> "Tertial":
        """The latest one whose last day is over."""
        now = cls.of(day)
        return cls(now.year - 1, 3) if now.number == 1 else cls(now.year, now.number - 1)

    @property
    def months(self) -> range:
        return range(4 * self.number - 3, 4 * self.number + 1)

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.months[0], 1)

    @property
    def last_day(self) -> dt.date:
        return dt.date(self.year, self.months[-1], 31 if self.number > 1 else 30)

    @property
    def over_at(self) -> dt.datetime:
        """Midnight in Borås after its last day."""
        return periods.day_bounds(self.last_day)[1]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"
