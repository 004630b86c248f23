"""What a tertial report says, as data that can be kept: every figure of the year up to its day, in both languages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from navet import periods
from visitors import definitions, indicators
from visitors.indicators import Figure, Report
from visitors.insight import outlook
from visitors.insight.drawing import Pace
from visitors.insight.forecast import Cause, Forecast, Reason
from visitors.models import Indicator
from visitors.tertials.models import Comment
from visitors.tertials.tertial import Tertial

SHARE_DIGITS = 5


def data(tertial: Tertial, *, at: dt.datetime) -> dict[str, Any]:
    """As known at the end of its last day; before that, as things stand. Comments are the latest."""
    today = periods.local_day(at)
    as_of = min(today, tertial.last_day)
    report = indicators.report(tertial.year, as_of=as_of, known=as_of if as_of < today else None)
    return {**said(report, tertial), "words": words(tertial)}


def said(report: Report, tertial: Tertial) -> dict[str, Any]:
    """A report's figures without comments; as JSON can hold them."""
    return {
        "year": tertial.year,
        "number": tertial.number,
        "as_of": report.as_of.isoformat(),
        "rules": report.decision.number if report.decision else None,
        "rule": definitions.in_both(outlook.rule),
        "figures": [_figure(figure, report, tertial) for figure in report.figures],
    }


def words(tertial: Tertial) -> dict[str, dict[str, str]]:
    """Indicator -> its latest comment and action. One query."""
    written = latest(tertial)
    return {code: {"comment": one.comment, "action": one.action} for code, one in written.items()}


def latest(tertial: Tertial) -> Mapping[str, Comment]:
    """Indicator -> the latest version of what was written. One query."""
    found = Comment.objects.filter(year=tertial.year, number=tertial.number).select_related("by")
    return {one.indicator: one for one in found.order_by("version")}


def pace(figure: Mapping[str, Any], year: int) -> Pace:
    """What the curve of a kept figure is drawn of."""
    return Pace(
        year=year,
        daily=figure["daily"],
        before=figure["before"],
        shares=figure["shares"],
        target=figure["target"],
        forecast=ends(figure),
    )


def ends(figure: Mapping[str, Any]) -> Forecast | None:
    """Where a kept figure's year was foretold to end."""
    kept = figure["forecast"]
    if not kept:
        return None
    ends = (kept["low"], kept["middle"], kept["high"])
    reason, cause = kept.get("reason"), kept.get("cause")
    return Forecast(
        1.0,
        *ends,
        0,
        assumed=kept["assumed"],
        unusual=kept.get("unusual", False),
        announced=kept.get("announced", 0),
        reason=Reason(reason) if reason else None,
        cause=Cause(**cause) if cause else None,
        year=kept.get("year", 0),
    )


def _figure(figure: Figure, report: Report, tertial: Tertial) -> dict[str, Any]:
    ends = figure.outlook.forecast
    drawn = Pace.of(report.year, figure.daily, figure.target, ends)
    return {
        "code": figure.code,
        "name": definitions.in_both(lambda: str(Indicator(figure.code).label)),
        "unit": definitions.in_both(lambda: definitions.unit(figure.code)),
        "definition": figure.definitions,
        "target": figure.target,
        "outcome": figure.outcome,
        "share": figure.share,
        "in_tertial": sum(month.outcome for month in figure.by_month if month.month in tertial.months),
        "same_day_last_year": figure.same_day_last_year,
        "booked_ahead": figure.booked_ahead,
        "expected_by_now": figure.outlook.expected_by_now,
        "forecast": {
            "year": ends.year,
            "low": ends.low,
            "middle": ends.middle,
            "high": ends.high,
            "assumed": ends.assumed,
            "unusual": ends.unusual,
            "announced": ends.announced,
            "reason": ends.reason,
            "cause": asdict(ends.cause) if ends.cause else None,
        }
        if ends
        else None,
        "status": figure.outlook.status.value,
        "daily": list(drawn.daily),
        "before": list(drawn.before),
        "shares": [round(share, SHARE_DIGITS) for share in drawn.shares],
    }
