"""A curve of the year as a picture that stands alone: in a mail or a document no style sheet draws it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import get_month_names
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from navet.pages import formats
from visitors.insight import pictures
from visitors.insight.forecast import Forecast, Year, profile


@dataclass(frozen=True)
class Pace:
    """What a curve is drawn of: heads a day this year up to the asked day, and all of the year before; the target's share by day."""

    year: int
    daily: Sequence[int]
    before: Sequence[int]
    shares: Sequence[float]
    target: int
    forecast: Forecast | None

    @classmethod
    def of(cls, year: int, daily: dict[int, list[int]], target: int, forecast: Forecast | None) -> "Pace":
        """From a figure's days of several years."""
        past = [Year(one, days) for one, days in daily.items() if one < year]
        return cls(year, daily[year], daily.get(year - 1, []), profile(past, year), target, forecast)


def svg(pace: Pace) -> str:
    """The picture, with words in the active language; alike on paper, in grey and for who does not tell colours apart."""
    days = (dt.date(pace.year + 1, 1, 1) - dt.date(pace.year, 1, 1)).days
    names = get_month_names("abbreviated", "stand-alone", locale=get_language() or "sv")
    curve = pictures.curve(
        pace.daily, pace.before, pace.shares, days=days, target=pace.target, forecast=pace.forecast,
        months=[name.rstrip(".") for name in names.values()],
    )  # fmt: skip
    return render_to_string("visitors/parts/curve.svg", {"curve": curve, "keys": _keys(pace, curve)})


def _keys(pace: Pace, curve: pictures.Curve) -> list[tuple[str, str, int]]:
    """What the lines mean: kind, words, and where it stands, two beside each other."""
    shown = [("now", str(pace.year)), ("before", str(pace.year - 1))]
    shown += [("pace", _("Pace to the target"))] if curve.pace else []
    shown += [("band", _("Forecast, 80 %"))] if curve.band else []
    shown += [("target", f"{_('Target')} {formats.count(pace.target)}")]
    return [(kind, words, n) for n, (kind, words) in enumerate(shown)]
