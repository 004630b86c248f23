"""How long what staff wrote on the year wheel is kept."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bookings.wheel.models import Entry
from navet import periods
from navet.retention import rules
from navet.retention.rules import About, Ground, Rule


def _over(before: dt.datetime) -> QuerySet[Any]:
    return Entry.objects.filter(days__endswith__lte=periods.local_day(before))


rules.register(
    Rule(
        key="wheel.entries",
        model=Entry,
        about=About.STAFF,
        holds=_("Notes on the year wheel"),
        purpose=_("To plan the house's year"),
        ground=Ground.TASK,
        after=_("after its last day"),
        days=730,
        remains=_("What there was, and when"),
        due=_over,
        empties={"note": ""},
        keeps={"title_sv": "what it was called", "title_en": "the same in English"},
    )
)
rules.exempt("wheel.Told", "which closure, break or window it was, by number", "key")
