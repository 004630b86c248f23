"""How lengths and places are said; no database."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def length(minutes: int) -> str:
    """75 -> "1 h 15 min", as both languages abbreviate it."""
    hours, rest = divmod(minutes, 60)
    parts = [_("%(n)s h") % {"n": hours}] if hours else []
    parts += [_("%(n)s min") % {"n": rest}] if rest else []
    return " ".join(parts)


def free(places: int) -> str:
    """How many places are free, in a sentence's place."""
    if places == 0:
        return _("Fully booked")
    return ngettext("%(n)s place free", "%(n)s places free", places) % {"n": places}
