"""What is done with counts from the doors: taken in as they came, believed so far, entered in the ledger when approved."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from navet import periods, transactions
from navet.accounts.actor import Actor
from navet.accounts.models import User
from visitors import ledger
from visitors.counters import days, refusals
from visitors.counters.models import Correction, Counter, Delivery, Factor, Reading
from visitors.counters.shapes import Said
from visitors.models import Category, Visit

A_DAY = dt.timedelta(days=1)
SHAPES = {
    Counter.Kind.OWN: {"own"},
    Counter.Kind.AXIS: {"axis"},
    Counter.Kind.XOVIS: {"xovis_logics", "xovis_live", "xovis_status"},
}
MOST_HEADS = 20_000  # a day; the house has never held a tenth of it


@dataclass(frozen=True)
class Received:
    """What became of a delivery: `is_new` unless the same came before, and how many of its readings were new."""

    delivery: Delivery
    is_new: bool
    readings: int
    new_readings: int


def counter_of(by: Actor) -> Counter:
    """The counter whose key was shown. Raises NotACounter."""
    counter = Counter.objects.filter(device=by.device).first() if by.device else None
    if counter is None:
        raise refusals.NotACounter
    return counter


@transactions.operation
def receive(said: Said, counter: Counter, *, by: Actor, at: dt.datetime) -> Received:
    """Keep what a counter said. The same delivery, or the same reading in another, is kept once.

    Raises CounterNotActive, WrongShape, WrongSerial, CountedInTheFuture, ClockFarOff.
    """
    _refuse(said, counter, at)
    delivery, is_new = Delivery.objects.get_or_create(
        counter=counter,
        fingerprint=fingerprint(said),
        defaults={
            "device": by.device,
            "shape": said.shape,
            "payload": said.payload,
            "clock_at": said.clock_at,
            "received_at": at,
        },
    )
    if is_new:
        readings = [Reading(delivery=delivery, counter=counter, **told._asdict()) for told in said.told]
        Reading.objects.bulk_create(readings, ignore_conflicts=True)
    new = delivery.readings.count() if is_new else 0
    return Received(delivery, is_new, len(said.told), new)


def _refuse(said: Said, counter: Counter, at: dt.datetime) -> None:
    if not counter.is_active:
        raise refusals.CounterNotActive
    if said.shape not in SHAPES[Counter.Kind(counter.kind)]:
        raise refusals.WrongShape
    if counter.serial and said.serial and said.serial != counter.serial:
        raise refusals.WrongSerial
    if any(told.ends_at > at + A_DAY for told in said.told):
        raise refusals.CountedInTheFuture
    if said.clock_at and abs(said.clock_at - at) > A_DAY:
        raise refusals.ClockFarOff


def fingerprint(said: Said) -> str:
    """The same for the same payload, however its names were ordered."""
    text = json.dumps([said.shape, said.payload], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def decide_factor(
    counter: Counter,
    factor: Decimal,
    *,
    valid_from: dt.date,
    valid_until: dt.date | None,
    reason: str,
    by: Actor,
    at: dt.datetime,
) -> Factor:
    """Rule how many came for each head counted, in the days given. Raises ImplausibleFactor, PeriodEndsEarly, ReasonMissing."""
    if not Decimal("0.1") <= factor <= 5:
        raise refusals.ImplausibleFactor
    if valid_until is not None and valid_until < valid_from:
        raise refusals.PeriodEndsEarly
    return Factor.objects.create(
        counter=counter,
        factor=factor,
        valid_from=valid_from,
        valid_until=valid_until,
        reason=_reason(reason),
        by=_person(by),
        decided_at=at,
    )


@transactions.operation
def approve(day: dt.date, *, difference: int, reason: str, by: Actor, at: dt.datetime) -> Correction:
    """Enter the day's difference in the ledger, as one entry. `difference` is what the manager saw.

    Raises DayNotOver, AlreadyCorrected, NothingCounted, DifferenceChanged, NothingToCorrect, ImplausibleDifference,
    ReasonMissing. Of two managers at once the database lets one through.
    """
    if day >= periods.local_day(at):
        raise refusals.DayNotOver
    _refuse_second(day)
    found = days.on(day)
    if found.entered is None or found.corrected is None or found.difference is None:
        raise refusals.NothingCounted
    if found.difference != difference:
        raise refusals.DifferenceChanged(difference=found.difference)
    if difference == 0:
        raise refusals.NothingToCorrect
    if abs(difference) > MOST_HEADS:
        raise refusals.ImplausibleDifference
    correction = Correction(
        day=day,
        entered=found.entered,
        corrected=found.corrected,
        registered=found.registered,
        heads=difference,
        reason=_reason(reason),
        visit=ledger.write([_entry(day, difference, reason, by)])[0],
        by=_person(by),
        approved_at=at,
    )
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError as clash:
        if "one_standing_correction_per_day" in str(clash):
            _refuse_second(day)
        raise
    return correction


def _refuse_second(day: dt.date) -> None:
    standing = Correction.objects.filter(day=day, taken_back_at=None).select_related("by").first()
    if standing is not None:
        raise refusals.AlreadyCorrected(str(standing.by), standing.approved_at)


def _entry(day: dt.date, heads: int, reason: str, by: Actor) -> Visit:
    """An unsaved entry at noon of the day, of people of whom nothing else is known."""
    noon = periods.at(day, dt.time(12))
    return Visit(
        at=noon,
        day=day,
        leaves_at=noon,
        category=Category.DOOR_CORRECTION,
        count=heads,
        source=Visit.Source.COUNTER,
        note=_reason(reason),
        via=by.via,
        by=_person(by),
    )


@transactions.operation
def take_back(day: dt.date, *, reason: str, by: Actor, at: dt.datetime) -> Correction:
    """Reverse the day's correction in the ledger; the day can then be corrected anew. Raises NoCorrection, ReasonMissing."""
    correction = (
        Correction.objects.select_for_update(of=("self",))
        .select_related("visit")
        .filter(day=day, taken_back_at=None)
        .first()
    )
    if correction is None:
        raise refusals.NoCorrection
    correction.taken_back_reason = _reason(reason)
    correction.taken_back_at, correction.taken_back_by = at, _person(by)
    correction.reversal = ledger.write([ledger.reversal(correction.visit, by=by)])[0]
    correction.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason", "reversal"])
    return correction


def _person(by: Actor) -> User:
    """Who decided. Raises NotAPerson for a device, whatever its role."""
    if by.user is None:
        raise refusals.NotAPerson
    return by.user


def _reason(text: str) -> str:
    """The reason in one line. Raises ReasonMissing."""
    reason = " ".join(text.split())[:200]
    if not reason:
        raise refusals.ReasonMissing
    return reason
