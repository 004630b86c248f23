"""How long answers are remembered."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from navet.api.models import IdempotencyRecord
from navet.retention import rules
from navet.retention.rules import About, Ground, Rule


def _answers(before: dt.datetime) -> QuerySet[Any]:
    return IdempotencyRecord.objects.filter(created_at__lt=before)


rules.register(
    Rule(
        key="api.answers",
        model=IdempotencyRecord,
        about=About.TECHNICAL,
        holds=_("The answer to a booking or another request that a program sent"),
        purpose=_("So that a request that is sent twice has one effect"),
        ground=Ground.TASK,
        after=_("after the answer"),
        days=2,
        remains=_("Nothing"),
        due=_answers,
        hourly=True,
    )
)
