"""How long the reasons that staff wrote about what happens in the house are kept."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from navet.house.models import Occasion
from navet.retention import rules
from navet.retention.rules import NOTHING, About, Ground, Rule


def _occasions(before: dt.datetime) -> QuerySet[Any]:
    return Occasion.objects.filter(period__endswith__lt=before)


def _conferences(before: dt.datetime) -> QuerySet[Any]:
    return _occasions(before).filter(kind=Occasion.Kind.CONFERENCE)


rules.register(
    Rule(
        key="house.occasions",
        model=Occasion,
        about=About.STAFF,
        holds=_("Why something was called off, or planned outside the opening hours"),
        purpose=_("To plan the house, and to tell those concerned"),
        ground=Ground.TASK,
        after=_("after it was to take place"),
        days=730,
        remains=_("What took place, when, in which rooms and with how many"),
        due=_occasions,
        empties={"cancel_reason": "", "override_reason": ""},
        keeps={"title_sv": "what it was called in the programme", "title_en": "the same in English"},
    )
)
rules.register(
    Rule(
        key="house.titles",
        model=Occasion,
        about=About.VISITORS,
        holds=_("What a conference is called in the house, which may be a name"),
        purpose=_("To plan the house, and to tell those concerned"),
        ground=Ground.CONTRACT,
        after=_("after it was to take place"),
        days=365,
        remains=_("What took place, when, in which rooms and with how many"),
        due=_conferences,
        empties={"title_sv": NOTHING, "title_en": NOTHING},
    )
)
ROOM = "about a room or the house"
for model in ("Cell", "Room", "OpeningHours", "Closure"):
    rules.exempt(f"house.{model}", ROOM)
