"""What is sent to those who were there, each at her own address, when a course is over."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bookings.courses import certificate_pdf, certificates
from bookings.courses.models import Material, Participant, Registration
from navet.outbox.mail import Mail, render
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
