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


def own_called_off(*, wish_id: int) -> Mail | None:
    """The course that was planned for them is called off: to whoever asked, where nobody of theirs was told by a registration."""
    said = gettext_lazy("We are sorry: Navet has had to call off your own course.")
    return _said(
        wish_id, OwnCourse.Status.PLANNED, gettext_lazy("Your own course is called off"), said, off=True
    )


def _said(wish_id: int, status: str, headline: Any, said: Any, *, off: bool = False) -> Mail | None:
    """`off` of a wish whose course is called off, else of one whose course is not."""
    wishes = OwnCourse.objects.select_related("school", "round__course", "round__occasion")
    wish = wishes.filter(pk=wish_id, status=status).exclude(contact_email__endswith=NOWHERE).first()
    if wish is None or off != (wish.round is not None and wish.round.is_called_off()):
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
    found: dict[str, Any] = {
        "facts": [
            (_("Course"), round_.course.title),
            (_("Days"), "\n".join(days)),
            (_("School"), wish.school.name),
        ],
        "label": _("Register"),
        "url": settings.SITE_URL + reverse("courses:register", args=[round_.pk]),
    }
    if round_.is_called_off():
        reason = round_.occasion.cancel_reason
        found["facts"] += [(_("Reason"), reason)] if reason else []
        found |= {"label": _("Ask for one"), "url": settings.SITE_URL + reverse("courses:ask")}
    return found
