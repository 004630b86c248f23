"""Change, move, cancel a booking and give the final count. Each frees or takes places, so each locks the session first."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from django.db import transaction

from bookings.schools import pricing, terms
from bookings.schools.models import SchoolBooking
from bookings.schools.operations import contact, parties, places, refusals, reminders, waiting
from navet import periods
from navet.accounts.actor import Actor
from navet.payments import operations as payments
from visitors import operations as visitors

Status = SchoolBooking.Status
CHANGEABLE = (Status.HELD, Status.REQUESTED, Status.WAITING, Status.OFFERED, Status.CONFIRMED)
LEAVABLE = CHANGEABLE
COUNT_ASKED = dt.timedelta(days=14)  # earlier, nobody knows who will be ill
_COUNTS = frozenset({"pupils", "adults", "lunch_id"})
_CONTACT = ("contact_name", "contact_phone")  # another address is contact.change


class Changes(TypedDict, total=False):
    """What a booker may change; what is not given stays. `lunch_id` None is no lunch."""

    pupils: int
    adults: int
    class_name: str
    language: str
    contact_name: str
    contact_phone: str
    needs: dict[str, int]
    bus_at: dt.time | None
    lunch_id: int | None
    invoice_reference: str


@transaction.atomic
def change(
    code: str,
    *,
    version: int | None = None,
    override_reason: str = "",
    by: Actor | None,
    at: dt.datetime,
    **changes: Unpack[Changes],
) -> SchoolBooking:
    """Change numbers and details before the session begins: fewer pupils always, more while places last.

    The price follows the number of pupils. Raises SessionFull, TooLargeGroup, LunchFull, InvoiceReferenceMissing …
    """
    booking = parties.lock_booking(code, version=version, by=by, at=at)
    parties.require_status(booking, *CHANGEABLE)
    parties.require_not_lapsed(booking, at)
    parties.require_before_start(booking.session.occasion, at)
    if override_reason and not (by and by.has_capability(parties.OVERRIDE)):
        raise refusals.MayNotOverride
    booking.override_reason = override_reason or booking.override_reason
    before = {name: getattr(booking, name) for name in _CONTACT}
    _apply(booking, changes, at=at)
    if renamed := [name for name in _CONTACT if getattr(booking, name) != before[name]]:
        contact.note(booking, renamed, by=by, at=at)
    return booking


@transaction.atomic
def give_final_count(
    code: str, *, pupils: int, adults: int, version: int | None = None, by: Actor | None, at: dt.datetime
) -> SchoolBooking:
    """The class says how many come. The same rules as any change of numbers."""
    booking = parties.lock_booking(code, version=version, by=by, at=at)
    parties.require_status(booking, Status.CONFIRMED)
    parties.require_before_start(booking.session.occasion, at)
    return _apply(booking, {"pupils": pupils, "adults": adults, "final_count_at": at}, at=at)


def may_change(booking: SchoolBooking, at: dt.datetime) -> bool:
    """Whether a form of changes is worth showing."""
    return booking.status in CHANGEABLE and booking.session.occasion.starts_at > at


def is_count_awaited(booking: SchoolBooking, at: dt.datetime) -> bool:
    """Whether it is time to say how many come, and nobody has."""
    is_near = booking.session.occasion.starts_at - at < COUNT_ASKED
    return booking.status == Status.CONFIRMED and booking.final_count_at is None and is_near


@transaction.atomic
def move(
    code: str,
    *,
    session_id: int,
    lunch_id: int | None = None,
    invoice_reference: str | None = None,
    version: int | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> SchoolBooking:
    """Take another session of any programme instead, while leaving this one is free (staff: always).

    `lunch_id` is a sitting on the new day; the old one is left. Raises MoveTooLate and what a request raises.
    """
    booking = parties.lock_booking(code, version=version, also=session_id, by=by, at=at)
    old = booking.session
    parties.require_status(booking, Status.CONFIRMED)
    parties.require_before_start(old.occasion, at)
    if old.pk == session_id:
        raise refusals.SameSession
    _require_free_to_leave(booking, by=by, at=at)
    is_inside, taken = parties.take_to(session_id, booking, at=at)
    new, booking.leaves_free = booking.session, False
    parties.require_open(new, at=at)
    parties.require_suitable(booking, new.programme)
    parties.require_once(taken, at=at)
    waiting.lock_lunches([old.pk, new.pk], lunch_id)
    places.require_room_for(
        booking.pupils, new.occasion, waiting.after_queue(new, taken, at=at, besides=booking)
    )
    parties.sit_down(booking, lunch_id, at=at)
    if invoice_reference is not None:
        booking.invoice_reference = invoice_reference
    booking.final_count_at = None
    booking.price_ore = pricing.price(new.programme, pupils=booking.pupils, inside_agreement=is_inside)
    parties.require_reference(booking.price_ore, booking.invoice_reference)
    _write(booking)
    parties.expect(booking, at=at)
    parties.tell(booking, "changed", at=at)
    reminders.promise_for(booking, at=at)
    waiting.offer_next(old, at=at)
    return booking


@transaction.atomic
def cancel(
    code: str,
    *,
    reason: str = "",
    waive_fee: bool = False,
    invoice_reference: str = "",
    version: int | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> SchoolBooking:
    """Leave the places to others. Free until the terms say otherwise; then the group price is noted for invoicing.

    `invoice_reference`: where that goes, for a class that had nothing to pay until now. Staff may waive the fee with a
    reason. Cancelling again changes nothing.
    """
    booking = parties.lock_booking(code, by=by, at=at)
    if booking.status == Status.CANCELLED:
        return booking
    if version not in (None, booking.version):
        raise refusals.ChangedMeanwhile(version=booking.version)
    parties.require_status(booking, *LEAVABLE)
    parties.require_before_start(booking.session.occasion, at)
    if waive_fee and not (by and by.has_capability(parties.BOOK_FOR)):
        raise refusals.NotYourBooking
    if waive_fee and not reason.strip():
        raise refusals.ReasonMissing
    owed = 0 if waive_fee else terms.cancellation(booking, at).owed_ore
    if owed and invoice_reference.strip():
        booking.invoice_reference = _tidied(invoice_reference)
    leave(booking, reason=reason, owed_ore=owed, at=at)
    parties.tell(booking, "cancelled", at=at)
    waiting.offer_next(booking.session, at=at)
    return booking


def leave(booking: SchoolBooking, *, reason: str, owed_ore: int, at: dt.datetime) -> None:
    """Cancel a locked booking: the desk expects nobody, reminders are taken back, what is owed is noted."""
    was_confirmed = booking.status == Status.CONFIRMED
    parties.move_status(booking, Status.CANCELLED)
    booking.holds_until = None
    booking.cancelled_at = at
    booking.cancel_reason = " ".join(reason.split())[:200]
    booking.owed_ore = owed_ore
    _write(booking)
    if was_confirmed:
        visitors.withdraw(booking.code, at=at)
        reminders.withdraw_for(booking)
    if owed_ore:
        _note_charge(booking, at)


def _apply(booking: SchoolBooking, changes: Mapping[str, Any], *, at: dt.datetime) -> SchoolBooking:
    """Write the changes that are changes, when there is room for them; nothing changed is nothing told."""
    before = {name: getattr(booking, name) for name in changes}
    changes = {name: _tidied(value) for name, value in changes.items()}
    if before == changes:
        return booking
    was_pupils = booking.pupils
    for name, value in changes.items():
        setattr(booking, name, value)
    places.require_needs(booking.needs, heads=booking.pupils + booking.adults)
    if _COUNTS & changes.keys():
        _require_room(booking, was_pupils=was_pupils, before=before, at=at)
        _reprice(booking)
    elif "invoice_reference" in changes:
        parties.require_reference(booking.price_ore, booking.invoice_reference)
    if changes.get("language", before.get("language")) != before.get("language"):
        parties.require_language(booking.language, booking.session.programme)
    if "class_name" in changes:
        stands = places.count(booking.session.occasion, at, besides=booking, of=booking)
        parties.require_once(stands, at=at)
    _write(booking)
    if booking.status == Status.CONFIRMED:
        parties.expect(booking, at=at)
        parties.tell(booking, "changed", at=at)
    waiting.offer_next(booking.session, at=at)
    return booking


def _require_room(
    booking: SchoolBooking, *, was_pupils: int, before: dict[str, Any], at: dt.datetime
) -> None:
    """More pupils need places, more heads need seats; fewer never do. A queue's own wish is checked when offered."""
    occasion = booking.session.occasion
    if booking.pupils > was_pupils and not booking.override_reason:
        places.require_maximum(booking.pupils, booking.session.programme)
    holds = booking.status in (Status.CONFIRMED, Status.OFFERED, Status.HELD)
    waiting.lock_lunches([booking.session_id], booking.lunch_id if holds else None)
    if (holds and booking.pupils > was_pupils) or (
        booking.pupils > was_pupils and occasion.capacity is not None and booking.pupils > occasion.capacity
    ):
        places.require_room_for(booking.pupils, occasion, places.count(occasion, at, besides=booking))
    heads_before = before.get("pupils", booking.pupils) + before.get("adults", booking.adults)
    heads = booking.pupils + booking.adults
    if heads > heads_before or before.get("lunch_id", booking.lunch_id) != booking.lunch_id:
        lunch_id = booking.lunch_id
        if holds:
            parties.sit_down(booking, lunch_id, at=at)
        else:
            booking.lunch = places.lock_lunch(lunch_id)


