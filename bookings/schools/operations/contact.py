"""Another contact for a class's booking: name, telephone and language at once, an address when its mailbox has been proved."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from bookings.schools.models import ContactChange, SchoolBooking
from bookings.schools.operations import booking as requests
from bookings.schools.operations import parties, places
from navet.accounts import operations as accounts
from navet.accounts.actor import Actor
from navet.accounts.models import EmailCode
from navet.outbox import promises

PURPOSE = "school-contact"
TWICE = dt.timedelta(minutes=1)  # what is asked for again within it was asked for once
Status = SchoolBooking.Status
CHANGEABLE = (Status.WAITING, Status.OFFERED, Status.CONFIRMED)
# What the new contact is told, which holds the link to the booking: the mail of the state it is in.
_SAYS = {Status.CONFIRMED: "changed", Status.WAITING: "waiting", Status.OFFERED: "offered"}


@dataclass(frozen=True)
class Contact:
    """Whom the house writes to and calls. `phone` is E.164, `mail_language` one of the site's."""

    name: str
    email: str
    phone: str
    mail_language: str


@transaction.atomic
def change(
    code: str,
    *,
    contact: Contact,
    version: int | None = None,
    verified_email: str | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> SchoolBooking:
    """Give the booking this contact. A new address waits for the code that is sent to it, unless it was proved lately or staff say so.

    Until then mails go to the one before, in its language, and the booking's `contact_email` is that. Raises SessionBegan,
    NotPossibleNow, AlreadyBooked, TooManyCodes.
    """
    booking = _locked(code, version=version, by=by, at=at)
    email = contact.email.strip().lower()
    changed = _write_down(booking, contact_name=" ".join(contact.name.split()), contact_phone=contact.phone)
    if email == booking.contact_email:
        changed += _write_down(booking, mail_language=contact.mail_language)
        if changed:
            _keep(booking, changed, by=by, at=at)
            _tell(booking, at=at)
        return booking
    _require_once(booking, email, at=at)
    by_staff = by is not None and by.has_capability(parties.BOOK_FOR)
    if by_staff or email == (verified_email or "").lower():
        _settle(booking, email, contact.mail_language, changed, by=by, at=at)
        return booking
    asked, wanted = _waiting(code, at=at), (email, contact.mail_language)
    if asked is None or (asked.email, asked.language) != wanted or not _is_just_sent(asked, at=at):
        accounts.send_code(email, purpose=PURPOSE, subject=code, language=contact.mail_language, at=at)
    if changed:
        _keep(booking, changed, by=by, at=at)
        _tell(booking, at=at)
    return booking


def confirm(code: str, *, pin: str, by: Actor | None, at: dt.datetime) -> SchoolBooking:
    """The code sent to the new address was entered: mails go there from now on, and the address before is told.

    Raises CodeExpired (also where no address waits), WrongCode, TooManyTries, and what `change` raises.
    """
    asked = _waiting(code, at=at)
    if asked is None:
        raise accounts.CodeExpired
    accounts.check_code(asked.email, pin, purpose=PURPOSE, subject=code, at=at)
    return _prove(code, asked, by=by, at=at)


@transaction.atomic
def correct_address(code: str, *, email: str, at: dt.datetime) -> SchoolBooking:
    """Whoever just asked for places mistyped her address: nobody has entered its code, so there is nobody to tell. A new code goes to `email`.

    The door sees to it that she is the one who asked. Raises NotPossibleNow, AlreadyBooked, TooManyHolds, TooManyCodes.
    """
    booking = parties.lock_booking(code, by=None, at=at)
    parties.require_status(booking, Status.HELD, Status.REQUESTED)
    parties.require_not_lapsed(booking, at)
    parties.require_before_start(booking.session.occasion, at)
    email = email.strip().lower()
    if email != booking.contact_email:
        _require_once(booking, email, at=at)
        requests.require_few_holds(email, at)
        booking.contact_email = email
        booking.version += 1
        booking.save()
    elif _is_just_sent(accounts.newest(email, purpose=requests.PURPOSE, subject=code), at=at):
        return booking
    accounts.send_code(email, purpose=requests.PURPOSE, subject=code, language=booking.mail_language, at=at)
    return booking


def may_change(booking: SchoolBooking, at: dt.datetime) -> bool:
    """Whether a form of another contact is worth showing."""
    return booking.status in CHANGEABLE and booking.session.occasion.starts_at > at


def _is_just_sent(sent: EmailCode | None, *, at: dt.datetime) -> bool:
    """So that a form sent twice is one mail, whose code counts."""
    return sent is not None and sent.used_at is None and sent.created_at > at - TWICE


def waiting_address(code: str, *, at: dt.datetime) -> str | None:
    """The address last asked for whose code still stands and was not entered; None where nothing is waited for."""
    asked = _waiting(code, at=at)
    return asked.email if asked else None


def _waiting(code: str, *, at: dt.datetime) -> EmailCode | None:
    """What was asked for last keeps the address and its language until it is proved, or forgotten within the day."""
    row = EmailCode.objects.filter(purpose=PURPOSE, subject=code).order_by("-created_at", "-pk").first()
    return row if row and row.used_at is None and row.expires_at > at else None


@transaction.atomic
def send_code_again(code: str, *, by: Actor | None, at: dt.datetime) -> None:
    """A new code to the address that waits for it. Raises CodeExpired where none does, TooManyCodes."""
    _locked(code, version=None, by=by, at=at)
    asked = _waiting(code, at=at)
    if asked is None:
        raise accounts.CodeExpired
    accounts.send_code(asked.email, purpose=PURPOSE, subject=code, language=asked.language, at=at)


@transaction.atomic
def _prove(code: str, asked: EmailCode, *, by: Actor | None, at: dt.datetime) -> SchoolBooking:
    booking = _locked(code, version=None, by=by, at=at)
    if asked.email != booking.contact_email:
        _require_once(booking, asked.email, at=at)
        _settle(booking, asked.email, asked.language, [], by=by, at=at)
    return booking


def _locked(code: str, *, version: int | None, by: Actor | None, at: dt.datetime) -> SchoolBooking:
    booking = parties.lock_booking(code, version=version, by=by, at=at)
    parties.require_status(booking, *CHANGEABLE)
    parties.require_not_lapsed(booking, at)
    parties.require_before_start(booking.session.occasion, at)
    return booking


def _write_down(booking: SchoolBooking, **said: str) -> list[str]:
    """Put it on the booking; the names of what is another than before."""
    changed = [name for name, value in said.items() if getattr(booking, name) != value]
    for name in changed:
        setattr(booking, name, said[name])
    return changed


def _require_once(booking: SchoolBooking, email: str, *, at: dt.datetime) -> None:
    """A class books a session once for each contact. Raises AlreadyBooked."""
    before, booking.contact_email = booking.contact_email, email
    taken = places.count(booking.session.occasion, at, besides=booking, of=booking)
    booking.contact_email = before
    parties.require_once(taken, at=at)


def _settle(
    booking: SchoolBooking,
    email: str,
    language: str,
    changed: list[str],
    *,
    by: Actor | None,
    at: dt.datetime,
) -> None:
    """The address is the booking's. The one before is told in its own language; the new one gets a link of its own, and the old link opens nothing more."""
    was_email, was_language = booking.contact_email, booking.mail_language
    changed = [*changed, *_write_down(booking, contact_email=email, mail_language=language)]
    kept = _keep(booking, changed, was_email=was_email, by=by, at=at)
    _tell(booking, at=at)
    promises.promise(
        "mail",
        key=f"school.contact_changed:{booking.code}:{booking.version}",
        payload={
            "mail": "school.contact_changed",
            "args": {"change_id": kept.pk, "language": was_language},
        },
        due_at=at,
    )


def _keep(
    booking: SchoolBooking, changed: list[str], *, was_email: str = "", by: Actor | None, at: dt.datetime
) -> ContactChange:
    booking.version += 1
    booking.save()
    if booking.status == Status.CONFIRMED:
        parties.expect(booking, at=at)
    return note(booking, changed, was_email=was_email, by=by, at=at)


def note(
    booking: SchoolBooking, changed: list[str], *, was_email: str = "", by: Actor | None, at: dt.datetime
) -> ContactChange:
    """The trail of a change of contact that the caller makes."""
    user = by.user if by else None
    return ContactChange.objects.create(
        booking=booking, changed=changed, was_email=was_email, changed_at=at, changed_by=user
    )


def _tell(booking: SchoolBooking, *, at: dt.datetime) -> None:
    parties.tell(booking, _SAYS[Status(booking.status)], at=at)
