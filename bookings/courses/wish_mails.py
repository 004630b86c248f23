"""What is said by mail to a school that asks for a course of its own."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.courses.models import OwnCourse, Round
from navet.outbox.mail import Mail, render
from navet.pages import formats
from navet.retention.rules import NOWHERE


def own_asked(*, wish_id: int) -> Mail | None:
    """We have it. What was written is not repeated: the address is not proved."""
    said = gettext_lazy(
        "We have your wish for a course of your own, and write to you when a planner has looked at it."
    )
    return _said(wish_id, OwnCourse.Status.ASKED, gettext_lazy("Your wish: a course of your own"), said)


def own_planned(*, wish_id: int) -> Mail | None:
    """There is a round of their own; the way to register."""
    said = gettext_lazy("The course is planned, for your school alone. Register those who come on the page.")
    return _said(wish_id, OwnCourse.Status.PLANNED, gettext_lazy("Your own course is planned"), said)


def own_declined(*, wish_id: int) -> Mail | None:
    said = gettext_lazy("We cannot give you a course of your own this time.")
    return _said(wish_id, OwnCourse.Status.DECLINED, gettext_lazy("Your wish: a course of your own"), said)


def _said(wish_id: int, status: str, headline: Any, said: Any) -> Mail | None:
    wishes = OwnCourse.objects.select_related("school", "round__course", "round__occasion")
    wish = wishes.filter(pk=wish_id, status=status).exclude(contact_email__endswith=NOWHERE).first()
    if wish is None:
        return None
    with translation.override(wish.mail_language):
        context: dict[str, Any] = {
            "headline": str(headline),
            "said": [str(said)],
            "facts": [(_("School"), wish.school.name)],
        }
        if wish.status == OwnCourse.Status.DECLINED:
            context["said"].append(wish.answer)
        if wish.round is not None:
            context |= _of_round(wish, wish.round)
        else:
            context |= {"label": _("See all courses"), "url": settings.SITE_URL + reverse("courses:courses")}
        return render("courses_wish", to=[wish.contact_email], language=wish.mail_language, context=context)


def _of_round(wish: OwnCourse, round_: Round) -> dict[str, Any]:
    days = [
        f"{formats.local_date(one.starts_at, 'long')} {formats.local_time(one.starts_at)}–{formats.local_time(one.ends_at)}"
        for one in round_.occasions()
    ]
    return {
        "facts": [
            (_("Course"), round_.course.title),
            (_("Days"), "\n".join(days)),
            (_("School"), wish.school.name),
        ],
        "label": _("Register"),
        "url": settings.SITE_URL + reverse("courses:register", args=[round_.pk]),
    }
