"""What the verbs of groups share: the package, its price, its time in the house, the arrival the desk expects."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.groups import times
from bookings.groups.models import GroupBooking, GroupKind, GroupPackage, PackagePrice
from bookings.groups.operations import refusals
from navet import periods
from navet.accounts.actor import Actor
from navet.house import operations as house
from navet.house.models import Occasion
from navet.pages import formats
from visitors import operations as visitors
from visitors.models import Category


def package_to_book(slug: str) -> GroupPackage:
    """The package with what finding a time takes. Raises NoSuchPackage."""
    package = GroupPackage.objects.whole().filter(slug=slug).first()
    if package is None:
        raise refusals.NoSuchPackage
    return package


def is_named_openly(kind: str, is_organisation: bool) -> bool:
    """Whether the group's name is no private person's; a birthday party is called by its child, whatever is said."""
    return is_organisation and kind != GroupKind.PARTY


def require_size(package: GroupPackage, heads: int) -> None:
    """Refuse a group that the package is not made for. Raises GroupTooSmall, GroupTooLarge."""
    if heads < package.min_heads:
        text = ngettext(
            "The package needs at least %(least)s participant.",
            "The package needs at least %(least)s participants.",
            package.min_heads,
        )
        raise refusals.GroupTooSmall(text % {"least": package.min_heads}, at_least=package.min_heads)
    if heads > package.max_heads:
        text = ngettext(
            "The package takes at most %(most)s participant.",
            "The package takes at most %(most)s participants.",
            package.max_heads,
        )
        raise refusals.GroupTooLarge(text % {"most": package.max_heads}, at_most=package.max_heads)


def price_of(package: GroupPackage, starts_at: dt.datetime) -> PackagePrice:
    """The price in force on the day of the visit. Raises PackageNotOffered where there is none."""
    price = package.price_on(periods.local_day(starts_at))
    if price is None:
        raise refusals.PackageNotOffered
    return price


def take(package: GroupPackage, starts_at: dt.datetime, *, by: Actor | None, at: dt.datetime) -> Occasion:
    """Put the group into the house: the first room and educator that are free. The caller has locked the places.

    Raises TooSoon, TooFarAhead, TimeNotOffered, TimeTaken with the nearest free times, and what the house refuses.
    """
    _require_in_time(package, starts_at, at)
    day = periods.local_day(starts_at)
    found = [time for time in times.offered(package, day, day, at=at) if time.starts_at == starts_at]
    if not found:
        raise refusals.TimeNotOffered
    time = found[0]
    if not time.is_free:
        raise _taken(package, time, at)
    return house.plan_occasion(
        kind=Occasion.Kind.GROUP_VISIT,
        title_sv=package.title_sv,
        title_en=package.title_en,
        period=periods.period(time.starts_at, time.ends_at),
        capacity=package.max_heads,
        max_groups=1,
        rooms=[time.room] if time.room else [],
        educators=[time.educator] if time.educator else [],
        by=by,
        at=at,
    )


def expect(booking: GroupBooking, *, at: dt.datetime) -> None:
    """Tell the desk who is coming."""
    occasion = booking.occasion
    visitors.announce(
        code=booking.code,
        kind=Occasion.Kind.GROUP_VISIT,
        occasion=occasion,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        label=f"{booking.group_name}, {booking.package.title_sv}",
        is_organisation=booking.is_organisation,
        municipality=booking.municipality,
        participant_category=Category.GROUP,
        adult_category=Category.GROUP,
        booked_participants=booking.heads,
        expected_participants=booking.heads,
        expected_adults=booking.adults,
        contact_name=booking.contact_name,
        contact_phone=booking.contact_phone,
        at=at,
    )


def _require_in_time(package: GroupPackage, starts_at: dt.datetime, at: dt.datetime) -> None:
    day = periods.local_day(starts_at)
    first, last = times.bookable_days(package, at)
    if day < first:
        text = _("It can be booked for %(day)s at the earliest.") % {"day": formats.local_date(first, "long")}
        raise refusals.TooSoon(text, first_date=first.isoformat())
    if day > last:
        text = _("It can be booked for %(day)s at the latest.") % {"day": formats.local_date(last, "long")}
        raise refusals.TooFarAhead(text, last_date=last.isoformat())


def _taken(package: GroupPackage, time: times.Time, at: dt.datetime) -> refusals.TimeTaken:
    """The refusal that says what is taken, and which times are not."""
    near = times.nearest(package, time.starts_at, at=at)
    said = ", ".join(f"{formats.local_date(one, 'day')} {formats.local_time(one)}" for one in near)
    proposal = refusals.NEAREST % {"times": said} if near else refusals.NOTHING_NEAR
    return refusals.TimeTaken(
        f"{refusals.TAKEN[time.taken]} {proposal}",
        taken=time.taken,
        nearest=[one.isoformat() for one in near],
    )
