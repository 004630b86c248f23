"""What the management's page says of a report: curves, the week's hours, reach, what the last week brought, with links to the rows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

from babel.dates import get_day_names, get_month_names
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from navet.pages import formats
from visitors import indicators, sums
from visitors.behind import UNKNOWN
from visitors.indicators import Figure, Report
from visitors.insight import hours, pictures, words
from visitors.insight.forecast import Year, profile
from visitors.insight.outlook import Status
from visitors.links import rows_url
from visitors.models import Indicator

WEEK = 7
TAGS = {
    Status.MET: ("ok", "check"), Status.ON_TRACK: ("ok", "check"), Status.UNCERTAIN: ("warn", "info"), Status.BEHIND: ("stop", "warning"),
    Status.MISSED: ("stop", "error"), Status.UNKNOWN: ("quiet", "info"),
}  # fmt: skip


@dataclass(frozen=True)
class MonthRow:
    """A month in the table behind a curve; the sums run from January to its end (or the asked day), None for what is to come."""

    name: str
    outcome: int
    outcome_url: str
    last_year: int
    last_year_url: str
    booked: int | None
    booked_url: str
    upto: int | None
    compared_upto: int
    pace_upto: int | None


@dataclass(frozen=True)
class Shown:
    """An indicator on the page. `week` is what its last seven days brought."""

    figure: Figure
    announced: str
    why: str
    tag: str
    icon: str
    curve: pictures.Curve
    compared_year: int
    months: list[MonthRow]
    outcome_url: str
    same_day_url: str
    booked_url: str
    week: int
    week_url: str
    week_before: int
    week_before_url: str
    week_last_year: int
    week_last_year_url: str
    places: list[tuple[indicators.Place, str, str]]


@dataclass(frozen=True)
class Hours:
    heat: pictures.Heat
    first: dt.date
    last: dt.date
    hours: list[int]
    rows: list[tuple[str, list[tuple[int, str]]]]


@dataclass(frozen=True)
class Board:
    """`said` has each status once, with the names of its indicators and one that has it."""

    shown: list[Shown]
    said: list[tuple[Shown, list[str]]]
    hours: Hours
    reach: pictures.Bars
    reached: list[tuple[indicators.Place, str]]


def board(report: Report, *, compared: int) -> Board:
    """One query more than the report itself."""
    asked = _Asked(report)
    pupils = next(one for one in report.figures if one.code == Indicator.PUPILS)
    known = [place for place in pupils.by_municipality if place.per_100_pupils is not None]
    ranked = sorted(known, key=lambda place: -(place.per_100_pupils or 0))
    shown = [_shown(figure, report, asked, compared) for figure in report.figures]
    return Board(
        shown=shown,
        said=_by_status(shown),
        hours=_hours(report, asked),
        reach=pictures.ranked(
            [
                (place.name, place.per_100_pupils or 0, formats.count(place.per_100_pupils or 0))
                for place in ranked
            ]
        ),
        reached=[(place, asked.rows(pupils.code, kommun=place.code)) for place in ranked],
    )


def _by_status(shown: list[Shown]) -> list[tuple[Shown, list[str]]]:
    """The best first."""
    found = []
    for status in Status:
        of = [one for one in shown if one.figure.outlook.status == status]
        if of:
            found.append((of[0], [one.figure.name for one in of]))
    return found


class _Asked:
    """The addresses behind a report's numbers, of the same evening and the same knowledge."""

    def __init__(self, report: Report) -> None:
        self.year = report.year
        self.span = sums.span(report.year, report.as_of)
        self.known: dict[str, Any] = {"kant": report.known.isoformat()} if report.known else {}
        self.now = report.known is None

    def rows(self, code: str, **more: Any) -> str:
        until = {} if self.now else {"till": self.span.last_day.isoformat()}
        return rows_url(ar=self.year, indikator=code, **until, **self.known, **more)

    def before(self, code: str, until: dt.date, **more: Any) -> str:
        asked = {"ar": self.year - 1, "regler": self.year, "indikator": code, "till": until.isoformat()}
        return rows_url(**asked, **self.known, **more)

    def between(self, code: str, year: int, first: int, end: int) -> str:
        """Days of a year, the first of them 0 and `end` not among them; "" where there are none."""
        begins = dt.date(year, 1, 1)
        if end <= 0:
            return ""
        since = (begins + dt.timedelta(days=max(first, 0))).isoformat()
        until = begins + dt.timedelta(days=end - 1)
        if year < self.year:
            return self.before(code, until, fran=since)
        bounds = {"ar": year, "indikator": code, "fran": since, "till": until.isoformat()}
        return rows_url(**bounds, **self.known)

    def ahead(self, code: str, **more: Any) -> str:
        """ "" of a past evening: the parties are kept as numbers, not as rows."""
        if not self.now:
            return ""
        return f"{reverse('visitors:ahead')}?{urlencode({'ar': self.year, 'indikator': code, **more})}"


