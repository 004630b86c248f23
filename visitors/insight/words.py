"""How a forecast and a status are said outside a page, in the active language."""

import datetime as dt

from django.utils.translation import gettext as _

from navet.pages import formats
from visitors.insight.forecast import Forecast, Reason
from visitors.insight.outlook import Status

# A light is a shape, a colour and a word; two of them are enough to read it.
LIGHTS = {
    Status.MET: "go", Status.ON_TRACK: "go", Status.UNCERTAIN: "wait", Status.BEHIND: "stop", Status.MISSED: "stop",
    Status.UNKNOWN: "none",
}  # fmt: skip
SIGNS = {"go": "●", "wait": "▲", "stop": "■", "none": "○"}


def interval(forecast: Forecast | None) -> str:
    """ "17 000 (16 100–17 900)"; a dagger where it is wider than usual, a star where it is assumed; "17 000" of a year that is over."""
    if forecast is None:
        return "–"
    if forecast.is_certain:
        return formats.count(forecast.middle)
    low, middle, high = (formats.count(end) for end in (forecast.low, forecast.middle, forecast.high))
    return f"{middle} ({low}–{high}){'†' if forecast.unusual else ''}{'*' if forecast.assumed else ''}"


def announced(forecast: Forecast | None) -> str:
    """ "+1 200": what was announced of the days still to come, and is in the middle; "" where nothing was."""
    if forecast is None or not forecast.announced:
        return ""
    return f"{'+' if forecast.announced > 0 else '−'}{formats.count(abs(forecast.announced))}"


def why(forecast: Forecast | None) -> str:
    """What weighs most in an interval that is wider than usual, in a sentence; "" where none is."""
    if forecast is None or forecast.reason is None:
        return ""
    if forecast.reason == Reason.APART:
        return _("What has come and what is booked point to different ends of the year.")
    if forecast.cause is None:
        return _("How much of what was announced will come is not known.")
    began, ended = (_week(forecast.year, day) for day in (forecast.cause.first, forecast.cause.last - 1))
    if forecast.cause.lasts:
        more, less = (
            _("Since about week %(first)s more than before has come, and it seems to go on."),
            _("Since about week %(first)s less than before has come, and it seems to go on."),
        )
    else:
        more, less = (
            _("Weeks %(first)s–%(last)s brought unusually many, which most likely does not go on."),
            _("Weeks %(first)s–%(last)s brought unusually few, which most likely does not go on."),
        )
    return (more if forecast.cause.more else less) % {"first": began, "last": ended}


def _week(year: int, day: int) -> int:
    """The ISO week of the day before which so many days of the year were over."""
    return (dt.date(year, 1, 1) + dt.timedelta(days=day)).isocalendar().week


def curve(name: str, outcome: int, target: int, forecast: Forecast | None) -> str:
    """What the curve of a year shows, in a sentence or two: the text of a picture."""
    said = _("%(name)s as a curve over the year: %(outcome)s of %(target)s.") % {
        "name": name, "outcome": formats.count(outcome), "target": formats.count(target)
    }  # fmt: skip
    if forecast is not None:
        said += " " + _("Forecast for the year: %(forecast)s.") % {"forecast": interval(forecast)}
        if forecast.announced:
            said += " " + _("Of which announced: %(number)s.") % {"number": announced(forecast)}
        if forecast.unusual:
            said += f" † {why(forecast)}"
    return said
