"""Coded access needs as the desk reads them: a drawing and a word. Product lines own the codes."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Need:
    """`drawing` is an SVG path on 24 × 24; it repeats the label."""

    label: str | Promise
    drawing: str
    count: int = 0


_OTHER = "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17z M12 8v5 M12 16v.1"
_KNOWN: dict[str, tuple[str | Promise, str]] = {
    "wheelchair": (
        _("Wheelchair"),
        "M10 4.5v.1 M10 8v6h5l3 5.5 M10 10.5h4.5 M8 12.2a4.8 4.8 0 1 0 6 6.3",
    ),
    "hearing_loop": (
        _("Hearing loop"),
        "M7 10a5 5 0 0 1 10 0c0 3.5-3.5 3.8-3.5 6.5a2.8 2.8 0 0 1-5 1.8 M10 10a2 2 0 0 1 4 0",
    ),
    "sign_language": (
        _("Sign language interpreter comes along"),
        "M7 13V6.5 M10 12V4.5 M13 12V5 M16 13V7.5 M7 13c-3-3-4 0-2 2l4 5h6c2 0 3-3 3-6v-3",
    ),
    "low_vision": (
        _("Low vision"),
        "M3 12c5-7 13-7 18 0c-5 7-13 7-18 0z M12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z",
    ),
    "calm_space": (_("Calm space"), "M4 11l8-7 8 7v9H4z M9 20v-5h6v5"),
    "assistant": (
        _("Assistant comes along"),
        "M8 5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z M3.5 19c0-4 2-6 4.5-6s4.5 2 4.5 6 M15 8h6 M18 5v6",
    ),
    "step_free": (_("Step-free route"), "M3 19h18 M4 16L20 8v8"),
}


def described(needs: dict[str, int]) -> list[Need]:
    """The needs of an arrival in the order of the codes; an unknown code is shown as it is written."""
    known = [Need(*_KNOWN[code], needs[code]) for code in _KNOWN if needs.get(code)]
    others = [
        Need(code.replace("_", " "), _OTHER, count) for code, count in needs.items() if code not in _KNOWN
    ]
    return known + others
