"""The invitation to a unit. Built when it is sent: sessions that filled meanwhile are not in it, and who said no gets none."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bookings.reach import links, offers
from bookings.reach.models import Invitation
from bookings.reach.operations import inviting
from bookings.schools.models import Session
from navet import periods
from navet.directory import agreements
from navet.directory.models import SchoolUnit
from navet.outbox import opting
from navet.outbox.mail import Mail, render
from navet.pages import formats


def invitation(*, invitation_id: int) -> Mail | None:
    """You are welcome, in the contact's language; nothing where no session is left or the address is gone."""
    found = Invitation.objects.select_related("contact", "school__municipality", "school__organiser")
    one = found.filter(pk=invitation_id).first()
    if one is None:
        return None
    at, address = timezone.now(), inviting.address_of(one)
    sessions = offers.offers([one.school], at=at)[one.school_id]
    if not address or not sessions or opting.is_out(opting.Kind.INVITATIONS, address):
        return None
    language = inviting.language_of(one.contact)
    with translation.override(language):
        opt_out = links.opt_out_url(one)
        return render(
            "reach_invitation",
            to=[address],
            language=language,
            context={
                **worded(one.school, sessions, today=periods.local_day(at)),
                "opt_out_url": opt_out,
            },
            list_id="invitations",
            unsubscribe_url=opt_out,
        )


def worded(school: SchoolUnit, sessions: list[Session], *, today: dt.date) -> dict[str, object]:
    """What it says, in the active language; also what the preview shows."""
    # An agreement holds on a day; that of the first session speaks for the term.
    day = periods.local_day(sessions[0].occasion.starts_at)
    return {
        "headline": _("Welcome to Navet with your classes"),
        "school": str(school),
        "is_free": agreements.agreement_for(school, day) is not None,
        "offered": [
            (
                f"{formats.near_date(one.occasion.starts_at, today=today)} {formats.local_time(one.occasion.starts_at)}",
                _("%(programme)s, %(places)s places left")
                % {"programme": one.programme.title, "places": one.free_places},
                settings.SITE_URL + reverse("schools:programme", args=[one.programme.slug]),
            )
            for one in sessions
        ],
        "label": _("See and book school programmes"),
        "url": settings.SITE_URL + reverse("schools:programmes"),
    }
