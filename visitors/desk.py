"""Receiving a party at the desk, and taking that back within the day.

Lock order: the arrival row, then its check-in, then the turn at the limit of the house (limits.py). The database holds that one check-in stands per arrival.
"""

import datetime as dt

from django.db import transaction
from django.utils import formats

from navet import periods, queries
from navet.accounts.actor import Actor
from navet.transactions import operation
from visitors import arrivals, ledger, limits, rules
from visitors.models import Arrival, CheckIn
from visitors.refusals import (
    AlreadyUndone,
    CancelledArrival,
    MarkedNoShow,
    NobodyCame,
    NotToday,
    TooLateToUndo,
)

# One statement that inserts, or finds that another desk was first, without spoiling the transaction.
_INSERT = """
    INSERT INTO visitors_checkin (arrival_id, participants, adults, checked_in_at, by_id, device_id)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (arrival_id) WHERE undone_at IS NULL DO NOTHING
    RETURNING id
"""


@operation
def check_in(
    arrival: Arrival | str,
    *,
    participants: int,
    adults: int,
    by: Actor,
    at: dt.datetime,
    override_reason: str = "",
    already_inside: bool = False,
) -> CheckIn:
    """Receive the party (an arrival or its code) with the head counts that really came; they are in the ledger at once.

    `already_inside`: let in while there was no network, so the limit of the house has nothing to refuse any more.
    Raises NobodyCame, ImplausibleCount, NoSuchArrival, CancelledArrival, MarkedNoShow, NotToday, AlreadyCheckedIn,
    HouseFull, MayNotOverrideLimit.
    """
    ledger.refuse_implausible(participants=participants, adults=adults)
    if participants + adults == 0:
        raise NobodyCame()
    party = arrivals.lock(arrival)
    _refuse_unless_expected_today(party, at)
    received = CheckIn(
        arrival=party,
        participants=participants,
        adults=adults,
        checked_in_at=at,
        by=by.user,
        device=by.device,
    )
    _insert(received)
    if not already_inside:
        limits.admit(participants + adults, by=by, at=at, reason=override_reason, arrival=party)
    ledger.write(
        ledger.of_check_in(
            received,
            (party.participant_category, party.adult_category),
            municipality_id=party.municipality_id,
            leaves_at=party.ends_at if party.ends_at > at else at + rules.minutes("late_stay_minutes"),
            by=by,
        )
    )
    return received


def _refuse_unless_expected_today(party: Arrival, at: dt.datetime) -> None:
    if party.status == Arrival.Status.CANCELLED:
        raise CancelledArrival()
    if party.status == Arrival.Status.NO_SHOW:
        raise MarkedNoShow()
    day = periods.local_day(party.starts_at)
    first, end = periods.day_bounds(day)
    grace = rules.minutes("check_in_grace_minutes")
    if not first - grace <= at < end + grace:
        raise NotToday(formats.date_format(day, "j F Y"))


def _insert(received: CheckIn) -> None:
    """Raises AlreadyCheckedIn, saying when and by whom."""
    row = (
        received.arrival_id,
        received.participants,
        received.adults,
        received.checked_in_at,
        received.by_id,
        received.device_id,
    )
    inserted = queries.row(_INSERT, row)
    if inserted is None:
        raise arrivals.already_checked_in(CheckIn.objects.standing().get(arrival=received.arrival_id))
    received.pk = inserted[0]
    received._state.adding = False


@transaction.atomic
def undo_check_in(check_in: CheckIn, *, by: Actor, at: dt.datetime) -> CheckIn:
    """Take a check-in back on the same day: its entries are reversed, and the party can be checked in again.

    Raises AlreadyUndone, TooLateToUndo.
    """
    Arrival.objects.select_for_update().get(pk=check_in.arrival_id)
    standing = CheckIn.objects.select_related("arrival", "by", "device").get(pk=check_in.pk)
    if standing.undone_at is not None:
        raise AlreadyUndone()
    if periods.local_day(standing.checked_in_at) != periods.local_day(at):
        raise TooLateToUndo()
    standing.undone_at, standing.undone_by, standing.undone_device = at, by.user, by.device
    standing.save(update_fields=["undone_at", "undone_by", "undone_device"])
    ledger.write([ledger.reversal(visit, by=by) for visit in standing.visits.all()])
    return standing
