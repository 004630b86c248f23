"""Houses that never were, to ask a forecast of: years with school terms, breaks that move with Easter, good and bad
weeks, bookings long ahead that some do not keep. A seed makes the same house every time."""

import datetime as dt
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from navet import periods

ORDINARY, STRIKE, EXHIBITION, GROWTH = "ordinary", "strike", "exhibition", "growth"
SCENARIOS = (ORDINARY, STRIKE, EXHIBITION, GROWTH)
STRIKE_MONTH, EXHIBITION_MONTH = 5, 9
EXHIBITION_BRINGS = 0.35  # beyond the usual
TOLD_WRONG = 0.35  # log: how far from it the house's own guess beforehand is
_APPETITE = {1: 0.7, 2: 0.9, 3: 1.15, 4: 1.0, 5: 1.2, 6: 0.5, 8: 0.4, 9: 0.9, 10: 1.2, 11: 1.25, 12: 0.6}
_CANCELS, _STAYS_AWAY = 0.06, 0.03


@dataclass
class Simulated:
    """One year: heads of each day, and for each day how many had been booked so many days before."""

    year: int
    daily: list[int]
    bookings: list[tuple[int, int, int]] = field(default_factory=list)  # day booked on, day of visit, heads

    def booked_ahead(self, day: int) -> int:
        """What was booked for later, at the end of the day with this number (1 is 1 January)."""
        return sum(heads for made, visit, heads in self.bookings if made <= day < visit)


def house(seed: int, *, years: int, last: int, scenario: str, schools_only: bool) -> list[Simulated]:
    """`years` years up to `last`, in which the scenario happens; pupils alone, or everybody through the door."""
    dice = random.Random(f"{seed} {scenario} {schools_only}")  # noqa: S311 - dice for made-up houses, not secrets
    level, drift = math.log(dice.uniform(8_000, 24_000)), dice.gauss(0.01, 0.015)
    found = []
    for year in range(last - years + 1, last + 1):
        level += drift + dice.gauss(0, 0.05)
        happens = scenario if year == last else ORDINARY
        found.append(_year(year, level, happens, schools_only, dice))
    return found


def told(seed: int) -> float:
    """What a house announces that its exhibition will bring beyond the usual: a guess, too low or too high."""
    dice = random.Random(f"{seed} told")  # noqa: S311 - as above
    return EXHIBITION_BRINGS * math.exp(dice.gauss(0, TOLD_WRONG))


def _year(year: int, level: float, scenario: str, schools_only: bool, dice: random.Random) -> Simulated:
    made = Simulated(year, [])
    weather = 0.0
    for number, day in enumerate(periods.dates(dt.date(year, 1, 1), dt.date(year + 1, 1, 1)), start=1):
        if day.weekday() == 0:
            weather = 0.6 * weather + dice.gauss(0, 0.08)
        changed = _changed(scenario, day) * math.exp(weather)
        heads = sum(_classes(day, number, math.exp(level) * changed, made, dice))
        if not schools_only:
            heads += _families(day, math.exp(level) * changed, dice)
        made.daily.append(heads)
    return made


def _changed(scenario: str, day: dt.date) -> float:
    if scenario == STRIKE and day.month == STRIKE_MONTH:
        return 0.05
    if scenario == EXHIBITION and day.month >= EXHIBITION_MONTH:
        return 1 + EXHIBITION_BRINGS
    return 1.0 + 0.15 * (scenario == GROWTH)


def _classes(day: dt.date, number: int, level: float, made: Simulated, dice: random.Random) -> Iterator[int]:
    """Pupils who came, class by class; each class had booked."""
    if not is_school_day(day):
        return
    wanted = level * _APPETITE.get(day.month, 0) / 170 / 24
    for _ in range(int(wanted) + (dice.random() < wanted % 1)):
        heads = dice.randint(17, 30)
        booked_on = number - max(1, round(dice.lognormvariate(math.log(60), 0.8)))
        kept = dice.random()
        if kept > _CANCELS:
            made.bookings.append((booked_on, number, heads))
        if kept > _CANCELS + _STAYS_AWAY:
            yield max(1, heads - dice.choice((0, 0, 0, 1, 1, 2)))


def _families(day: dt.date, level: float, dice: random.Random) -> int:
    busy = 3.0 if day.weekday() >= 5 else 2.4 if not is_school_day(day) and day.month != 12 else 0.35
    return round(level * busy / 365 * dice.lognormvariate(0, 0.25))


def is_school_day(day: dt.date) -> bool:
    """Monday to Friday in term, by the breaks of Borås (DOMAIN.md section 2)."""
    if not periods.is_working_day(day) or day.isocalendar().week in (7, 44):
        return False
    easter = _easter(day.year)
    if easter - dt.timedelta(days=6) <= day <= easter + dt.timedelta(days=1):
        return False
    return (1, 8) <= (day.month, day.day) <= (6, 13) or (8, 20) <= (day.month, day.day) <= (12, 20)


def _easter(year: int) -> dt.date:
    return next(
        day
        for day in periods.dates(dt.date(year, 3, 20), dt.date(year, 4, 28))
        if periods.holiday_name(day) == "Påskdagen"
    )
