"""A conference that has begun: what is added to it or taken off it, and why. What was stays, and what is new is lines beside it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.common import holding
from bookings.conferences.models import Addition, Adjustment, Reservation, ReservationDay, Status
from bookings.conferences.operations import adjusting, keeping, money, refusals, taking
from bookings.conferences.operations.adjusting import Adjusting, DayChange
from bookings.conferences.operations.choosing import Choice
from bookings.conferences.operations.taking import Seat
from bookings.conferences.wishes import ConferenceWish
from navet import codes, periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.house import operations as house
from navet.house.models import Occasion, Room
from visitors import operations as visitors


@transaction.atomic
def adjust(
    code: str,
    wish: ConferenceWish,
    *,
    reason: str,
    version: int | None = None,
    by: Actor,
    at: dt.datetime,
) -> Reservation:
    """Add to a conference that has begun, or take off it: lines of their own say what and why, and the difference is owed.

    Days that have begun keep date, rooms and beginning; the others change as ever. Raises OnlyByStaff, NoReason, NotUnderWay,
    DayHasBegun, NothingChanged, PartsTaken and what a request does.
    """
    said = _reason(reason, by)
    if by.user is None:
        raise refusals.OnlyByStaff
    reservation = keeping.lock(code, version=version, by=by, at=at)
    found = adjusting.weigh(reservation, wish, reason=said, by=by, at=at)
    _queue(found)
    seated = _look(found, at)
    adjustment = Adjustment.objects.create(
        reservation=reservation, at=at, by=by.user, reason=said, **found.columns
    )
    reservation.diets = {diet: count for diet, count in wish.diets.items() if count}
    _arrange(reservation, found, seated, by=by, at=at)
    reservation.ends_at = found.after.ends_at
    reservation.price_ore = found.payable_ore
    keeping.add_lines(reservation, found.lines, adjustment)
    holding.write(reservation)
    back_ore = money.amend(reservation, by=by, at=at)
    holding.tell(reservation, "adjusted", at=at, adjustment_id=adjustment.pk, back_ore=back_ore)
    return reservation


def look(
    reservation: Reservation, wish: ConferenceWish, *, reason: str, by: Actor, at: dt.datetime
) -> Adjusting:
    """What `adjust` would make of it, without doing it. Raises what it does."""
    found = adjusting.weigh(reservation, wish, reason=_reason(reason, by), by=by, at=at)
    _look(found, at)
    return found


def may_adjust(reservation: Reservation, by: Actor | None, at: dt.datetime) -> bool:
    """Whether a form of it is worth showing."""
    by_staff = by is not None and by.has_capability(Reservation.SEEN_BY)
    return by_staff and reservation.status == Status.CONFIRMED and adjusting.is_under_way(reservation, at)


def _reason(reason: str, by: Actor) -> str:
    if not by.has_capability(Reservation.SEEN_BY):
        raise refusals.OnlyByStaff
    said = " ".join(reason.split())[:120]
    if not said:
        raise refusals.NoReason
    return said


def _queue(found: Adjusting) -> None:
    """For every room and educator that it takes, might take or lets go."""
    had = Room.objects.filter(uses__occasion__in=found.moving).distinct().prefetch_related("cells")
    leading = User.objects.filter(duties__occasion__in=found.moving).distinct()
    taking.lock(found.asked, also=had, educators=leading)


def _look(found: Adjusting, at: dt.datetime) -> list[list[Seat]]:
    """A place for everything that is asked for and not over already. Raises PartsTaken."""
    asked = _ahead(found.asked, at)
    seated, clashes = taking.seat(asked, taking.read(asked, moving=found.moving, at=at))
    if not clashes:
        return seated
    said = _("Taken or closed: %(parts)s.") % {"parts": "; ".join(map(str, clashes))}
    raise refusals.PartsTaken(said, taken=[one.as_json() for one in clashes], nearest=[], rooms=[])


def _ahead(asked: Choice, at: dt.datetime) -> Choice:
    """Nothing of the house is needed for what has begun by now and is only written down: it has no time here."""
    return replace(
        asked,
        days=tuple(
            replace(
                day,
                add_ons=tuple(
                    replace(one, period=None) if one.period and one.period.lower <= at else one
                    for one in day.add_ons
                ),
            )
            for day in asked.days
        ),
    )


def _arrange(
    reservation: Reservation,
    found: Adjusting,
    seated: list[list[Seat]],
    *,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Let go what goes, then take what comes: what was let go stands in its way no more."""
    was = {row.pk: (row.heads, row.occasion.ends_at) for row in reservation.days.all()}
    reservation.persons = found.after.wish.persons
    codes_of = {periods.local_day(row.occasion.starts_at): row.code for row in found.going}
    for gone in found.going:
        visitors.withdraw(gone.code, at=at)
        _take_off(gone.additions.all(), by=by, at=at)
        house.cancel_occasion(gone.occasion, by=by, at=at)
        gone.delete()
    for change in found.days:
        _take_off(change.gone, by=by, at=at)
    for position, (change, seats) in enumerate(zip(found.days, seated, strict=True)):
        row = change.row
        if row is None:
            code = codes_of.get(change.chosen.date) or codes.new_code()
            row = taking.plan_day(
                change.chosen, reservation, seats, position=position, code=code, by=by, at=at
            )
        else:
            _rewrite(row, change, seats, position, by=by, at=at)
        if was.get(row.pk) != (row.heads, row.occasion.ends_at):
            keeping.expect_on(reservation, row, at)


def _take_off(additions: Iterable[Addition], *, by: Actor, at: dt.datetime) -> None:
    """What has begun took place, whatever is charged for it; what is to come is not held."""
    for one in additions:
        occasion: Occasion | None = one.occasion
        one.delete()
        if occasion and occasion.starts_at > at:
            house.cancel_occasion(occasion, by=by, at=at)


def _rewrite(
    row: ReservationDay, change: DayChange, seats: list[Seat], position: int, *, by: Actor, at: dt.datetime
) -> None:
    """The same rooms from the same time on: until another time, for others, with more or less."""
    chosen, reservation = change.chosen, row.reservation
    if change.is_longer_or_shorter:
        row.occasion = house.move_occasion(row.occasion, period=chosen.period, by=by, at=at)
    row.part, row.package, row.extra_hours = chosen.part, chosen.package, chosen.extra_hours
    row.persons = None if chosen.persons == reservation.persons else chosen.persons
    row.position = position
    row.save()
    for one in chosen.add_ons:
        row.additions.filter(add_on=one.add_on).update(persons=one.persons)
    for one, place in zip(change.fresh, seats, strict=True):
        taking.add(reservation, row, one, place, by=by, at=at)