def _require_free_to_leave(booking: SchoolBooking, *, by: Actor | None, at: dt.datetime) -> None:
    """Changing session late would be a late cancellation by another name, so that is left to staff."""
    if by is None or by.has_capability(parties.BOOK_FOR):
        return
    conditions = terms.cancellation(booking, at)
    if not conditions.is_free:
        raise refusals.MoveTooLate(free_until=conditions.free_until.isoformat())


def _reprice(booking: SchoolBooking) -> None:
    session = booking.session
    booking.price_ore = parties.price_of(session.programme, booking.school, session.occasion, booking.pupils)
    parties.require_reference(booking.price_ore, booking.invoice_reference)


def _write(booking: SchoolBooking) -> None:
    booking.version += 1
    booking.save()


def _tidied(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _note_charge(booking: SchoolBooking, at: dt.datetime) -> None:
    organiser, programme = booking.school.organiser, booking.session.programme
    day = periods.local_day(booking.session.occasion.starts_at)
    payments.note_charge(
        key=f"school-late-cancellation:{booking.code}",
        organisation_number=organiser.organisation_number,
        payer=organiser.name,
        reference=booking.invoice_reference,
        description=f"Sen avbokning {day:%Y-%m-%d}, {programme.title_sv}, {booking.school.name} {booking.class_name}"[
            :200
        ],
        amount_ore=booking.owed_ore,
        vat_permille=programme.vat_permille,
        arose_date=periods.local_day(at),
    )
