"""Conferences as the shared pages, mails and API views know them."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.common.lines import Facts, Line
from bookings.conferences.models import Diet, Reservation, ReservationDay, Status
from bookings.conferences.operations import leaving, reserving
from navet import codes
from navet.house.models import Occasion
from navet.pages import contact, formats


def facts(reservation: Reservation, *, named: bool = True) -> Facts:
    """What was agreed; an empty fact is left out. Reads the reservation whole."""
    days = list(reservation.days.all())
    diets = [f"{_diet(code)}: {count}" for code, count in reservation.diets.items()]
    reached = [reservation.contact_name, reservation.contact_email]
    return [
        (_("Booking code"), codes.pretty(reservation.code)),
        (_("Conference"), reservation.title),
        (_("When"), "\n".join(_when(day.occasion) for day in days)),
        (_("Persons"), _persons(reservation.persons, days)),
        (_("Rooms"), _by_day(days, _rooms)),
        (_("Package"), _by_day(days, lambda day: [str(day.package)] if day.package else [])),
        (_("Add-ons"), _by_day(days, _additions)),
        (_("Special diets"), "\n".join(diets if named else [])),
        (_price_label(reservation), formats.money(reservation.price_ore)),
        (_("Customer"), reservation.customer if named else ""),
        (_("Contact"), "\n".join(filter(None, reached if named else []))),
        (_("Place"), contact.house().place),
    ]


def _rooms(day: ReservationDay) -> list[str]:
    return [f"{one.offer}, {one.get_furnishing_display().lower()}" for one in day.rooms.all()]


def _additions(day: ReservationDay) -> list[str]:
    return [
        f"{formats.local_time(one.starts_at)} {one.add_on}" if one.starts_at else str(one.add_on)
        for one in day.additions.all()
    ]


def _by_day(days: list[ReservationDay], told: Callable[[ReservationDay], list[str]]) -> str:
    """What is the same on all days once, a line each; else a line for each day that has anything."""
    found = [told(day) for day in days]
    if all(one == found[0] for one in found):
        return "\n".join(found[0])
    return "\n".join(
        f"{formats.local_date(day.occasion.starts_at, 'day')}: {'; '.join(one)}"
        for day, one in zip(days, found, strict=True)
        if one
    )


def _price_label(reservation: Reservation) -> str:
    """What is over no longer costs what it was booked at."""
    if reservation.status in (Status.CANCELLED, Status.LAPSED):
        return _("Price as it was booked, including VAT")
    return _("Price including VAT")


def _diet(code: str) -> str:
    return str(Diet(code).label)


def _persons(everybody: int, days: list[ReservationDay]) -> str:
    """One number, or each day's where others came on one of them than on the rest."""
    if len(days) == 1 or not any(day.persons for day in days):
        return str(days[0].persons or everybody)
    return "\n".join(
        f"{formats.local_date(day.occasion.starts_at, 'day')}: {day.persons or everybody}" for day in days
    )


def _when(occasion: Occasion) -> str:
    clock = f"{formats.local_time(occasion.starts_at)}–{formats.local_time(occasion.ends_at)}"
    return f"{formats.local_date(occasion.starts_at, 'long')} {clock}"


LINE = Line(
    model=Reservation,
    namespace="conferences",
    home="conferences:start",
    home_label=gettext_lazy("Meetings and conferences"),
    title=lambda reservation: reservation.title,
    facts=facts,
    confirm=reserving.confirm,
    cancel=leaving.cancel,
    occasions=lambda reservation: [day.occasion for day in reservation.days.all()],
    says_booked=False,
)
