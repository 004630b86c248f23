"""Change, count for the last time, be given a discount; what the order is told of each."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from bookings.common import holding
from bookings.common.refusals import NotPossibleNow
from bookings.conferences import pricing
from bookings.conferences.models import Addition, Reservation
from bookings.conferences.models.reservations import new_participants_key
from bookings.conferences.models.words import Status
from bookings.conferences.operations import choosing, keeping, leaving, money, refusals, taking
from bookings.conferences.operations.choosing import Choice
from bookings.conferences.wishes import AddOnWish, ConferenceWish, DayWish, RoomWish
from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.house.models import Room
from navet.payments.vat import Totals

CHANGEABLE = (Status.OPTION, Status.CONFIRMED)


def wish_of(reservation: Reservation) -> ConferenceWish:
    """What stands, as a wish: what a form of changes begins with. Reads the reservation whole."""
    return ConferenceWish(
        title=reservation.title,
        persons=reservation.persons,
        diets=dict(reservation.diets),
        message=reservation.message,
        days=tuple(
            DayWish(
                date=periods.local_day(day.occasion.starts_at),
                part=day.part.slug,
                rooms=tuple(RoomWish(one.offer.room.slug, one.furnishing) for one in day.rooms.all()),
                extra_hours=day.extra_hours,
                package=day.package.slug if day.package else "",
                add_ons=tuple(
                    _add_on(one, day.persons or reservation.persons) for one in day.additions.all()
                ),
                persons=day.persons,
            )
            for day in reservation.days.all()
        ),
    )


def _add_on(one: Addition, everybody: int) -> AddOnWish:
    starts = one.starts_at.astimezone(periods.HOUSE_ZONE).time() if one.starts_at else None
    return AddOnWish(one.add_on.slug, starts, None if one.persons == everybody else one.persons)


@transaction.atomic
def change(
    code: str, wish: ConferenceWish, *, version: int | None = None, by: Actor, at: dt.datetime
) -> Reservation:
    """Make it what the wish says, at the prices of its days; the difference is on the order. All of it or nothing.

    Guests may until the number is final. Raises what a request does, CountIsFinal, NotPossibleNow.
    """
    reservation = keeping.lock(code, version=version, by=by, at=at)
    _require_changeable(reservation, by, at)
    with keeping.in_its_language(reservation):
        choice = choosing.choose(wish, standing=wish_of(reservation), by=by, at=at)
        lines = _lines(reservation, choice)
    _require_same_days(reservation, choice, by, at)
    # Before its days are planned anew: a day of as many as the whole says no number of its own.
    reservation.title, reservation.persons, reservation.message = wish.title, wish.persons, wish.message
    if _is_elsewhere(reservation, choice):
        _move(reservation, choice, by=by, at=at)
    else:
        _rewrite(reservation, choice)
    reservation.diets = {diet: count for diet, count in wish.diets.items() if count}
    reservation.price_ore = money.totals(lines, choice.supply_date).payable_ore
    keeping.write_lines(reservation, lines)
    holding.write(reservation)
    _tell(reservation, by=by, at=at)
    return reservation


def _lines(reservation: Reservation, choice: Choice) -> list[pricing.Line]:
    """What the choice costs, less the discount that was given. In the active language."""
    full = choosing.lines(choice)
    percent = reservation.discount_percent
    return pricing.discounted(full, percent, reservation.discount_reason) if percent else full


@dataclass(frozen=True)
class Difference:
    """What a change would cost; öre with VAT."""

    lines: list[pricing.Line]
    totals: Totals
    before_ore: int

    @property
    def more_ore(self) -> int:
        """Below zero: less is to be paid."""
        return self.totals.payable_ore - self.before_ore


def difference(reservation: Reservation, wish: ConferenceWish, *, by: Actor, at: dt.datetime) -> Difference:
    """What `change` would make of it, without doing it. Raises what it does, NotPossibleNow and CountIsFinal too."""
    _require_changeable(reservation, by, at)
    choice = choosing.choose(wish, standing=wish_of(reservation), by=by, at=at)
    lines = _lines(reservation, choice)
    _require_same_days(reservation, choice, by, at)
    if _is_elsewhere(reservation, choice):
        taking.seats(choice, moving=keeping.occasion_ids(reservation), at=at)
    return Difference(lines, money.totals(lines, choice.supply_date), reservation.price_ore)


@transaction.atomic
def give_final_count(
    code: str, *, persons: int, diets: dict[str, int], version: int | None = None, by: Actor, at: dt.datetime
) -> Reservation:
    """How many come, and what they eat: the last word, which is what is cooked and paid for. Raises CountIsFinal."""
    reservation = keeping.lock(code, version=version, by=by, at=at)
    if reservation.status != Status.CONFIRMED:
        raise NotPossibleNow(status=reservation.status)
    standing = wish_of(reservation)
    wish = ConferenceWish(standing.title, persons, standing.days, diets, standing.message)
    changed = change(code, wish, by=by, at=at)
    changed.final_at = at
    changed.save(update_fields=["final_at"])
    return changed


@transaction.atomic
def give_discount(
    code: str, *, percent: int, reason: str, version: int | None = None, by: Actor, at: dt.datetime
) -> Reservation:
    """So much less, and why, in place of any discount before; 0 takes it away. It stays when things are changed.

    A quote stands as it was given: hold it as an option first, then quote anew. Raises OnlyByStaff, BadDiscount, NoReason.
    """
    keeping.require_staff(by)
    if not 0 <= percent <= 100:
        raise refusals.BadDiscount
    if percent and not reason.strip():
        raise refusals.NoReason
    reservation = keeping.lock(code, version=version, by=by, at=at)
    _require_changeable(reservation, by, at)
    reservation.discount_percent = percent
    reservation.discount_reason = " ".join(reason.split())[:120] if percent else ""
    with keeping.in_its_language(reservation):
        lines = pricing.discounted(keeping.lines_of(reservation), percent, reservation.discount_reason)
    day = periods.local_day(reservation.occasion.starts_at)
    reservation.price_ore = money.totals(lines, day).payable_ore
    keeping.write_lines(reservation, lines)
    holding.write(reservation)
    back_ore = money.amend(reservation, by=by, at=at) if reservation.status == Status.CONFIRMED else 0
    holding.tell(reservation, "changed", at=at, back_ore=back_ore)
    return reservation


@transaction.atomic
def write_note(
    code: str, *, note: str, version: int | None = None, by: Actor, at: dt.datetime
) -> Reservation:
    """What the house is to know; the guest never sees it. Raises OnlyByStaff."""
    keeping.require_staff(by)
    reservation = keeping.lock(code, version=version, by=by, at=at)
    reservation.note = " ".join(note.split())[:500]
    holding.write(reservation)
    return reservation


@transaction.atomic
def replace_link(code: str, *, version: int | None = None, by: Actor, at: dt.datetime) -> Reservation:
    """Those who take part get a new link, and the old one opens nothing from now on."""
    reservation = keeping.lock(code, version=version, by=by, at=at)
    reservation.participants_key = new_participants_key()
    holding.write(reservation)
    return reservation


def may_change(reservation: Reservation, by: Actor | None, at: dt.datetime) -> bool:
    """Whether a form of changes is worth showing."""
    by_staff = by is not None and by.has_capability(Reservation.SEEN_BY)
    is_open = reservation.status in CHANGEABLE and not reservation.has_lapsed(at)
    return is_open and reservation.occasion.starts_at > at and (by_staff or not _is_final(reservation, at))


def count_by(reservation: Reservation, by: Actor | None, at: dt.datetime) -> dt.date | None:
    """The date by which the guest is to say how many come; None where that is said, or cannot be said any more."""
    is_awaited = reservation.final_at is None and may_change(reservation, by, at)
    return reservation.final_count_date if is_awaited else None


def _is_final(reservation: Reservation, at: dt.datetime) -> bool:
    date = reservation.final_count_date
    return reservation.final_at is not None or (date is not None and periods.local_day(at) > date)


def _require_changeable(reservation: Reservation, by: Actor, at: dt.datetime) -> None:
    if reservation.status not in CHANGEABLE or reservation.has_lapsed(at):
        raise NotPossibleNow(status=reservation.status)
    keeping.require_before_start(reservation, at)
    if _is_final(reservation, at) and not by.has_capability(Reservation.SEEN_BY):
        raise refusals.CountIsFinal


def _require_same_days(reservation: Reservation, choice: Choice, by: Actor, at: dt.datetime) -> None:
    """Once leaving costs, a guest does not get round it by moving far away first. Raises DaysAreFixed."""
    if leaving.per_cent(reservation, at) == 0 or by.has_capability(Reservation.SEEN_BY):
        return
    had = [periods.local_day(day.occasion.starts_at) for day in reservation.days.all()]
    if had != [periods.local_day(day.period.lower) for day in choice.days]:
        raise refusals.DaysAreFixed


def _is_elsewhere(reservation: Reservation, choice: Choice) -> bool:
    """Whether the choice is for other rooms, times or things to happen, and not just for other numbers."""
    standing = [
        (
            (day.occasion.starts_at, day.occasion.ends_at, day.part_id),
            {(one.offer_id, one.furnishing) for one in day.rooms.all()},
            {(one.add_on_id, one.starts_at) for one in day.additions.all()},
        )
        for day in reservation.days.all()
    ]
    wanted = [
        (
            (day.period.lower, day.period.upper, day.part.pk),
            {(one.offer.pk, one.furnishing) for one in day.rooms},
            {(one.add_on.pk, one.period.lower if one.period else None) for one in day.add_ons},
        )
        for day in choice.days
    ]
    return standing != wanted


def _rewrite(reservation: Reservation, choice: Choice) -> None:
    """The same rooms and times, for other numbers or with another package."""
    for day, chosen in zip(reservation.days.all(), choice.days, strict=True):
        day.package = chosen.package
        day.save(update_fields=["package"])
        for one in chosen.add_ons:
            day.additions.filter(add_on=one.add_on).update(persons=one.persons)


def _move(reservation: Reservation, choice: Choice, *, by: Actor, at: dt.datetime) -> None:
    """To other rooms or times: what it had is let go in the same transaction, and stands in its way no more."""
    mine = keeping.occasion_ids(reservation)
    had = Room.objects.filter(uses__occasion__in=mine).distinct().prefetch_related("cells")
    taking.lock(choice, also=had, educators=User.objects.filter(duties__occasion__in=mine).distinct())
    seated = taking.seats(choice, moving=mine, at=at)
    if reservation.status == Status.CONFIRMED:
        keeping.expect_nobody(reservation, at)
    keeping.let_go(reservation, by=by, at=at)
    reservation.days.all().delete()
    taking.plan(choice, reservation, seated, by=by, at=at)


def _tell(reservation: Reservation, *, by: Actor, at: dt.datetime) -> None:
    """The desk, the order and the contact."""
    back_ore = 0
    if reservation.status == Status.CONFIRMED:
        keeping.expect(reservation, at)
        back_ore = money.amend(reservation, by=by, at=at)
    holding.tell(reservation, "changed", at=at, back_ore=back_ore)
