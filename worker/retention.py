"""Who left gets no summaries, and is no longer listed for them."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from navet.retention import rules
from navet.retention.rules import About, Ground, Rule
from worker.models import Subscription


def _of_closed_accounts(_before: dt.datetime) -> QuerySet[Any]:
    return Subscription.objects.filter(user__is_active=False)


rules.register(
    Rule(
        key="worker.subscriptions",
        model=Subscription,
        about=About.STAFF,
        holds=_("Which summaries and lists somebody gets by mail"),
        purpose=_("To send them"),
        ground=Ground.TASK,
        after=_("after the account was closed"),
        days=0,
        remains=_("Nothing"),
        due=_of_closed_accounts,
    )
)
rules.exempt("worker.Happening", "which figure, session, course or week; never a person", "subject")
