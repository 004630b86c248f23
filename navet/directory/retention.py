"""How long contacts at schools are kept. Schools, organisers and municipalities are public registers."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.directory.models import Contact
from navet.retention import requests, rules
from navet.retention.rules import About, Ground, Rule


def _contacts(before: dt.datetime) -> QuerySet[Any]:
    return Contact.objects.filter(last_seen_date__lt=periods.local_day(before))


rules.register(
    Rule(
        key="directory.contacts",
        model=Contact,
        about=About.VISITORS,
        holds=_(
            "Name, e-mail address and telephone of somebody at a school, and whether she wants invitations"
        ),
        purpose=_("To reach the school"),
        ground=Ground.TASK,
        after=_("after we last heard of her"),
        days=730,
        remains=_("Nothing"),
        due=_contacts,
        address="email",
        shows=("name", "email", "phone", "invitations", "mail_language", "last_seen_date"),
        on_request=requests.at_once,
    )
)
REGISTER = "a public register of organisations"
rules.exempt("directory.Municipality", REGISTER)
rules.exempt("directory.Organiser", REGISTER)
rules.exempt("directory.SchoolUnit", REGISTER)
rules.exempt("directory.SchoolPeriod", "the name of a term or a holiday")
rules.exempt("directory.Agreement", "about an agreement between public bodies", "note")
