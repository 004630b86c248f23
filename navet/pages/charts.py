"""Charts as plain figures on a 720 × 300 plane; templates draw them. Lengths are SVG units, written with a dot."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import slugify

from navet.pages import formats

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 704, 20, 262
MAX_SERIES = 3
LABELS_THAT_FIT = 14
Text = str | Promise
Figure = int | float | None


@dataclass(frozen=True)
class Series:
    """One figure per label of its chart; None where there is no figure, which is not zero.

    `links`, one per figure where given, lead from the table behind the chart to what each is made of.
    """

    name: Text
    values: Sequence[Figure]
    links: Sequence[str] = ()


@dataclass(frozen=True)
class Chart:
    """What a chart says. `key` tells two charts with one title on a page apart.

    Raises ValueError for no or more than three series, or for a series that is not as long as the labels.
    """

    title: Text
    labels: Sequence[Text]
    series: Sequence[Series]
    description: Text = ""
    target: Figure = None
    target_name: Text = ""
    key: str = field(default="")

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= MAX_SERIES:
            raise ValueError(f"a chart shows one to {MAX_SERIES} series")
        if any(len(series.values) != len(self.labels) for series in self.series):
            raise ValueError("every series has one value per label")

    @property
    def id(self) -> str:
        return f"chart-{self.key or slugify(str(self.title))}"

    @property
    def rows(self) -> list[tuple[Text, list[tuple[str, str]]]]:
        """The table behind the chart: a label, and its figures as text ("–" where there is none) with their links."""
        return [
            (label, [(_figure(s.values[i]), s.links[i] if s.links else "") for s in self.series])
            for i, label in enumerate(self.labels)
        ]


class Tick(NamedTuple):
    text: Text
    place: str
    baseline: str = ""


class Bar(NamedTuple):
    x: str
    y: str
    width: str
    height: str
    number: int  # which series, from 1
    tip: str


class Point(NamedTuple):
    x: str
    y: str
    tip: str


class Line(NamedTuple):
    number: int
    path: str
    points: list[Point]


def nice_ceiling(highest: float) -> tuple[float, float]:
    """The top of a scale that holds `highest`, and its step, in 1, 2, 2.5 or 5 times a power of ten."""
    if highest <= 0:
        return 1, 1
    rough = highest / 5
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    step = max(step, 1) if highest >= 1 else step
    return step * math.ceil(highest / step), step


class Plane:
    """Places a chart's figures; nothing below zero is drawn, the table still says it."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        figures = [value for series in chart.series for value in series.values if value is not None]
        self.top, self.step = nice_ceiling(max([0, *figures, chart.target or 0]))
        self.slot = (RIGHT - LEFT) / max(len(chart.labels), 1)

    def y(self, value: float) -> float:
        return BOTTOM - max(value, 0) / self.top * (BOTTOM - TOP)

    def middle(self, index: int) -> float:
        return LEFT + self.slot * (index + 0.5)

    @property
    def y_ticks(self) -> list[Tick]:
        steps = [self.step * n for n in range(round(self.top / self.step) + 1)]
        return [Tick(formats.count(v), _unit(self.y(v)), _unit(self.y(v) + 4.5)) for v in steps]

    @property
    def x_ticks(self) -> list[Tick]:
        every = math.ceil(len(self.chart.labels) / LABELS_THAT_FIT)
        return [
            Tick(label, _unit(self.middle(i))) for i, label in enumerate(self.chart.labels) if i % every == 0
        ]

    @property
    def target(self) -> Tick | None:
        if self.chart.target is None:
            return None
        text = f"{self.chart.target_name} {formats.count(self.chart.target)}".strip()
        return Tick(text, _unit(self.y(self.chart.target)))

    @property
    def bars(self) -> list[Bar]:
        width = self.slot * 0.72 / len(self.chart.series)
        return [
            self._bar(number, index, value, width)
            for number, series in enumerate(self.chart.series, start=1)
            for index, value in enumerate(series.values)
            if value is not None
        ]

    def _bar(self, number: int, index: int, value: float, width: float) -> Bar:
        x = LEFT + self.slot * (index + 0.14) + width * (number - 1)
        y = self.y(value)
        return Bar(
            _unit(x), _unit(y), _unit(width * 0.94), _unit(BOTTOM - y), number, self._tip(number, index)
        )

    @property
    def lines(self) -> list[Line]:
        return [self._line(number, series) for number, series in enumerate(self.chart.series, start=1)]

    def _line(self, number: int, series: Series) -> Line:
        points = [
            None
            if value is None
            else Point(_unit(self.middle(i)), _unit(self.y(value)), self._tip(number, i))
            for i, value in enumerate(series.values)
        ]
        runs = [[point for point in run if point] for known, run in groupby(points, key=bool) if known]
        path = " ".join("M" + " L".join(f"{point.x} {point.y}" for point in run) for run in runs)
        return Line(number, path, [point for run in runs for point in run])

    def _tip(self, number: int, index: int) -> str:
        series = self.chart.series[number - 1]
        return f"{self.chart.labels[index]}, {series.name}: {_figure(series.values[index])}"


def _figure(value: Figure) -> str:
    return "–" if value is None else formats.count(value)


def _unit(length: float) -> str:
    return f"{length:.1f}"
