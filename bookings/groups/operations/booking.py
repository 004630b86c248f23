"""Request, confirm, cancel and call off a group's booking. Lock order: occasions, then cells, educators, the booking."""

import datetime as dt

from django.db import transaction

from bookings.common import holding, reminders
from bookings.common.models import Status
from bookings.common.refusals import HOLD_LAPSED, HoldLapsed
from bookings.groups.models import GroupBooking, GroupPackage
from bookings.groups.operations import parties, refusals
from navet import codes, periods
from navet.accounts.actor import Actor
from navet.directory.models import Municipality
from navet.errors import Refused
from navet.house import operations as house
from navet.house.models import Occasion
from navet.transactions import operation


@operation
def request(
    package_slug: str,
    *,
    starts_at: dt.datetime,
    group_name: str,
    is_organisation: bool = False,
    heads: int,
    adults: int = 0,
    municipality: Municipality | None = None,
    contact_name: str,
    contact_email: str,
    contact_phone: str,
    mail_language: str = "sv",
    verified_email: str | None = None,
    code: str = "",
    by: Actor | None,
    at: dt.datetime,
) -> GroupBooking:
    """Take a time with its room and educator: for half an hour while the code is entered, or for good when it is proved.

    `is_organisation` where the group's name is no private person's. `code` is one that the caller drew: asked again, it is the same booking. Raises what refusals.py lists.
    """
    package = parties.package_to_book(package_slug)
    by_staff = by is not None and by.has_capability(GroupBooking.SEEN_BY)
    if not (package.is_published or by_staff):
        raise refusals.PackageNotOffered
    parties.require_size(package, heads)
    _let_lapse_around(starts_at, at)
    house.lock_places(rooms=package.rooms.all(), educators=package.educators.all())
    earlier = GroupBooking.objects.whole().filter(code=code).first() if code else None
    if earlier is not None:
        return earlier
    price = parties.price_of(package, starts_at)
    booking = GroupBooking(
        code=code or codes.new_code(),
        package=package,
        occasion=parties.take(package, starts_at, by=by, at=at),
        group_name=" ".join(group_name.split()),
        is_organisation=parties.is_named_openly(package.kind, is_organisation),
        heads=heads,
        adults=adults,
        municipality=municipality,
        price_ore=price.of(heads),
        vat_permille=price.vat_permille,
        contact_name=" ".join(contact_name.split()),
        contact_email=contact_email.lower(),
        contact_phone=contact_phone,
        mail_language=mail_language,
        booked_by=by.user if by and by_staff else None,
        created_at=at,
    )
    holding.begin(booking, is_proved=by_staff or holding.is_proved(booking, verified_email), at=at)
    booking.save(force_insert=True)
    if booking.status == Status.CONFIRMED:
        _welcome(booking, at=at)
    else:
        holding.ask_for_code(booking, at=at)
    return booking


def confirm(code: str, *, pin: str, at: dt.datetime) -> GroupBooking:
    """The mailed code was entered: the time is the group's. One that lapsed is confirmed while the time is free.

    Raises WrongCode, CodeExpired, TooManyTries, HoldLapsed. Confirming again changes nothing.
    """
    holding.check_pin(GroupBooking, code, pin, at=at)
    return prove(code, at=at)


@transaction.atomic
def prove(code: str, *, at: dt.datetime) -> GroupBooking:
    """The contact's address is proved. For a booking that is past that point, nothing happens."""
    booking = holding.lock(GroupBooking, code, by=None, at=at)
    if booking.status in (Status.CONFIRMED, Status.CANCELLED):
        return booking
    if booking.status == Status.LAPSED:
        _take_again(booking, at)
    holding.require_before_start(booking.occasion, at)
    holding.settle(booking, at=at)
    holding.write(booking)
    _welcome(booking, at=at)
    return booking


