"""Receiving a party at the desk, and taking that back within the day.

Lock order: the arrival row, then the turn at the limit of the house (limits.py), then its check-in. The database holds that one check-in stands per arrival.
"""

import datetime as dt

from django.db import transaction
from django.utils import formats

from navet import periods, queries
from navet.accounts.actor import Actor
from navet.errors import Refused
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

# The check-in with its entries; nothing at all where another check-in of the party stands.
_RECEIVE = f"""
    WITH received AS (
        INSERT INTO visitors_checkin (arrival_id, participants, adults, checked_in_at, by_id, device_id)
        VALUES (%(arrival)s, %(participants)s, %(adults)s, %(at)s, %(by)s, %(device)s)
        ON CONFLICT (arrival_id) WHERE undone_at IS NULL DO NOTHING
        RETURNING *
    ), entered AS ({ledger.OF_CHECK_IN})
    SELECT id FROM received
"""  # noqa: S608 - nothing of it comes from outside


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
    has_plenty = None
    if already_inside:
        party = arrivals.lock(arrival)
    else:
        party, has_plenty = arrivals.lock_with_room(arrival, coming=participants + adults, at=at)
    _refuse_unless_expected_today(party, at)
    received = CheckIn(
        arrival=party,
        participants=participants,
        adults=adults,
        checked_in_at=at,
        by=by.user,
        device=by.device,
    )
    if not already_inside:
        _admit(received, by=by, reason=override_reason, has_plenty=has_plenty)
    _receive(received, by=by)
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


def _admit(received: CheckIn, *, by: Actor, reason: str, has_plenty: bool | None) -> None:
    """Let the party in as far as the limit goes; who is inside already is told that, and not that the house is full."""
    coming = received.participants + received.adults
    try:
        limits.admit(
            coming,
            by=by,
            at=received.checked_in_at,
            reason=reason,
            arrival=received.arrival,
            has_plenty=has_plenty,
        )
    except Refused:
        arrivals.require_not_received(received.arrival)
        raise


def _receive(received: CheckIn, *, by: Actor) -> None:
    """The check-in and its entries are written. Raises AlreadyCheckedIn, saying when and by whom."""
    at, ends_at = received.checked_in_at, received.arrival.ends_at
    facts = {
        "arrival": received.arrival_id,
        "participants": received.participants,
        "adults": received.adults,
        "at": at,
        "by": received.by_id,
        "device": received.device_id,
    }
    leaves_at = ends_at if ends_at > at else at + rules.minutes("late_stay_minutes")
    inserted = queries.row(_RECEIVE, facts | ledger.of_check_in(received, leaves_at=leaves_at, by=by))
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
