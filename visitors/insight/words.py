"""How a forecast and a status are said outside a page, in the active language."""

from django.utils.translation import gettext as _

from navet.pages import formats
from visitors.insight.forecast import Forecast
from visitors.insight.outlook import Status

# A light is a shape, a colour and a word; two of them are enough to read it.
LIGHTS = {
    Status.MET: "go", Status.ON_TRACK: "go", Status.UNCERTAIN: "wait", Status.BEHIND: "stop", Status.MISSED: "stop",
    Status.UNKNOWN: "none",
}  # fmt: skip
SIGNS = {"go": "●", "wait": "▲", "stop": "■", "none": "○"}


def interval(forecast: Forecast | None) -> str:
    """ "17 000 (16 100–17 900)"; a dagger where it is wider than usual, a star where it is assumed."""
    if forecast is None:
        return "–"
    low, middle, high = (formats.count(end) for end in (forecast.low, forecast.middle, forecast.high))
    return f"{middle} ({low}–{high}){'†' if forecast.unusual else ''}{'*' if forecast.assumed else ''}"


def curve(name: str, outcome: int, target: int, forecast: Forecast | None) -> str:
    """What the curve of a year shows, in a sentence or two: the text of a picture."""
    said = _("%(name)s as a curve over the year: %(outcome)s of %(target)s.") % {
        "name": name, "outcome": formats.count(outcome), "target": formats.count(target)
    }  # fmt: skip
    if forecast is not None:
        said += " " + _("Forecast for the year: %(forecast)s.") % {"forecast": interval(forecast)}
        if forecast.unusual:
            said += " " + _("This year is unlike the earlier ones, so the forecast is less sure than usual.")
    return said
