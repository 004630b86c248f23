"""How long registrations remember who came. What the ledger says of them is under a key of the year and stays."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bookings.common import retention as common
from bookings.courses.models import OwnCourse, Participant, Registration
from navet.retention import rules
from navet.retention.rules import NOTHING, About, Ground, Nowhere, Rule

common.register(
    Registration,
    key="courses.registrations",
    holds=_("Who registered for a course: name, e-mail address, telephone, and the invoice reference"),
    remains=_("Which school, how many persons, which course and what it cost"),
    empties={"invoice_reference": ""},
    shows={"queued_at": "", "invoice_reference": "", "school__name": _("school")},
)


def _over(before: dt.datetime) -> QuerySet[Any]:
    return Participant.objects.filter(
        Q(registration__occasion__period__endswith__lt=before)
        | Q(registration__status__in=["cancelled", "lapsed"], registration__created_at__lt=before)
    )


def _may_go(at: dt.datetime) -> Q:
    return Q(registration__occasion__period__endswith__lt=at) | Q(
        registration__status__in=["cancelled", "lapsed"]
    )


rules.register(
    Rule(
        key="courses.participants",
        model=Participant,
        about=About.VISITORS,
        holds=_("Who is on a course: name and e-mail address"),
        purpose=_("The attendance list, and to count one person once"),
        ground=Ground.TASK,
        after=_("after the course began"),
        days=common.KEPT_DAYS,
        remains=_("That somebody of the school was there, which days"),
        due=_over,
        empties={"name": NOTHING, "email": Nowhere()},
        address="email",
        shows={"name": "", "email": "", "registration__occasion__title_sv": _("course")},
        on_request=_may_go,
        stays=common.CANCEL_FIRST,
    )
)
rules.register(
    Rule(
        key="courses.wishes",
        model=OwnCourse,
        about=About.VISITORS,
        holds=_(
            "Who asked for a course of a school's own: name, e-mail address, telephone, and what was written"
        ),
        purpose=_("To plan the course and answer"),
        ground=Ground.TASK,
        after=_("after it was asked for"),
        days=common.KEPT_DAYS,
        remains=_("Which school asked, for how many, and whether it got one"),
        due=lambda before: OwnCourse.objects.filter(created_at__lt=before),
        empties={
            "contact_name": "",
            "contact_email": Nowhere(),
            "contact_phone": "",
            "what": "",
            "when": NOTHING,
            "answer": "",
        },
        address="contact_email",
        shows=("status", "contact_name", "contact_email", "contact_phone", "what", "when", "created_at"),
        on_request=lambda at: ~Q(status=OwnCourse.Status.ASKED),
        stays=_("A wish that is not answered needs somebody to answer to."),
    )
)
rules.exempt("courses.Course", "what is written for the public about a course")
rules.exempt("courses.Material", "a link that is handed out to those who were there")
