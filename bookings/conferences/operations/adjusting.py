"""What a wish makes of a conference that has begun: its days, those that go, the lines that come. Changes nothing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bookings.common.refusals import NotPossibleNow
from bookings.conferences import pricing, terms
from bookings.conferences.models import Addition, Reservation, ReservationDay, Status
from bookings.conferences.operations import changing, choosing, keeping, money, refusals
from bookings.conferences.operations.choosing import Choice, ChosenAddOn, ChosenDay
from bookings.conferences.pricing import Line
from bookings.conferences.wishes import ConferenceWish
from navet import periods
from navet.accounts.actor import Actor
from navet.payments.vat import RateSum, Totals


@dataclass(frozen=True)
class DayChange:
    """A day as it is to be: `row` is the day that stays, None for one that is new; `fresh` what it does not have yet."""

    chosen: ChosenDay
    row: ReservationDay | None
    fresh: tuple[ChosenAddOn, ...]

    @property
    def is_longer_or_shorter(self) -> bool:
        return self.row is not None and self.row.occasion.ends_at != self.chosen.period.upper

    @property
    def gone(self) -> list[Addition]:
        """What the day had and has no more, or not at that time."""
        kept = {_key(one) for one in self.chosen.add_ons}
        had = self.row.additions.all() if self.row else []
        return [one for one in had if (one.add_on_id, one.starts_at) not in kept]


@dataclass(frozen=True)
class Adjusting:
    """What a wish makes of a conference that has begun: its days, those that go, and the lines that come."""

    after: Choice
    days: tuple[DayChange, ...]
    going: tuple[ReservationDay, ...]
    lines: list[Line]
    difference: Totals
    payable_ore: int

    @property
    def more_ore(self) -> int:
        """Öre with VAT; below zero: less is to be paid."""
        return self.difference.payable_ore

    @property
    def columns(self) -> dict[str, int]:
        """The difference as an Adjustment keeps it."""
        columns = {"difference_ore": self.more_ore}
        for one in self.difference.rates:
            columns[f"net_{one.vat_permille}_ore"] = one.net_ore
            if one.vat_permille:
                columns[f"vat_{one.vat_permille}_ore"] = one.vat_ore
        return columns

    @property
    def moving(self) -> list[int]:
        """The occasions that stand in nobody's way: they go, or their time is another."""
        gone = [one.occasion_id for day in self.days for one in day.gone]
        gone += [one.occasion_id for row in self.going for one in row.additions.all()]
        resized = [day.row.occasion_id for day in self.days if day.row and day.is_longer_or_shorter]
        return [pk for pk in (*gone, *resized, *(row.occasion_id for row in self.going)) if pk]

    @property
    def asked(self) -> Choice:
        """What the house is asked for: days that are new or longer, and what is new on those that stay."""
        return replace(
            self.after,
            days=tuple(
                replace(
                    one.chosen,
                    add_ons=one.fresh,
                    is_held=one.row is not None and not one.is_longer_or_shorter,
                )
                for one in self.days
            ),
        )


def begun(reservation: Reservation, at: dt.datetime) -> frozenset[dt.date]:
    """The days of it that have begun, or are over."""
    starts = [day.occasion.starts_at for day in reservation.days.all()]
    return frozenset(periods.local_day(one) for one in starts if one <= at)


def is_under_way(reservation: Reservation, at: dt.datetime) -> bool:
    """From its beginning until some days after its end."""
    return reservation.occasion.starts_at <= at < reservation.ends_at + terms.days("adjust_days")