@transaction.atomic
def change(
    code: str,
    *,
    heads: int | None = None,
    adults: int | None = None,
    version: int | None = None,
    by: Actor | None,
    at: dt.datetime,
) -> GroupBooking:
    """Another number within the package, at the price of the day of the visit. What is left out stays, the same again
    changes nothing.

    Raises GroupTooSmall, GroupTooLarge, AlreadyCheckedIn.
    """
    booking = holding.lock(GroupBooking, code, version=version, by=by, at=at)
    holding.require_changeable(booking, at)
    heads = booking.heads if heads is None else heads
    adults = booking.adults if adults is None else adults
    if (heads, adults) == (booking.heads, booking.adults):
        return booking
    if heads != booking.heads:
        parties.require_size(booking.package, heads)
        price = parties.price_of(booking.package, booking.occasion.starts_at)
        booking.price_ore, booking.vat_permille = price.of(heads), price.vat_permille
    booking.heads, booking.adults = heads, adults
    holding.write(booking)
    parties.expect(booking, at=at)
    holding.tell(booking, "changed", at=at)
    return booking


def price_after(booking: GroupBooking, *, heads: int, adults: int, at: dt.datetime) -> int:
    """What it would cost with these numbers, in öre. Raises GroupTooSmall, GroupTooLarge, PackageNotOffered."""
    if heads == booking.heads:
        return booking.price_ore
    parties.require_size(booking.package, heads)
    return parties.price_of(booking.package, booking.occasion.starts_at).of(heads)


@transaction.atomic
def cancel(
    code: str, *, reason: str = "", version: int | None = None, by: Actor | None, at: dt.datetime
) -> GroupBooking:
    """Leave the time to others, free of charge, before it begins. Cancelling again changes nothing."""
    return _leave(code, "cancelled", reason=reason, version=version, by=by, at=at)


@transaction.atomic
def call_off(code: str, *, reason: str, by: Actor, at: dt.datetime) -> GroupBooking:
    """Navet cannot keep it: the group is told why. Again changes nothing."""
    return _leave(code, "called_off", reason=reason, version=None, by=by, at=at)


def tidy(*, at: dt.datetime, limit: int = 500) -> int:
    """Let holds lapse whose time is out, so that their rooms are free for everybody; how many."""
    stale = GroupBooking.objects.lapsed(at).order_by("occasion")
    return sum(
        _tidy(occasion_id, at) for occasion_id in list(stale.values_list("occasion", flat=True)[:limit])
    )


@transaction.atomic
def _tidy(occasion_id: int, at: dt.datetime) -> bool:
    """One that somebody works on right now is left to the next round, so nobody waits for anybody."""
    free = Occasion.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=occasion_id).first()
    stale = GroupBooking.objects.lapsed(at).filter(occasion=occasion_id)
    booking = stale.select_for_update(no_key=True).first() if free else None
    if booking is None:
        return False
    holding.lapse(booking)
    house.cancel_occasion(booking.occasion, by=None, at=at)
    return True


def _let_lapse_around(starts_at: dt.datetime, at: dt.datetime) -> None:
    """A hold that ran out stands in nobody's way, tidied or not."""
    day = periods.day_period(periods.local_day(starts_at))
    stale = GroupBooking.objects.lapsed(at).filter(occasion__period__overlap=day).order_by("occasion")
    for occasion_id in list(stale.values_list("occasion", flat=True)):
        _tidy(occasion_id, at)


def _take_again(booking: GroupBooking, at: dt.datetime) -> None:
    """The hold lapsed and its room was given back; take a room again. Raises HoldLapsed."""
    package: GroupPackage = parties.package_to_book(booking.package.slug)
    starts_at = booking.occasion.starts_at
    house.lock_places(rooms=package.rooms.all(), educators=package.educators.all())
    try:
        booking.occasion = parties.take(package, starts_at, by=None, at=at)
    except Refused as refused:
        raise HoldLapsed(HOLD_LAPSED % {"reason": refused}, **refused.extra) from refused


def _leave(
    code: str, mail: str, *, reason: str, version: int | None, by: Actor | None, at: dt.datetime
) -> GroupBooking:
    booking = holding.lock(GroupBooking, code, version=version, by=by, at=at)
    if booking.status == Status.CANCELLED:
        return booking
    if booking.status != Status.LAPSED:
        holding.require_before_start(booking.occasion, at)
    holding.leave(booking, reason=reason, at=at)
    booking.occasion = house.cancel_occasion(booking.occasion, reason=booking.cancel_reason, by=by, at=at)
    holding.tell(booking, mail, at=at)
    return booking


def _welcome(booking: GroupBooking, *, at: dt.datetime) -> None:
    """It is confirmed: the desk expects the group, and the contact gets a mail."""
    parties.expect(booking, at=at)
    holding.tell(booking, "confirmed", at=at)
    reminders.promise_for(booking, at=at)
