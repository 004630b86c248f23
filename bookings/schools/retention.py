"""How long school bookings and their waiting parties remember the teacher."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bookings.common import retention as common
from bookings.schools.models import ContactChange, Need, SchoolBooking, SeriesGap
from navet.retention import rules
from navet.retention.rules import About, Ground, Rule
from visitors import retention as desk

Status = SchoolBooking.Status


def _over(before: dt.datetime) -> QuerySet[Any]:
    return SchoolBooking.objects.filter(session__occasion__period__endswith__lt=before)


def _unproved(before: dt.datetime) -> QuerySet[Any]:
    return SchoolBooking.objects.filter(
        status=Status.LAPSED, confirmed_at__isnull=True, waiting_since__isnull=True, created_at__lt=before
    )


def _may_go(at: dt.datetime) -> Q:
    over = Q(session__occasion__period__endswith__lt=at)
    return over | Q(status__in=[Status.CANCELLED, Status.LAPSED])


def _desk_forgets(keys: list[Any]) -> None:
    desk.forget(SchoolBooking.objects.filter(pk__in=keys).values_list("code", flat=True))


def _changed(before: dt.datetime) -> QuerySet[Any]:
    return ContactChange.objects.filter(changed_at__lt=before)


def _gaps(before: dt.datetime) -> QuerySet[Any]:
    return SeriesGap.objects.filter(starts_at__lt=before)


SAME: dict[str, Any] = {
    "model": SchoolBooking,
    "about": About.VISITORS,
    "ground": Ground.TASK,
    "empties": {
        **common.CONTACT,
        "class_name": "",
        "needs": {},
        "invoice_reference": "",
        "override_reason": "",
    },
    "also": _desk_forgets,
}
rules.register(
    Rule(
        key="schools.bookings",
        holds=_(
            "Who booked for a class or waits for places: name, e-mail address, telephone; class, needs as numbers"
        ),
        purpose=common.PURPOSE,
        after=common.AFTER,
        days=common.KEPT_DAYS,
        remains=_("School, grade, how many pupils and adults, dates and what it cost"),
        due=_over,
        address="contact_email",
        shows={
            **common.SHOWN,
            "session__occasion__title_sv": common.WHAT,
            "school__name": _("school"),
            "class_name": "",
            "needs": "",
            "invoice_reference": "",
        },
        codes=dict(Need.choices),
        on_request=_may_go,
        stays=common.CANCEL_FIRST,
        **SAME,
    )
)
rules.register(
    Rule(
        key="schools.bookings_unproved",
        holds=common.UNPROVED,
        purpose=common.UNPROVED_PURPOSE,
        after=common.UNPROVED_AFTER,
        days=common.UNPROVED_DAYS,
        remains=common.UNPROVED_REMAINS,
        due=_unproved,
        **SAME,
    )
)
rules.register(
    Rule(
        key="schools.contact_changes",
        model=ContactChange,
        about=About.VISITORS,
        holds=_("The e-mail address that a class's booking had before it got another contact"),
        purpose=_("To tell that address, and to see who moved a booking if somebody asks"),
        ground=Ground.TASK,
        after=_("after it was changed"),
        days=90,
        remains=_("When the contact was changed, by whom of the staff, and which fields"),
        due=_changed,
        empties={"was_email": ""},
        keeps={"changed": "names of fields"},
        address="was_email",
        shows={"booking__code": "", "was_email": "", "changed_at": ""},
        on_request=lambda at: Q(),
    )
)
rules.register(
    Rule(
        key="schools.gaps",
        model=SeriesGap,
        about=About.STAFF,
        holds=_("Why a session of a series could not be planned, which may name an educator"),
        purpose=_("To plan it again"),
        ground=Ground.TASK,
        after=_("after it was to take place"),
        days=365,
        remains=_("When, and the kind of hindrance"),
        due=_gaps,
        empties={"reason": ""},
    )
)
rules.exempt("school_bookings.Programme", "what is written for the public about a programme")
rules.exempt("school_bookings.Series", "hours of a day", "times")
