"""A wish held against the catalogue: what it means, whether it can be, what it costs. Takes nothing."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from bookings.conferences import pricing, terms
from bookings.conferences.models import (
    AddOn,
    AddOnPrice,
    ConferencePackage,
    DayPart,
    Diet,
    PackagePrice,
    Reservation,
    RoomOffer,
)
from bookings.conferences.on_offer import Catalogue
from bookings.conferences.operations import refusals
from bookings.conferences.repeating import MOST_DAYS
from bookings.conferences.wishes import AddOnWish, ConferenceWish, DayWish
from navet import periods
from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.pages import formats

_Bounds = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class ChosenRoom:
    offer: RoomOffer
    furnishing: str
    ore: int
    extra_hour_ore: int


@dataclass(frozen=True)
class ChosenAddOn:
    """`period` is None for what has no time."""

    add_on: AddOn
    price: AddOnPrice
    persons: int
    period: DateTimeTZRange | None

    @property
    def needs_occasion(self) -> bool:
        return self.period is not None and (bool(self.add_on.rooms.all()) or self.add_on.needs_educator)


@dataclass(frozen=True)
class ChosenDay:
    """One that `is_held` has its rooms already: they are not asked for."""

    part: DayPart
    period: DateTimeTZRange
    extra_hours: int
    rooms: tuple[ChosenRoom, ...]
    package: ConferencePackage | None
    package_price: PackagePrice | None
    add_ons: tuple[ChosenAddOn, ...]
    persons: int
    is_held: bool = False

    @property
    def date(self) -> dt.date:
        return periods.local_day(self.period.lower)


@dataclass(frozen=True)
class Choice:
    wish: ConferenceWish
    days: tuple[ChosenDay, ...]

    @property
    def starts_at(self) -> dt.datetime:
        return self.days[0].period.lower

    @property
    def supply_date(self) -> dt.date:
        """The day whose VAT and prices it goes by."""
        return periods.local_day(self.starts_at)

    @property
    def ends_at(self) -> dt.datetime:
        """When the last of it is over, dinner too."""
        later = [one.period.upper for day in self.days for one in day.add_ons if one.period]
        return max([self.days[-1].period.upper, *later])


def choose(
    wish: ConferenceWish,
    *,
    standing: ConferenceWish | None = None,
    begun: frozenset[dt.date] = frozenset(),
    by: Actor | None,
    at: dt.datetime,
) -> Choice:
    """What the wish means on its days. Raises what refusals.py lists; whether it is free is not asked here.

    What is `standing`, booked already, may be kept whether it is still on offer or not. Days that have `begun` are held
    with what they have, for as many as came: what fits how many is not asked of them.
    """
    _check_number(wish)
    _check_diets(wish)
    catalogue = Catalogue.read(wish, standing, begun)
    bounds = _bounds(by, at)
    return Choice(wish, tuple(_day(day, wish.persons, catalogue, bounds) for day in wish.days))


def each(wish: ConferenceWish, *, by: Actor | None, at: dt.datetime) -> list[ChosenDay | Refused]:
    """The same day by day: what it means, or why it cannot be. Raises BadDays, DietsDoNotFit."""
    _check_number(wish)
    _check_diets(wish)
    catalogue, bounds = Catalogue.read(wish, None), _bounds(by, at)
    return [_try(day, wish.persons, catalogue, bounds) for day in wish.days]


def _try(day: DayWish, persons: int, catalogue: Catalogue, bounds: _Bounds) -> ChosenDay | Refused:
    try:
        return _day(day, persons, catalogue, bounds)
    except Refused as refused:
        return refused


def lines(choice: Choice) -> list[pricing.Line]:
    """What it costs, in the active language."""
    return pricing.lines(priced(choice))


def priced(choice: Choice) -> list[pricing.PricedDay]:
    return [_priced(day) for day in choice.days]


def _priced(day: ChosenDay) -> pricing.PricedDay:
    rooms = tuple(
        pricing.PricedRoom(
            one.offer.room.slug, one.offer.room.name, day.part.title, one.ore, one.extra_hour_ore
        )
        for one in day.rooms
    )
    things = [_thing("add_on", one.add_on, one.price, one.persons) for one in day.add_ons]
    if day.package:
        things.insert(0, _thing("package", day.package, day.package_price, day.persons))
    return pricing.PricedDay(day.date, rooms, day.extra_hours, tuple(things))


def _thing(of: str, thing: Any, price: Any, persons: int) -> pricing.PricedThing:
    return pricing.PricedThing(
        of=of,
        slug=thing.slug,
        title=thing.title,
        treatment=thing.treatment,
        per_person_ore=price.per_person_ore,
        per_group_ore=price.per_group_ore,
        persons=persons,
        rooms_included=getattr(thing, "rooms_included", 0),
    )


def _check_number(wish: ConferenceWish) -> None:
    dates = [day.date for day in wish.days]
    if not 1 <= len(dates) <= MOST_DAYS or dates != sorted(set(dates)):
        raise refusals.BadDays


def _bounds(by: Actor | None, at: dt.datetime) -> _Bounds:
    """The first and the last day that may be booked; staff book from today on."""
    first, last = terms.bookable_days(at)
    by_staff = by is not None and by.has_capability(Reservation.SEEN_BY)
    return (periods.local_day(at) if by_staff else first), last


def _check_date(day: dt.date, bounds: _Bounds) -> None:
    first, last = bounds
    if day < first:
        text = _("It can be booked for %(day)s at the earliest.") % {"day": formats.local_date(first, "long")}
        raise refusals.TooSoon(text, first_date=first.isoformat())
    if day > last:
        text = _("It can be booked for %(day)s at the latest.") % {"day": formats.local_date(last, "long")}
        raise refusals.TooFarAhead(text, last_date=last.isoformat())


def _check_diets(wish: ConferenceWish) -> None:
    known = set(wish.diets) <= set(Diet.values) and all(count >= 0 for count in wish.diets.values())
    most = max([wish.persons, *(day.persons or 0 for day in wish.days)])
    if not known or sum(wish.diets.values()) > most:
        raise refusals.DietsDoNotFit


def _day(day: DayWish, everybody: int, catalogue: Catalogue, bounds: _Bounds) -> ChosenDay:
    persons = everybody if day.persons is None else day.persons
    has_begun = catalogue.has_begun(day)
    if not has_begun:
        _check_date(day.date, bounds)
    part = catalogue.parts.get(day.part)
    if part is None:
        raise refusals.NoSuchPart
    package = catalogue.packages.get(day.package)
    if day.package and package is None:
        raise refusals.NoSuchPackage
    period = part.period(day.date, extra_hours=day.extra_hours)
    return ChosenDay(
        part=part,
        period=period,
        extra_hours=day.extra_hours,
        rooms=_rooms(day, part, persons, catalogue),
        package=package,
        package_price=_package_price(package, part, None if has_begun else persons, day.date),
        persons=persons,
        add_ons=tuple(_add_on(one, day, part, period, persons, catalogue) for one in day.add_ons),
    )


def _rooms(day: DayWish, part: DayPart, persons: int, catalogue: Catalogue) -> tuple[ChosenRoom, ...]:
    if not day.rooms or len({one.room for one in day.rooms}) < len(day.rooms):
        raise refusals.NoRooms
    found, seats = [], 0
    for one in day.rooms:
        offer = catalogue.rooms.get(one.room)
        if offer is None or not (offer.seats(one.furnishing) or catalogue.was_had(one)):
            raise refusals.NoSuchRoom
        price = offer.price_on(day.date)
        ore = price.of(part.kind) if price else None
        if price is None or ore is None or (day.extra_hours and price.extra_hour_ore is None):
            raise refusals.NotLetThen(room=offer.room.slug)
        seats += offer.seats(one.furnishing)
        found.append(ChosenRoom(offer, one.furnishing, ore, price.extra_hour_ore or 0))
    if seats < persons and not (catalogue.is_kept(day, persons) or catalogue.has_begun(day)):
        text = _("So furnished the rooms seat %(most)s.")
        raise refusals.TooManyForRooms(text % {"most": seats}, at_most=seats)
    return tuple(found)


def _package_price(
    package: ConferencePackage | None, part: DayPart, persons: int | None, day: dt.date
) -> PackagePrice | None:
    if package is None:
        return None
    price = package.price_on(day)
    fits = package.part_kind == part.kind if persons is None else package.fits(persons, part.kind)
    if price is None or not fits:
        raise refusals.PackageDoesNotFit(
            at_least=package.min_persons, at_most=package.max_persons, part_kind=package.part_kind
        )
    return price


def _add_on(
    one: AddOnWish,
    day: DayWish,
    part: DayPart,
    booked: DateTimeTZRange,
    everybody: int,
    catalogue: Catalogue,
) -> ChosenAddOn:
    add_on = catalogue.add_ons.get(one.add_on)
    price = add_on.price_on(day.date) if add_on else None
    if add_on is None or price is None or [each.add_on for each in day.add_ons].count(one.add_on) > 1:
        raise refusals.NoSuchAddOn
    persons = everybody if one.persons is None else one.persons
    fits = add_on.fits(persons, part.kind) or catalogue.is_held(day, one)
    if not fits or persons > everybody:
        text = _("%(what)s is for %(least)s to %(most)s persons.")
        said = {"what": add_on.title, "least": add_on.min_persons, "most": add_on.max_persons}
        raise refusals.AddOnDoesNotFit(
            text % said, add_on=add_on.slug, at_least=add_on.min_persons, at_most=add_on.max_persons
        )
    return ChosenAddOn(add_on, price, persons, _time_of(add_on, one.starts, day.date, booked))


def _time_of(
    add_on: AddOn, starts: dt.time | None, day: dt.date, booked: DateTimeTZRange
) -> DateTimeTZRange | None:
    """When it happens: in its window and, without a room of its own, in the booked time."""
    if not add_on.length_minutes:
        return None
    clock = add_on.usual if starts is None else starts
    begins = periods.at(day, clock)
    period = periods.period(begins, begins + dt.timedelta(minutes=add_on.length_minutes))
    in_booked_time = booked.lower <= begins and period.upper <= booked.upper
    if not add_on.earliest <= clock <= add_on.latest or not (in_booked_time or add_on.rooms.all()):
        text = _("%(what)s begins between %(first)s and %(last)s, within the booked time.")
        said = {
            "what": add_on.title,
            "first": formats.local_time(add_on.earliest),
            "last": formats.local_time(add_on.latest),
        }
        raise refusals.AddOnDoesNotFit(text % said, add_on=add_on.slug)
    return period
