"""What the libraries under the house keep: sessions, the second factor, Django's administration, the audit trail."""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pghistory.models import Context

from navet.retention import rules
from navet.retention.rules import About, Ground, Rule


def _sessions(before: dt.datetime) -> QuerySet[Any]:
    return Session.objects.filter(expire_date__lt=before)


def _admin_log(before: dt.datetime) -> QuerySet[Any]:
    return LogEntry.objects.filter(action_time__lt=before)


def _addresses(_before: dt.datetime) -> QuerySet[Any]:
    return EmailAddress.objects.filter(user__is_active=False)


def _factors(_before: dt.datetime) -> QuerySet[Any]:
    return Authenticator.objects.filter(user__is_active=False)


def _contexts(before: dt.datetime) -> QuerySet[Any]:
    return Context.objects.filter(created_at__lt=before)


rules.register(
    Rule(
        key="sessions",
        model=Session,
        about=About.TECHNICAL,
        holds=_("Which address this browser has proved, and who is logged in"),
        purpose=_("So that nobody has to prove an address for every page"),
        ground=Ground.TASK,
        after=_(
            "after the session ended: seven days for those who book, twelve hours for those who work here"
        ),
        days=0,
        remains=_("Nothing"),
        due=_sessions,
        hourly=True,
    )
)
rules.register(
    Rule(
        key="admin_log",
        model=LogEntry,
        about=About.STAFF,
        holds=_("What somebody changed in the administration"),
        purpose=_("To see who changed what"),
        ground=Ground.TASK,
        after=_("after the change"),
        days=730,
        remains=_("Nothing"),
        due=_admin_log,
    )
)
rules.register(
    Rule(
        key="closed_accounts.addresses",
        model=EmailAddress,
        about=About.STAFF,
        holds=_("The address for a new password"),
        purpose=_("So that who works here can log in"),
        ground=Ground.TASK,
        after=_("after the account was closed"),
        days=0,
        remains=_("Nothing"),
        due=_addresses,
    )
)
rules.register(
    Rule(
        key="closed_accounts.factors",
        model=Authenticator,
        about=About.STAFF,
        holds=_("The second factor"),
        purpose=_("So that nobody else can log in"),
        ground=Ground.TASK,
        after=_("after the account was closed"),
        days=0,
        remains=_("Nothing"),
        due=_factors,
    )
)
rules.register(
    Rule(
        key="audit.contexts",
        model=Context,
        about=About.STAFF,
        holds=_("Who made a change, and at which address of the service"),
        purpose=_("To see who changed what, also in what the accounts rest on"),
        ground=Ground.LAW,
        after=_("after the change"),
        days=rules.FOR_THE_BOOKS_DAYS + 365,
        remains=_("What was changed and when"),
        due=_contexts,
    )
)
rules.exempt("account.EmailConfirmation", "goes with its address", "key")
rules.exempt("auth.Permission", "part of the program")
rules.exempt("auth.Group", "not used: roles are in the code")
rules.exempt("contenttypes.ContentType", "part of the program")
rules.exempt("retention.Decision", "the name of a rule and of an official decision")
rules.exempt("retention.Outcome", "the name of a rule", "rule")
