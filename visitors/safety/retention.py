"""How long the reasons for letting more in than the limit are kept."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from navet.retention import rules
from navet.retention.rules import NOTHING, About, Ground, Rule
from visitors.safety.models import LimitOverride


def _overrides(before: dt.datetime) -> QuerySet[Any]:
    return LimitOverride.objects.filter(at__lt=before)


rules.register(
    Rule(
        key="safety.overrides",
        model=LimitOverride,
        about=About.STAFF,
        holds=_("Why somebody let in more people than the limit of the house"),
        purpose=_("To answer for the safety of the house"),
        ground=Ground.TASK,
        after=_("after it was done"),
        days=730,
        remains=_("When, how many, and who let them in"),
        due=_overrides,
        empties={"reason": NOTHING},
        keeps={"category": "the category of a visit"},
        past=("append_only",),
    )
)
rules.exempt("safety.HouseLimit", "which decision the limit goes by", "note")
rules.exempt("safety.AssemblyNote", "what to do when the house is evacuated")