def weigh(
    reservation: Reservation, wish: ConferenceWish, *, reason: str, by: Actor, at: dt.datetime
) -> Adjusting:
    """What it comes to, before the house is asked. Raises NotPossibleNow, NotUnderWay, DayHasBegun, NothingChanged, what a request does."""
    if reservation.status != Status.CONFIRMED:
        raise NotPossibleNow(status=reservation.status)
    if not is_under_way(reservation, at):
        raise refusals.NotUnderWay
    standing = changing.wish_of(reservation)
    dates = frozenset(day.date for day in standing.days)
    with keeping.in_its_language(reservation):
        before = choosing.choose(standing, standing=standing, begun=dates, by=by, at=at)
        after = choosing.choose(wish, standing=standing, begun=begun(reservation, at), by=by, at=at)
        days = tuple(_day_change(day, reservation, at) for day in after.days)
        going = _going(reservation, days, at)
        if not going and _alike(before) == _alike(after) and _diets(wish) == _diets(standing):
            raise refusals.NothingChanged
        kept = keeping.lines_of(reservation)
        lines = _lines(reservation, before, after, kept, reason)
        day = periods.local_day(reservation.occasion.starts_at)
        was, is_now = money.totals(kept, day), money.totals([*kept, *lines], day)
    return Adjusting(after, days, going, lines, _between(was, is_now), is_now.payable_ore)


def _lines(
    reservation: Reservation, before: Choice, after: Choice, kept: list[Line], reason: str
) -> list[Line]:
    was, is_now = (pricing.by_day(choosing.priced(one)) for one in (before, after))
    found = pricing.differences(was, is_now, kept, reason=reason)
    percent, why = reservation.discount_percent, reservation.discount_reason
    discount = pricing.more_discount([*kept, *found], percent, why) if percent else []
    return found + [replace(one, text=pricing.because(one.text, reason)) for one in discount]


def _between(was: Totals, is_now: Totals) -> Totals:
    """What each rate came to more."""
    had = {one.vat_permille: (one.net_ore, one.vat_ore) for one in was.rates}
    has = {one.vat_permille: (one.net_ore, one.vat_ore) for one in is_now.rates}
    rates = []
    for rate in sorted({*had, *has}):
        (net, vat), (net_before, vat_before) = has.get(rate, (0, 0)), had.get(rate, (0, 0))
        if (net, vat) != (net_before, vat_before):
            rates.append(RateSum(rate, net - net_before, vat - vat_before))
    return Totals(tuple(rates), 0)


def _alike(choice: Choice) -> list[tuple[object, ...]]:
    """What tells one choice from another."""
    return [
        (
            day.period,
            day.part.pk,
            day.extra_hours,
            day.persons,
            day.package.pk if day.package else None,
            {(one.offer.pk, one.furnishing) for one in day.rooms},
            {(*_key(one), one.persons) for one in day.add_ons},
        )
        for day in choice.days
    ]


def _diets(wish: ConferenceWish) -> dict[str, int]:
    return {diet: count for diet, count in wish.diets.items() if count}


def _key(one: ChosenAddOn) -> tuple[int, dt.datetime | None]:
    return one.add_on.pk, one.period.lower if one.period else None


def _day_change(chosen: ChosenDay, reservation: Reservation, at: dt.datetime) -> DayChange:
    """Whether the day stays where it is, longer or shorter, or is one in its place. Raises DayHasBegun."""
    row = next((one for one in reservation.days.all() if _stays(one, chosen)), None)
    if row is None and chosen.period.lower <= at:
        raise refusals.DayHasBegun
    had = {(one.add_on_id, one.starts_at) for one in row.additions.all()} if row else set()
    return DayChange(chosen, row, tuple(one for one in chosen.add_ons if _key(one) not in had))


def _stays(row: ReservationDay, chosen: ChosenDay) -> bool:
    had = {(one.offer_id, one.furnishing) for one in row.rooms.all()}
    wanted = {(one.offer.pk, one.furnishing) for one in chosen.rooms}
    return row.occasion.starts_at == chosen.period.lower and had == wanted


def _going(
    reservation: Reservation, days: Iterable[DayChange], at: dt.datetime
) -> tuple[ReservationDay, ...]:
    """The days that it has no more. Raises DayHasBegun."""
    stay = {one.row.pk for one in days if one.row}
    going = tuple(row for row in reservation.days.all() if row.pk not in stay)
    if any(row.occasion.starts_at <= at for row in going):
        raise refusals.DayHasBegun
    return going
