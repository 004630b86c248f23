"""What is said by mail to whoever registers for a course. Built when it is sent: what is no longer true is not said."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.common import mails
from bookings.common.letters import letter
from bookings.common.models import Status
from bookings.courses.line import LINE
from bookings.courses.models import Registration, Round
from navet.outbox.mail import Mail
from navet.pages import formats

COME = gettext_lazy("Whoever leads the course has a list of you: just come in.")
CHANGE = gettext_lazy(
    "If somebody else comes, or fewer, change it on the page. You can cancel free of charge until it begins."
)


def confirmed(*, booking_id: int) -> Mail | None:
    """They have places."""
    return _said(
        booking_id, _placed, gettext_lazy("Registered: %(what)s, %(day)s"), COME, CHANGE, undecided=True
    )


def queued(*, booking_id: int) -> Mail | None:
    """They are on the waiting list."""
    said = gettext_lazy("It is full. You are on the waiting list, and get a mail if places become free.")
    return _said(
        booking_id, _waiting, gettext_lazy("On the waiting list: %(what)s, %(day)s"), said, files=False
    )


def let_in(*, booking_id: int) -> Mail | None:
    """Places became free, and are theirs."""
    said = gettext_lazy(
        "Places became free, and they are yours. If you cannot come, cancel, so that others can."
    )
    return _said(booking_id, _placed, gettext_lazy("You have places: %(what)s, %(day)s"), said, COME)


def assured(*, booking_id: int) -> Mail | None:
    said = gettext_lazy("The course takes place.")
    return _said(booking_id, _placed, gettext_lazy("It takes place: %(what)s, %(day)s"), said, COME, CHANGE)


def changed(*, booking_id: int) -> Mail | None:
    said = gettext_lazy("The registration is changed. This is what holds now.")
    return _said(booking_id, _confirmed, gettext_lazy("Changed: %(what)s, %(day)s"), said)


def reminder(*, booking_id: int, starts_at: str) -> Mail | None:
    """Soon; nothing where it has begun, was moved, or they still wait for a place."""
    found = _found(booking_id)
    if found is None or found.occasion.starts_at != dt.datetime.fromisoformat(starts_at):
        return None
    if found.has_begun(timezone.now()):
        return None
    return _said(booking_id, _placed, gettext_lazy("Soon: %(what)s, %(day)s"), COME, CHANGE)


def cancelled(*, booking_id: int) -> Mail | None:
    return mails.cancelled(LINE, booking_id)


def called_off(*, booking_id: int) -> Mail | None:
    return mails.called_off(LINE, booking_id)


def _said(
    booking_id: int,
    stands: Callable[[Registration], bool],
    subject: Any,
    *said: Any,
    files: bool = True,
    undecided: bool = False,
) -> Mail | None:
    """Of a registration that still stands so; `files` brings its days for a calendar."""
    registration = _found(booking_id)
    if registration is None or not stands(registration):
        return None
    with translation.override(registration.mail_language):
        words = [str(one) for one in said] + (_of_decision(registration.round) if undecided else [])
        return letter(LINE, registration, str(subject), words, files=False, calendar=files)


def _of_decision(round_: Round) -> list[str]:
    """Of a round that may still be called off: by when that is decided."""
    if not round_.is_undecided() or round_.decide_by is None:
        return []
    said = {"least": round_.least, "day": formats.local_date(round_.decide_by, "day")}
    return [
        _("It takes place with at least %(least)s persons. You hear by %(day)s at the latest if it does not.")
        % said
    ]


def _found(booking_id: int) -> Registration | None:
    return Registration.objects.whole().filter(pk=booking_id).exclude(contact_email="").first()


def _confirmed(registration: Registration) -> bool:
    return registration.status == Status.CONFIRMED


def _placed(registration: Registration) -> bool:
    return _confirmed(registration) and registration.queued_at is None


def _waiting(registration: Registration) -> bool:
    return _confirmed(registration) and registration.queued_at is not None
