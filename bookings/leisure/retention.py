"""How long leisure groups remember children and guardians. What the ledger says of them is under a key of the year and stays."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bookings.common import retention as common
from bookings.leisure.models import Absence, Enrolment, Message
from navet.retention import requests, rules
from navet.retention.rules import About, Ground, Rule

EMERGENCY_DAYS = 30
common.register(
    Enrolment,
    key="leisure.enrolments",
    holds=_(
        "Children in leisure groups and their guardians: names, year of birth, e-mail address, telephone"
    ),
    remains=_("That a child was in the group or applied, from which municipality, and what it cost"),
    empties={
        "child_name": "",
        "birth_year": None,
        "emergency_name": "",
        "emergency_phone": "",
        "is_protected": False,
    },
    shows={
        "queued_at": "",
        "child_name": "",
        "birth_year": "",
        "municipality__name": _("municipality"),
        "emergency_name": "",
        "emergency_phone": "",
        "is_protected": "",
    },
    ends="group__ends_at",
)


def _over(before: dt.datetime) -> QuerySet[Any]:
    return Enrolment.objects.filter(
        Q(group__ends_at__lt=before) | Q(status__in=["cancelled", "lapsed"], created_at__lt=before)
    )


rules.register(
    Rule(
        key="leisure.emergency",
        model=Enrolment,
        about=About.VISITORS,
        holds=_("Whom to call about a child in a leisure group"),
        purpose=_("To reach somebody if anything happens at a meeting"),
        ground=Ground.TASK,
        after=_("after the last meeting"),
        days=EMERGENCY_DAYS,
        remains=_("The enrolment itself, for its own time"),
        due=_over,
        empties={"emergency_name": "", "emergency_phone": ""},
    )
)


def _told(before: dt.datetime) -> QuerySet[Any]:
    return Absence.objects.filter(meeting__occasion__period__endswith__lt=before)


rules.register(
    Rule(
        key="leisure.absences",
        model=Absence,
        about=About.VISITORS,
        holds=_("That a child would not come to a meeting; never why"),
        purpose=_("So that the leader does not look for her"),
        ground=Ground.TASK,
        after=_("after the meeting"),
        days=EMERGENCY_DAYS,
        remains=_("Nothing at all"),
        due=_told,
        address="enrolment__contact_email",
        shows={
            "enrolment__child_name": "",
            "meeting__occasion__title_sv": common.WHAT,
            "told_at": "",
        },
        on_request=requests.at_once,
    )
)


def _written(before: dt.datetime) -> QuerySet[Any]:
    return Message.objects.filter(group__ends_at__lt=before)


rules.register(
    Rule(
        key="leisure.messages",
        model=Message,
        about=About.VISITORS,
        holds=_("What was written to all guardians of a group"),
        purpose=_("So that those who lead it see what was said"),
        ground=Ground.TASK,
        after=_("after the last meeting"),
        days=common.KEPT_DAYS,
        remains=_("That something was written, when, by whom and to how many"),
        due=_written,
        empties={"subject": "", "text": ""},
    )
)
rules.exempt("leisure.Club", "what is written for the public about a club")
rules.exempt("leisure.Group", "why a group was called off, told to all; the fingerprint of a seed")
rules.exempt("leisure.Exchange", "a fingerprint, and why it was exchanged: published")
rules.exempt("leisure.Payer", "organisations that pay fees")
rules.exempt("leisure.Draw", "numbers of applications, never a name; published")
