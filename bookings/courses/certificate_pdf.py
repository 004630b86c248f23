"""A certificate as PDF, tagged (PDF/UA-1), in the language that she is written to."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from bookings.common.words import length
from bookings.courses.certificates import Certificate
from bookings.courses.models import Registration
from navet import codes
from navet.house.models import Occasion
from navet.outbox.mail import Attachment
from navet.pages import contact, formats
from navet.pages.pdf import made

TEMPLATE = Path(__file__).with_name("certificate.typ")


def attachment(registration: Registration, certificate: Certificate) -> Attachment:
    """Reads the registration whole."""
    with override(registration.mail_language):
        name = _("certificate-%(code)s.pdf") % {"code": certificate.code}
        return Attachment(name, "application/pdf", made(TEMPLATE, _data(registration, certificate)))


def _data(registration: Registration, certificate: Certificate) -> dict[str, Any]:
    house, course, days = contact.house(), registration.round.course, registration.round.occasions()
    minutes = sum(int((one.ends_at - one.starts_at).total_seconds() // 60) for one in certificate.days)
    attended = ngettext("%(there)s of %(days)s day", "%(there)s of %(days)s days", len(days))
    facts = [
        (_("What it is about"), str(course.get_field_display())),
        (_("Days"), "\n".join(_day(one) for one in certificate.days)),
        (_("Took part"), attended % {"there": len(certificate.days), "days": len(days)}),
        (_("Time in all"), length(minutes)),
        (_("Place"), house.place),
    ]
    return {
        "language": registration.mail_language,
        "title": f"{_('Certificate')}, {course.title}",
        "heading": _("Certificate"),
        "house": house.name,
        "lead": _("has taken part in"),
        "name": certificate.participant.name,
        "course": course.title,
        "facts": [[name, text] for name, text in facts if text],
        "issued": _("Issued %(day)s") % {"day": formats.local_date(days[-1].starts_at, "long")},
        "check": _(
            "Whether it is genuine is told at %(url)s by the code %(code)s, the name and the first day."
        )
        % {"url": settings.SITE_URL + reverse("courses:check"), "code": codes.pretty(certificate.code)},
        "foot": [part for part in (house.place, house.phone, house.email) if part],
    }


def _day(occasion: Occasion) -> str:
    day = formats.local_date(occasion.starts_at, "long")
    return f"{day} {formats.local_time(occasion.starts_at)}–{formats.local_time(occasion.ends_at)}"
