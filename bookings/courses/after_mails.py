"""What is sent to those on a course, each at her own address: that it is called off, and her certificate when it is over."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bookings.courses import certificate_pdf, certificates
from bookings.courses.models import Material, Participant, Registration
from navet.outbox.mail import Mail, render
from navet.pages import formats
from navet.retention.rules import NOWHERE


def certificate(*, participant_id: int) -> Mail | None:
    """Her certificate and what was handed out; nothing where she has not earned one after all, or is forgotten."""
    at = timezone.now()
    person = Participant.objects.filter(pk=participant_id).exclude(email__endswith=NOWHERE).first()
    if person is None:
        return None
    registration = Registration.objects.whole().get(pk=person.registration_id)
    earned = certificates.of_registration(registration, at)
    hers = next((one for one in earned if one.participant.pk == participant_id), None)
    if hers is None:
        return None
    course = registration.round.course
    with translation.override(registration.mail_language):
        return render(
            "courses_certificate",
            to=[person.email],
            language=registration.mail_language,
            context={
                "headline": _("Your certificate: %(course)s") % {"course": course.title},
                "course": course.title,
                "material": list(Material.objects.shown(registration.round, at)),
            },
            attachments=(certificate_pdf.attachment(registration, hers),),
        )


def participant_called_off(*, participant_id: int) -> Mail | None:
    """The course she was to come to is called off; nothing where she is forgotten."""
    person = Participant.objects.filter(pk=participant_id).exclude(email__endswith=NOWHERE).first()
    if person is None:
        return None
    registration = Registration.objects.whole().get(pk=person.registration_id)
    occasion, course = registration.occasion, registration.round.course
    if not registration.round.is_called_off():
        return None
    with translation.override(registration.mail_language):
        what = {"what": course.title, "day": formats.local_date(occasion.starts_at, "day")}
        facts = [
            (_("Course"), course.title),
            (
                _("When"),
                f"{formats.local_date(occasion.starts_at, 'long')} {formats.local_time(occasion.starts_at)}",
            ),
            (_("School"), registration.school.name),
        ]
        if occasion.cancel_reason:
            facts.append((_("Reason"), occasion.cancel_reason))
        return render(
            "courses_wish",
            to=[person.email],
            language=registration.mail_language,
            context={
                "headline": _("Called off by Navet: %(what)s, %(day)s") % what,
                "said": [_("We are sorry: Navet has had to call off the course you were to come to.")],
                "facts": facts,
                "label": _("See all courses"),
                "url": settings.SITE_URL + reverse("courses:courses"),
            },
        )
