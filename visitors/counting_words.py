"""A version's changes in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from navet.pages import formats
from visitors.decisions import Changes
from visitors.models import Category, Indicator


def told(changes: Changes) -> Iterator[str]:
    """A line for each target, and for the categories that one indicator got and lost."""
    for code in Indicator:
        mine = [change for change in changes if change["indicator"] == code]
        for words, after in (
            (_("%(indicator)s now counts: %(categories)s"), True),
            (_("%(indicator)s no longer counts: %(categories)s"), False),
        ):
            names = [
                str(Category(c["category"]).label) for c in mine if c["category"] and c["after"] is after
            ]
            if names:
                yield words % {"indicator": code.label, "categories": ", ".join(names).lower()}
        for change in mine:
            if not change["category"]:
                aims = {"before": formats.count(change["before"]), "after": formats.count(change["after"])}
                yield _("%(indicator)s: target %(before)s → %(after)s") % {"indicator": code.label, **aims}
