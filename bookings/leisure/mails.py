"""What is said by mail to guardians. Built when it is sent: what is no longer true is not said."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.common import mails
from bookings.common.letters import letter
from bookings.common.models import Status
from bookings.leisure.line import LINE
from bookings.leisure.models import Enrolment, Meeting, Message
from navet.outbox.mail import Mail
from navet.pages import formats

COME = gettext_lazy("Whoever leads the group has a list of the children: just come in.")
LEAVE = gettext_lazy(
    "If the child does not want the place any more, leave it on the page, so that another can have it."
)


def applied(*, booking_id: int) -> Mail | None:
    """The application is in, and takes part in the draw."""

    def said(enrolment: Enrolment) -> list[str]:
        drawn_from = enrolment.group.drawn_from or enrolment.occasion.starts_at
        told = {
            "number": enrolment.ticket,
            "day": formats.local_date(drawn_from, "day"),
            "time": formats.local_time(drawn_from),
        }
        text = _(
            "The application has number %(number)s. Places are drawn on %(day)s at %(time)s, and you get a mail."
        )
        lines = [text % told]
        if enrolment.continues:
            lines.append(_("The child was in the group last term, and comes before new ones."))
        return lines

    return _said(
        booking_id, _undrawn, gettext_lazy("Application received: %(what)s, %(day)s"), said, files=False
    )


def placed(*, booking_id: int) -> Mail | None:
    return _said(booking_id, _has_place, gettext_lazy("Enrolled: %(what)s, %(day)s"), _of_place)


def drawn(*, booking_id: int) -> Mail | None:
    """The draw is held, and gave a place."""

    def said(enrolment: Enrolment) -> list[str]:
        return [_("The draw is held, and the child has a place."), *_of_place(enrolment)]

    return _said(booking_id, _has_place, gettext_lazy("A place: %(what)s, %(day)s"), said)


def let_in(*, booking_id: int) -> Mail | None:
    def said(enrolment: Enrolment) -> list[str]:
        return [_("A place became free, and it is the child's."), *_of_place(enrolment)]

    return _said(booking_id, _has_place, gettext_lazy("A place: %(what)s, %(day)s"), said)


def not_drawn(*, booking_id: int) -> Mail | None:
    """The draw is held, and gave none."""

    def said(enrolment: Enrolment) -> list[str]:
        lines = [_("There were more children than places, and the draw did not give this one a place.")]
        return [*lines, *_of_queue(enrolment)]

    return _said(booking_id, _is_queued, gettext_lazy("No place yet: %(what)s, %(day)s"), said, files=False)


def queued(*, booking_id: int) -> Mail | None:
    def said(enrolment: Enrolment) -> list[str]:
        return [_("The group is full."), *_of_queue(enrolment)]

    return _said(
        booking_id, _is_queued, gettext_lazy("On the waiting list: %(what)s, %(day)s"), said, files=False
    )


def fee_due(*, booking_id: int) -> Mail | None:
    """It is soon too late to pay."""
    return _said(
        booking_id, Enrolment.owes_fee, gettext_lazy("To pay: %(what)s, %(day)s"), _of_fee, files=False
    )


def settled(*, booking_id: int) -> Mail | None:
    def said(enrolment: Enrolment) -> list[str]:
        return [_("The fee is settled, and the place is the child's."), str(COME)]

    return _said(booking_id, _has_place, gettext_lazy("Fee settled: %(what)s, %(day)s"), said, files=False)


def unpaid(*, booking_id: int) -> Mail | None:
    """The place was given up for want of payment."""

    def said(enrolment: Enrolment) -> list[str]:
        return [
            _("The fee was not paid in time, and the place has gone to another child. Nothing is to be paid.")
        ]

    return _said(
        booking_id, _is_cancelled, gettext_lazy("The place is gone: %(what)s, %(day)s"), said, files=False
    )


def reminder(*, booking_id: int, starts_at: str) -> Mail | None:
    """Soon the first meeting; nothing where it has begun or was moved, or the child has no place."""
    found = _found(booking_id)
    if found is None or found.occasion.starts_at != dt.datetime.fromisoformat(starts_at):
        return None
    if found.has_begun(timezone.now()) or found.is_called_off():
        return None
    return _said(
        booking_id, _has_place, gettext_lazy("Soon: %(what)s, %(day)s"), lambda one: [str(COME), str(LEAVE)]
    )


def cancelled(*, booking_id: int) -> Mail | None:
    def said(enrolment: Enrolment) -> list[str]:
        return [_("The place, or the application, is given up, and the child is not expected.")]

    return _said(booking_id, _is_cancelled, gettext_lazy("Given up: %(what)s, %(day)s"), said, files=False)


def called_off(*, booking_id: int) -> Mail | None:
    return mails.called_off(LINE, booking_id)


def meeting_off(*, booking_id: int, meeting_id: int) -> Mail | None:
    """One meeting is called off; nothing where it is held after all, or past."""
    meeting = Meeting.objects.select_related("occasion").get(pk=meeting_id)
    occasion = meeting.occasion
    if occasion.status != "cancelled" or occasion.starts_at <= timezone.now():
        return None

    def said(enrolment: Enrolment) -> list[str]:
        text = _("There is no meeting on %(day)s. The others are as planned.")
        if enrolment.group.club.is_camp:
            text = _("There is no camp on %(day)s. The other days are as planned.")
        lines = [text % {"day": formats.local_date(occasion.starts_at, "day")}]
        if occasion.cancel_reason:
            lines.append(_("The reason: %(reason)s") % {"reason": occasion.cancel_reason})
        return lines

    return _said(
        booking_id,
        _has_place,
        gettext_lazy("A meeting is called off: %(what)s"),
        said,
        files=False,
        calendar=True,
    )


def message(*, booking_id: int, message_id: int) -> Mail | None:
    """What those who lead the group write to all guardians."""
    found = Message.objects.filter(pk=message_id).first()
    if found is None or not found.text:
        return None
    subject = found.subject.replace("%", "%%") + ": %(what)s"
    return _said(booking_id, _has_place, subject, lambda one: [found.text], files=False)


def _said(
    booking_id: int,
    stands: Callable[[Enrolment], bool],
    subject: Any,
    said: Callable[[Enrolment], list[str]],
    *,
    files: bool = True,
    calendar: bool = False,
) -> Mail | None:
    """Of an enrolment that still stands so; `files` brings its meetings for a calendar."""
    enrolment = _found(booking_id)
    if enrolment is None or not stands(enrolment):
        return None
    with translation.override(enrolment.mail_language):
        return letter(LINE, enrolment, str(subject), said(enrolment), files=False, calendar=files or calendar)


def _of_place(enrolment: Enrolment) -> list[str]:
    return [*(_of_fee(enrolment) if enrolment.owes_fee() else [str(COME)]), str(LEAVE)]


def _of_fee(enrolment: Enrolment) -> list[str]:
    pay_by = enrolment.pay_by or enrolment.occasion.starts_at
    told = {"sum": formats.money(enrolment.price_ore), "day": formats.local_date(pay_by, "day")}
    text = _(
        "Choose on the page how the fee, %(sum)s, is paid, by %(day)s at the latest. Else the place goes to another child."
    )
    return [text % told]


def _of_queue(enrolment: Enrolment) -> list[str]:
    said = _(
        "The child is on the waiting list. If a place becomes free it is hers by itself, and you get a mail."
    )
    return [said, str(LEAVE)]


def _found(booking_id: int) -> Enrolment | None:
    return Enrolment.objects.whole().filter(pk=booking_id).exclude(contact_email="").first()


def _has_place(enrolment: Enrolment) -> bool:
    return enrolment.has_place()


def _is_queued(enrolment: Enrolment) -> bool:
    return enrolment.status == Status.CONFIRMED and enrolment.queued_at is not None


def _undrawn(enrolment: Enrolment) -> bool:
    return _is_queued(enrolment) and not enrolment.group.is_first_come()


def _is_cancelled(enrolment: Enrolment) -> bool:
    return enrolment.status == Status.CANCELLED
