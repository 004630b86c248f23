"""The one mail after a visit or a course. Built when it is sent: who never came after all, or said no, gets none."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bookings.feedback import links
from bookings.feedback.models import Asked
from bookings.feedback.operations import asking
from navet.outbox import opting
from navet.outbox.mail import Mail, render
from navet.pages import formats
from navet.retention.rules import NOWHERE


def ask(*, asked_id: int) -> Mail | None:
    """What did you think?"""
    asked = Asked.objects.whole().filter(pk=asked_id, is_answered=False).first()
    if asked is None or asked.closes_at <= timezone.now() or not asking.still_came(asked):
        return None
    address = asked.address
    if not address or address.endswith(NOWHERE) or opting.is_out(opting.Kind.FEEDBACK, address):
        return None
    with translation.override(asked.language):
        about = {"what": asked.about.title, "day": formats.local_date(asked.came_at, "day")}
        return render(
            "feedback_ask",
            to=[address],
            language=asked.language,
            context={
                "headline": _("What did you think of %(what)s, %(day)s?") % about,
                "is_of_a_course": asked.is_of_a_course,
                "closes": formats.local_date(asked.closes_at, "day"),
                "label": _("Answer five questions"),
                "url": links.form_url(asked),
                "opt_out_url": links.opt_out_url(asked),
            },
            list_id="feedback",
            unsubscribe_url=links.opt_out_url(asked),
        )
