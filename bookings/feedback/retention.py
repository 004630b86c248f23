"""How long open lines are kept. Questions and scores hold nobody; the contact is the booking's, with a rule of its own."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bookings.feedback.models import Answer
from navet import periods
from navet.retention import rules
from navet.retention.rules import About, Ground, Rule


def _old(before: dt.datetime) -> QuerySet[Any]:
    return Answer.objects.filter(week_date__lt=periods.local_day(before))


rules.register(
    Rule(
        key="feedback.remarks",
        model=Answer,
        about=About.VISITORS,
        holds=_("What somebody wrote on the open line after a visit or a course; not who"),
        purpose=_("To review programmes and courses"),
        ground=Ground.TASK,
        after=_("after the week it was written in"),
        days=730,
        remains=_("How far the answer agreed with each statement, and in which school year"),
        due=_old,
        empties={"remark": ""},
        keeps={"ticket": "drawn at random; leads nowhere"},
    )
)
rules.exempt("feedback.Asked", "drawn at random; moves to the answer and leads nowhere", "ticket")
