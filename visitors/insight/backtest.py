"""How good is the forecast? Asked at the end of each month of years whose end is known, beside two simple methods."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from visitors.insight import simulated
from visitors.insight.almanac import day_of, days_in
from visitors.insight.forecast import Lift, Year, forecast

MONTHS = range(1, 12)
ANNOUNCED = "exhibition, announced"  # the same houses as the unannounced one's
SCENARIOS = (*simulated.SCENARIOS, ANNOUNCED)
HEADING = f"{'':10}{'trials':>8}{'ours':>8}{'line':>8}{'last y.':>8}{'in 80 %':>9}{'width':>8}  best"
FROM_MONTH = 3  # the aim holds from March on: before, hardly anything has come


@dataclass(frozen=True)
class Trial:
    """One question: errors are shares of what the year really brought."""

    month: int
    ours: float
    line: float
    last_year: float
    held: bool
    width: float


@dataclass(frozen=True)
class Row:
    """Many questions of one month (None: all from March on): mean absolute errors, and how often the interval held."""

    month: int | None
    trials: int
    ours: float
    line: float
    last_year: float
    held: float
    width: float

    @property
    def better(self) -> bool:
        return self.ours < min(self.line, self.last_year)


def of_years(
    years: Sequence[Year], *, booked: Sequence[dict[int, int]] = (), lifts: Sequence[Lift] = ()
) -> Iterator[Trial]:
    """Each month of the last of these years, told the ones before. `booked[n]` is year n's bookings ahead by day number,
    `lifts` what was announced of the last."""
    *past, last = years
    total = sum(last.daily)
    for month in MONTHS:
        day = (dt.date(last.year, month + 1, 1) - dt.date(last.year, 1, 1)).days
        so_far = list(last.daily[:day])
        told = [
            Year(one.year, one.daily, booked[n].get(day_of(last.year, day, one.year)) if booked else None)
            for n, one in enumerate(past)
        ]
        ahead = booked[-1].get(day) if booked else None
        made = forecast(Year(last.year, so_far, ahead), told, lifts=lifts)
        if made is None:
            continue
        before = past[-1]
        remainder = sum(before.daily[day_of(last.year, day, before.year) :])
        yield Trial(
            month=month,
            ours=abs(made.middle - total) / total,
            line=abs(sum(so_far) * len(last.daily) / day - total) / total,
            last_year=abs(sum(so_far) + remainder - total) / total,
            held=made.low <= total <= made.high,
            width=(made.high - made.low) / total,
        )


def of_each(years: Sequence[Year], *, back: int) -> Iterator[Trial]:
    """Each of these years that has one before it, told up to `back` before it; what was booked is left out."""
    for n in range(1, len(years)):
        yield from of_years(years[max(0, n - back) : n + 1])


def simulate(scenario: str, *, houses: int, years: int, last: int, first_seed: int = 1) -> list[Trial]:
    """Two indicators of each house, its last year asked of."""
    found: list[Trial] = []
    happens = simulated.EXHIBITION if scenario == ANNOUNCED else scenario
    begins = (dt.date(last, simulated.EXHIBITION_MONTH, 1) - dt.date(last, 1, 1)).days
    for seed in range(first_seed, first_seed + houses):
        lifts = [Lift(begins, days_in(last), part=simulated.told(seed))] if scenario == ANNOUNCED else []
        for schools_only in (True, False):
            made = simulated.house(seed, years=years, last=last, scenario=happens, schools_only=schools_only)
            found += of_years(
                [Year(one.year, one.daily) for one in made],
                booked=[_booked(one) for one in made],
                lifts=lifts,
            )
    return found


def _booked(one: simulated.Simulated) -> dict[int, int]:
    """Booked ahead at the end of each day, summed once instead of for each day anew."""
    change = [0] * (len(one.daily) + 2)
    for made, visit, heads in one.bookings:
        change[max(made, 0)] += heads
        change[visit] -= heads
    ahead, found = 0, {}
    for day, more in enumerate(change[: len(one.daily) + 1]):
        ahead += more
        found[day] = ahead
    return found


def table(trials: Sequence[Trial]) -> list[Row]:
    """A row for each month, and last one for all from March on."""
    rows = [_row(month, [one for one in trials if one.month == month]) for month in MONTHS]
    return [*rows, _row(None, [one for one in trials if one.month >= FROM_MONTH])]


def _row(month: int | None, trials: Sequence[Trial]) -> Row:
    count = max(len(trials), 1)
    return Row(
        month=month,
        trials=len(trials),
        ours=sum(one.ours for one in trials) / count,
        line=sum(one.line for one in trials) / count,
        last_year=sum(one.last_year for one in trials) / count,
        held=sum(one.held for one in trials) / count,
        width=sum(one.width for one in trials) / count,
    )


def lines(title: str, trials: Sequence[Trial]) -> Iterator[str]:
    """The table as text, in per cent."""
    yield title
    yield HEADING
    for row in table(trials):
        name = f"end of {dt.date(2025, row.month, 1):%b}" if row.month else "from March"
        errors = "".join(f"{100 * error:8.1f}" for error in (row.ours, row.line, row.last_year))
        better = "ours" if row.better else "not ours"
        yield f"{name:10}{row.trials:8}{errors}{100 * row.held:9.0f}{100 * row.width:8.1f}  {better}"
