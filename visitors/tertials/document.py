"""The report as PDF (PDF/UA-1) for the board: made of kept data alone, so that the same data say the same."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from navet import periods
from navet.pages import contact, formats
from navet.pages.pdf import made
from visitors.insight import drawing, words
from visitors.insight.outlook import Status
from visitors.tertials import figures
from visitors.tertials.tertial import Tertial

TEMPLATE = Path(__file__).with_name("tertial.typ")


def pdf(data: Mapping[str, Any], language: str, *, version: int, made_at: dt.datetime) -> bytes:
    """Version 0 is a draft, and says so."""
    with override(language):
        return made(TEMPLATE, _said(data, language, version, made_at))


def name(tertial: Tertial, version: int) -> str:
    """What the file is called, in the active language."""
    kind = _("tertial-report-%(tertial)s") % {"tertial": tertial}
    return f"{kind}-{_('draft') if version == 0 else f'v{version}'}.pdf"


def heading(tertial: Tertial) -> str:
    """In the active language."""
    return _("Tertial report %(number)s, %(year)s") % {"number": tertial.number, "year": tertial.year}


def period(tertial: Tertial) -> str:
    """Its first and last day, in the active language."""
    return f"{formats.local_date(tertial.first_day)} – {formats.local_date(tertial.last_day)}"


def _said(data: Mapping[str, Any], language: str, version: int, made_at: dt.datetime) -> dict[str, Any]:
    tertial = Tertial(data["year"], data["number"])
    house, title = contact.house(), heading(tertial)
    told = {"day": formats.local_date(made_at), "version": version}
    return {
        "language": language,
        "title": f"{title}, {house.name}",
        "heading": title,
        "house": house.name,
        "period": period(tertial),
        "state": (_("Draft of %(day)s") if version == 0 else _("Version %(version)s, made %(day)s")) % told,
        "draft": version == 0,
        "as_of": _as_of(data, made_at),
        "rules": _("What counts: version %(number)s.") % {"number": data["rules"]}
        if data["rules"]
        else _("What counts: the house's defaults."),
        "rule": data["rule"][language],
        "assumed": any(one["forecast"] and one["forecast"]["assumed"] for one in data["figures"]),
        "foot": [part for part in (house.place, house.phone, house.email) if part],
        "words": _words(),
        "figures": [_figure(one, data, language) for one in data["figures"]],
    }  # fmt: skip


def _as_of(data: Mapping[str, Any], made_at: dt.datetime) -> str:
    day = dt.date.fromisoformat(data["as_of"])
    said = _("Counted from 1 January to the end of %(day)s.") % {"day": formats.local_date(day)}
    return f"{said} {_('As it was known then.')}" if day < periods.local_day(made_at) else said


def _figure(one: Mapping[str, Any], data: Mapping[str, Any], language: str) -> dict[str, Any]:
    written = data["words"].get(one["code"], {"comment": "", "action": ""})
    status, ends = Status(one["status"]), figures.ends(one)
    return {
        "name": one["name"][language],
        "target": formats.count(one["target"]),
        "outcome": formats.count(one["outcome"]),
        "share": "–" if one["share"] is None else formats.percent(one["share"]),
        "forecast": words.interval(ends),
        "light": words.LIGHTS[status],
        "status": str(status.label),
        "facts": facts(one, language),
        "definition": one["definition"][language],
        "svg": drawing.svg(figures.pace(one, data["year"])),
        "alt": words.curve(one["name"][language], one["outcome"], one["target"], ends),
        "comment": written["comment"].splitlines(),
        "action": written["action"].splitlines(),
    }


def facts(one: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """Every figure of an indicator, named; in the active language."""
    return [
        (_("Outcome, %(unit)s") % {"unit": one["unit"][language]}, formats.count(one["outcome"])),
        (_("Of which in the tertial"), formats.count(one["in_tertial"])),
        (_("Target"), formats.count(one["target"])),
        (_("Share of the target"), "–" if one["share"] is None else formats.percent(one["share"])),
        (_("Expected by now"), _count(one["expected_by_now"])),
        (_("Same day last year"), formats.count(one["same_day_last_year"])),
        (_("Booked ahead"), _count(one["booked_ahead"])),
        (_("Forecast for the year, 80 % interval"), words.interval(ends := figures.ends(one))),
        *([(_("Of which announced"), words.announced(ends))] if words.announced(ends) else []),
        *([(_("† What weighs most"), words.why(ends))] if words.why(ends) else []),
    ]


def _count(number: int | None) -> str:
    return "–" if number is None else formats.count(number)


def _words() -> dict[str, str]:
    return {
        "page": _("Page"),
        "glance": _("At a glance"),
        "indicator": _("Indicator"),
        "target": _("Target"),
        "outcome": _("Outcome"),
        "share": _("Share"),
        "forecast": _("Forecast (80 %)"),
        "status": _("Status"),
        "comment": _("Comment"),
        "action": _("Action"),
        "nothing": _("Nothing was written."),
        "how": _("How to read it"),
        "star": _("* Too few earlier years to know how wrong the forecast is; the interval is assumed."),
    }


def at_a_glance(data: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """The table of the first page, for who reads it in a mail."""
    return [
        {
            "name": one["name"][language],
            "outcome": one["outcome"],
            "target": one["target"],
            "share": one["share"],
            "forecast": words.interval(ends := figures.ends(one)),
            "announced": words.announced(ends),
            "why": words.why(ends),
            "sign": words.SIGNS[words.LIGHTS[Status(one["status"])]],
            "light": words.LIGHTS[Status(one["status"])],
            "status": Status(one["status"]).label,
        }
        for one in data["figures"]
    ]
