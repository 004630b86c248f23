"""What each figure means, in a sentence beside it; it names the categories that the year's rules count."""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override as language

from visitors.models import Category, Indicator

LANGUAGES = ("sv", "en")


def unit(indicator: str) -> str:
    """The unit in the active language."""
    return {
        Indicator.PUPILS: _("participations"),
        Indicator.EDUCATORS: _("individuals"),
        Indicator.VISITORS: _("visits"),
        Indicator.LEISURE: _("individuals"),
        Indicator.CONFERENCES: _("conferences held"),
    }[Indicator(indicator)]


def definition(indicator: str, counted: Collection[str]) -> str:
    """The sentence in the active language."""
    names = {"categories": _names(counted)}
    return {
        Indicator.PUPILS: _(
            "Every pupil who was checked in, once for each programme attended. Counts: %(categories)s."
        ),
        Indicator.EDUCATORS: _(
            "Different people in the year, each counted once however many courses they attended. "
            "Counts: %(categories)s."
        ),
        Indicator.VISITORS: _(
            "Everybody who came through the door, once for each visit, staff excluded. Counts: %(categories)s."
        ),
        Indicator.LEISURE: _(
            "Different children and young people in the year, each counted once however many times they came. "
            "Counts: %(categories)s."
        ),
        Indicator.CONFERENCES: _(
            "Meetings and conferences whose party was checked in, each counted once however many days it lasts."
        ),
    }[Indicator(indicator)] % names


def definitions(indicator: str, counted: Collection[str]) -> dict[str, str]:
    """The sentence in each language of the house: {"sv": …, "en": …}."""
    return in_both(lambda: definition(indicator, counted))


def in_both(say: Callable[[], Any]) -> dict[str, str]:
    """What is said, in each language."""
    said = {}
    for code in LANGUAGES:
        with language(code):
            said[code] = str(say())
    return said


def _names(counted: Collection[str]) -> str:
    chosen = [category for category in Category if category in counted]
    left_out = [category for category in Category if category not in counted]
    if len(left_out) < len(chosen) and left_out:
        return _("every category except %(names)s") % {"names": _listed(left_out)}
    return _listed(chosen) if chosen else _("nothing")


def _listed(categories: Collection[Category]) -> str:
    return ", ".join(str(category.label).lower() for category in categories)
