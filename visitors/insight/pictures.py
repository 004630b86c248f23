"""Pictures of the year as plain figures; templates draw them. Lengths are SVG units on planes that the templates name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from navet.pages import charts, formats
from visitors.insight.forecast import Forecast

LEFT, RIGHT, TOP, BOTTOM = charts.LEFT, charts.RIGHT, charts.TOP, charts.BOTTOM
STEP = 7  # days between the points of a curve
MONTH_STARTS = (
    0,
    31,
    59,
    90,
    120,
    151,
    181,
    212,
    243,
    273,
    304,
    334,
)  # days over; a leap day moves nothing one can see


class Tick(NamedTuple):
    text: str
    place: str
    baseline: str = ""


@dataclass(frozen=True)
class Curve:
    """A year running up to its end: paths of this year, the compared one and the target's pace, and the forecast's band."""

    now: str
    now_x: str
    now_y: str
    compared: str
    pace: str
    band: str
    band_middle: str
    target_y: str
    y_ticks: list[Tick]
    x_ticks: list[Tick]


def curve(
    daily: Sequence[int],
    compared: Sequence[int],
    pace: Sequence[float],
    *,
    days: int,
    target: int,
    forecast: Forecast | None,
    months: Sequence[str],
) -> Curve:
    """`daily` runs up to the asked day of `days`, `compared` through a whole year, `pace` is the target's share day by day."""
    came, before = [0, *accumulate(daily)], [0, *accumulate(compared)]
    aim = [0.0, *(share * target for share in pace)] if pace else []
    ends = [forecast.high] if forecast else []
    top, step = charts.nice_ceiling(max([target, *ends, *came, *before]))

    def y(value: float) -> float:
        return BOTTOM - max(value, 0) / top * (BOTTOM - TOP)

    def x(day: float) -> float:
        return LEFT + (RIGHT - LEFT) * day / days

    at, here = x(len(daily)), y(came[-1])
    return Curve(
        now=_path(came, x, y),
        now_x=_unit(at),
        now_y=_unit(here),
        compared=_path(before, lambda day: x(day * days / max(len(compared), 1)), y),
        pace=_path(aim, x, y) if aim else "",
        band=_band(at, here, x(days), y(forecast.low), y(forecast.high)) if forecast and at < RIGHT else "",
        band_middle=f"M{_unit(at)} {_unit(here)} L{_unit(x(days))} {_unit(y(forecast.middle))}"
        if forecast and at < RIGHT
        else "",
        target_y=_unit(y(target)),
        y_ticks=[
            Tick(formats.count(step * n), _unit(y(step * n)), _unit(y(step * n) + 4.5))
            for n in range(round(top / step) + 1)
        ],
        x_ticks=[Tick(name, _unit(x(start + 15))) for start, name in zip(MONTH_STARTS, months, strict=True)],
    )


def _path(upto: Sequence[float], x, y) -> str:
    days = sorted({*range(0, len(upto), STEP), len(upto) - 1})
    return "M" + " L".join(f"{_unit(x(day))} {_unit(y(upto[day]))}" for day in days)


def _band(at: float, here: float, end: float, low: float, high: float) -> str:
    return f"M{_unit(at)} {_unit(here)} L{_unit(end)} {_unit(high)} L{_unit(end)} {_unit(low)} Z"


# --- A heat map --------------------------------------------------------------------------------------------------

HEAT_LEFT, HEAT_TOP, CELL_WIDTH, CELL_HEIGHT = 64, 26, 58, 30


class Cell(NamedTuple):
    x: str
    y: str
    text: str
    text_x: str
    text_y: str
    shade: int  # 0 nobody … 5 the most; the number says it too
    tip: str


@dataclass(frozen=True)
class Heat:
    width: int
    height: int
    cells: list[Cell]
    x_ticks: list[Tick]
    y_ticks: list[Tick]


def _heads(number: int) -> str:
    return formats.count(number) if number else ""


def heat(
    numbers: dict[tuple[int, int], int],
    *,
    hours: Sequence[int],
    weekdays: Sequence[str],
    full: int = 0,
    words: Callable[[int], str] = _heads,
    nothing: str = "0",
) -> Heat:
    """`numbers` of (weekday from Monday 0, hour). Each cell bears its number in `words`, so that no colour is needed to read it.

    The darkest shade is of the largest number, or of `full` where it is given: then a 0 has a shade too, and what is not
    among `numbers` has none and is called `nothing`.
    """
    most = full or max(numbers.values(), default=0)
    cells = []
    for row, name in enumerate(weekdays):
        for column, hour in enumerate(hours):
            number = numbers.get((row, hour))
            x, y = HEAT_LEFT + column * CELL_WIDTH, HEAT_TOP + row * CELL_HEIGHT
            text = "" if number is None else words(number)
            cells.append(
                Cell(
                    _unit(x), _unit(y), text, _unit(x + CELL_WIDTH / 2 - 1), _unit(y + CELL_HEIGHT / 2 + 4),
                    _shade(number, most, has_zero=bool(full)), f"{name} {hour:02d}–{hour + 1:02d}: {text or nothing}",
                )
            )  # fmt: skip
    return Heat(
        width=HEAT_LEFT + len(hours) * CELL_WIDTH,
        height=HEAT_TOP + len(weekdays) * CELL_HEIGHT + 2,
        cells=cells,
        x_ticks=[
            Tick(f"{hour:02d}", _unit(HEAT_LEFT + (column + 0.5) * CELL_WIDTH))
            for column, hour in enumerate(hours)
        ],
        y_ticks=[
            Tick(name, _unit(HEAT_TOP + (row + 0.5) * CELL_HEIGHT + 4)) for row, name in enumerate(weekdays)
        ],
    )


def _shade(number: int | None, most: int, *, has_zero: bool) -> int:
    if number is None or not most or (number <= 0 and not has_zero):
        return 0
    return 1 + min(4, int(5 * number / (most + 1)))


# --- Ranked bars ---------------------------------------------------------------------------------------------------

BAR_LEFT, BAR_RIGHT, BAR_STEP = 120, 420, 32  # on a plane 480 wide


class Bar(NamedTuple):
    name: str
    y: str
    middle: str
    width: str
    text_x: str
    text: str


@dataclass(frozen=True)
class Bars:
    height: int
    bars: list[Bar]


def ranked(
    named: Sequence[tuple[str, float, str]],
    *,
    left: float = BAR_LEFT,
    right: float = BAR_RIGHT,
    step: int = BAR_STEP,
    full: float = 0,
) -> Bars:
    """Name, number and its words, in the order they come. The longest bar is the largest number's, or `full` where it is given."""
    most = full or max((number for _name, number, _words in named), default=0) or 1
    bars = []
    for n, (name, number, words) in enumerate(named):
        width = max(number, 0) / most * (right - left)
        bars.append(
            Bar(name, _unit(n * step + 6), _unit(n * step + 21), _unit(width), _unit(left + width + 8), words)
        )
    return Bars(len(named) * step + 6, bars)


def _unit(length: float) -> str:
    return f"{length:.1f}"
