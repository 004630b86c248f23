"""A report as one long table: every number it says on a line of its own, for files and for machines."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from visitors.indicators import Figure, Report

YEAR, MONTH, MUNICIPALITY = "year", "month", "municipality"
UNKNOWN = "unknown"  # the key of those whose municipality is not known
HEADING = [
    _("Year"), _("As of"), _("Indicator"), _("Name"), _("Unit"), _("Part"), _("Key"), _("Measure"), _("Value"),
]  # fmt: skip


class Line(NamedTuple):
    """One number. `key` is "" for the year, a month 1-12, or a municipality's code ("unknown" where it is not known)."""

    indicator: str
    name: str
    unit: str
    part: str
    key: str
    measure: str
    value: int | float | None


def lines(report: Report) -> Iterator[Line]:
    """In the order of the plan; the year, then its months, then municipalities."""
    for figure in report.figures:
        for part, key, numbers in _parts(figure):
            for measure, value in numbers.items():
                yield Line(figure.code, figure.name, figure.unit, part, key, measure, value)


def cells(report: Report) -> Iterator[list[Any]]:
    """The same under HEADING."""
    for line in lines(report):
        yield [
            report.year,
            report.as_of,
            line.indicator,
            line.name,
            line.unit,
            line.part,
            line.key,
            line.measure,
            line.value,
        ]


def of_year(figure: Figure) -> dict[str, int | float | None]:
    """The measures of a whole year."""
    ends = figure.outlook.forecast
    return {
        "target": figure.target,
        "outcome": figure.outcome,
        "same_day_last_year": figure.same_day_last_year,
        "last_year": figure.last_year,
        "booked_ahead": figure.booked_ahead,
        "expected_by_now": figure.outlook.expected_by_now,
        "forecast_low": ends.low if ends else None,
        "forecast": ends.middle if ends else None,
        "forecast_high": ends.high if ends else None,
        "forecast_announced": ends.announced if ends else None,
        "share": figure.share,
    }


def _parts(figure: Figure) -> Iterator[tuple[str, str, dict[str, int | float | None]]]:
    yield YEAR, "", of_year(figure)
    for month in figure.by_month:
        numbers = {"outcome": month.outcome, "last_year": month.last_year, "booked_ahead": month.booked_ahead}
        yield MONTH, str(month.month), dict(numbers)
    for place in figure.by_municipality:
        yield (
            MUNICIPALITY,
            place.code or UNKNOWN,
            {
                "outcome": place.outcome,
                "same_day_last_year": place.same_day_last_year,
                "pupils": place.pupils,
                "per_100_pupils": place.per_100_pupils,
            },
        )