def _shown(figure: Figure, report: Report, asked: _Asked, compared: int) -> Shown:
    tag, icon = TAGS[figure.outlook.status]
    daily, before = figure.daily[report.year], figure.daily.get(compared, [])
    days = (dt.date(report.year + 1, 1, 1) - dt.date(report.year, 1, 1)).days
    pace = profile([Year(y, d) for y, d in figure.daily.items() if y < report.year], report.year)
    last = asked.span.last_day
    since = max(last - dt.timedelta(days=WEEK - 1), dt.date(report.year, 1, 1))
    last_year = figure.daily.get(report.year - 1, [])
    return Shown(
        figure=figure,
        announced=words.announced(figure.outlook.forecast),
        why=words.why(figure.outlook.forecast),
        tag=tag,
        icon=icon,
        curve=pictures.curve(
            daily, before, pace, days=days, target=figure.target, forecast=figure.outlook.forecast,
            months=list(_month_names("abbreviated").values()),
        ),
        compared_year=compared,
        months=_months(figure, asked, daily, before, pace, days),
        outcome_url=asked.rows(figure.code),
        same_day_url=asked.before(figure.code, asked.span.same_day),
        booked_url=asked.ahead(figure.code),
        week=sum(daily[-WEEK:]),
        week_url=asked.rows(figure.code, fran=since.isoformat()),
        week_before=sum(daily[-2 * WEEK : -WEEK]),
        week_before_url=asked.between(figure.code, report.year, len(daily) - 2 * WEEK, len(daily) - WEEK),
        week_last_year=sum(last_year[max(len(daily) - WEEK, 0) : len(daily)]),
        week_last_year_url=asked.between(figure.code, report.year - 1, len(daily) - WEEK, len(daily)),
        places=[
            (
                place,
                asked.rows(figure.code, kommun=place.code or UNKNOWN),
                asked.before(figure.code, asked.span.same_day, kommun=place.code or UNKNOWN),
            )
            for place in figure.by_municipality
        ],
    )  # fmt: skip


def _months(
    figure: Figure, asked: _Asked, daily: list[int], compared: list[int], pace: list[float], days: int
) -> list[MonthRow]:
    came, before = [0, *accumulate(daily)], [0, *accumulate(compared)]
    rows = []
    for month in figure.by_month:
        start = (dt.date(asked.year, month.month, 1) - dt.date(asked.year, 1, 1)).days
        end = (
            dt.date(asked.year + month.month // 12, month.month % 12 + 1, 1) - dt.date(asked.year, 1, 1)
        ).days
        rows.append(
            MonthRow(
                name=_month_names("wide")[month.month],
                outcome=month.outcome,
                outcome_url=asked.rows(figure.code, manad=month.month),
                last_year=month.last_year,
                last_year_url=asked.before(figure.code, dt.date(asked.year - 1, 12, 31), manad=month.month),
                booked=month.booked_ahead,
                booked_url=asked.ahead(figure.code, manad=month.month),
                upto=came[min(end, len(daily))] if start < len(daily) else None,
                compared_upto=before[min(end, len(compared))],
                pace_upto=round(pace[min(end, days) - 1] * figure.target) if pace else None,
            )
        )
    return rows


def _hours(report: Report, asked: _Asked) -> Hours:
    first, last = hours.span(max(asked.span.last_day, dt.date(report.year, 1, 1)))
    numbers = hours.by_weekday_and_hour(last, known=report.known)
    shown = hours.shown(numbers)
    names = list(_day_names("wide").values())
    rows = [
        (name, [(numbers.get((day, hour), 0), _hour_url(asked, first, last, day, hour)) for hour in shown])
        for day, name in enumerate(names)
    ]
    short = list(_day_names("abbreviated").values())
    return Hours(pictures.heat(numbers, hours=shown, weekdays=short), first, last, shown, rows)


def _hour_url(asked: _Asked, first: dt.date, last: dt.date, day: int, hour: int) -> str:
    bounds = {"ar": asked.year, "fran": first.isoformat(), "till": last.isoformat()}
    return rows_url(**bounds, **asked.known, veckodag=day, timme=hour)


def _month_names(width: Literal["abbreviated", "wide"]) -> Mapping[int, str]:
    return dict(get_month_names(width, "stand-alone", locale=get_language() or "sv"))


def _day_names(width: Literal["abbreviated", "wide"]) -> Mapping[int, str]:
    names: Any = get_day_names(width, "stand-alone", locale=get_language() or "sv")
    return {number: names[number] for number in range(7)}
