"""How long the house remembers what it promised and sent."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.outbox.models import DeliveredMail, Effect, OptOut
from navet.retention import requests, rules
from navet.retention.rules import About, Ground, Rule


def _over(before: dt.datetime) -> QuerySet[Any]:
    done = Q(state=Effect.State.DONE, done_at__lt=before)
    return Effect.objects.filter(done | Q(state=Effect.State.WITHDRAWN, due_at__lt=before))


def _dead(before: dt.datetime) -> QuerySet[Any]:
    return Effect.objects.filter(state=Effect.State.DEAD, due_at__lt=before)


def _mails(before: dt.datetime) -> QuerySet[Any]:
    return DeliveredMail.objects.filter(delivered_at__lt=before)


def _opted_out(before: dt.datetime) -> QuerySet[Any]:
    return OptOut.objects.filter(since_date__lt=periods.local_day(before))


rules.register(
    Rule(
        key="outbox.opt_outs",
        model=OptOut,
        about=About.VISITORS,
        holds=_(
            "That an address wants no questions or invitations, as a digest that the address cannot be read from"
        ),
        purpose=_("To leave whoever said no in peace"),
        ground=Ground.LAW,
        after=_("after she said so"),
        days=5 * 365 + 1,
        remains=_("Nothing"),
        due=_opted_out,
    )
)
rules.register(
    Rule(
        key="outbox.sent",
        model=Effect,
        about=About.TECHNICAL,
        holds=_("That a mail was sent or withdrawn; neither its text nor its address"),
        purpose=_("So that no mail is sent twice"),
        ground=Ground.TASK,
        after=_("after it was sent or withdrawn"),
        days=90,
        remains=_("Nothing"),
        due=_over,
    )
)
rules.register(
    Rule(
        key="outbox.given_up",
        model=Effect,
        about=About.TECHNICAL,
        holds=_("Which mail could not be sent, with the first letter of the address and its domain"),
        purpose=_("To put right what was wrong and try again"),
        ground=Ground.TASK,
        after=_("after the last attempt"),
        days=180,
        remains=_("Nothing"),
        due=_dead,
    )
)
rules.register(
    Rule(
        key="outbox.mailbox",
        model=DeliveredMail,
        about=About.TECHNICAL,
        holds=_("Mails as they were sent, where the service runs on one machine for trying it out"),
        purpose=_("To see what would have been sent"),
        ground=Ground.TASK,
        after=_("after the mail"),
        days=30,
        remains=_("Nothing"),
        due=_mails,
        address="recipients",
        lookup="contains",
        shows={"subject": _("Subject"), "delivered_at": _("Sent")},
        on_request=requests.at_once,
    )
)
