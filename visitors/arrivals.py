"""Product lines announce who is coming and take it back. They pass what the desk needs to know, and nothing else."""

import datetime as dt

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import formats, timezone

from navet import periods
from navet.directory.models import Municipality
from navet.house.models import Occasion
from navet.inserts import InsertOf
from navet.queries import LockedQuery, Param, Query
from visitors import limits, rules
from visitors.models import Arrival, CheckIn
from visitors.refusals import AlreadyCheckedIn, NoSuchArrival

# The columns that a new announcement of the same code replaces: all but the head count first booked.
_REPLACED = [
    "party",
    "kind",
    "occasion_id",
    "starts_at",
    "ends_at",
    "label",
    "is_organisation",
    "municipality_id",
    "participant_category",
    "adult_category",
    "expected_participants",
    "expected_adults",
    "needs",
    "bus_at",
    "lunch_at",
    "contact_name",
    "contact_phone",
    "status",
]


_ANNOUNCE = InsertOf(
    Arrival,
    ("code", "booked_participants", *_REPLACED),
    "ON CONFLICT (code) DO UPDATE SET " + ", ".join(f"{column} = EXCLUDED.{column}" for column in _REPLACED),
)


def _by_code() -> QuerySet[Arrival]:
    return Arrival.objects.select_for_update().filter(code=Param("code"))


def _by_id() -> QuerySet[Arrival]:
    return Arrival.objects.select_for_update().filter(pk=Param("pk"))


_BY_CODE, _BY_ID = Query(_by_code), Query(_by_id)
_ROOM = (limits.HAS_PLENTY, "coming", "at", "today")
_BY_CODE_AND_ROOM, _BY_ID_AND_ROOM = LockedQuery(_by_code, *_ROOM), LockedQuery(_by_id, *_ROOM)


def announce(
    *,
    code: str,
    party: str = "",
    kind: str,
    occasion: Occasion | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    label: str,
    is_organisation: bool = False,
    municipality: Municipality | None,
    participant_category: str,
    adult_category: str,
    booked_participants: int,
    expected_participants: int,
    expected_adults: int = 0,
    needs: dict[str, int] | None = None,
    bus_at: dt.time | None = None,
    lunch_at: dt.datetime | None = None,
    contact_name: str = "",
    contact_phone: str = "",
    at: dt.datetime,
) -> None:
    """Expect this party, or replace what was expected under its code, in one statement.

    Counts are heads; the head count first booked stays as it was first announced. A party taken back or missed
    is expected again. `is_organisation` where a group is labelled by a name that is no private person's. `party` is the first day's code where one party comes on several days. Belongs in the caller's transaction, so a booking and its arrival are one.
    """
    arrival = {
        "code": code,
        "party": party,
        "kind": kind,
        "occasion_id": occasion.pk if occasion else None,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "label": label[:160],
        "is_organisation": is_organisation,
        "municipality_id": municipality.pk if municipality else None,
        "participant_category": participant_category,
        "adult_category": adult_category,
        "booked_participants": booked_participants,
        "expected_participants": expected_participants,
        "expected_adults": expected_adults,
        "needs": connection.ops.adapt_json_value(needs or {}, None),
        "bus_at": bus_at,
        "lunch_at": lunch_at,
        "contact_name": contact_name,
        "contact_phone": contact_phone,
        "status": Arrival.Status.EXPECTED,
    }
    _ANNOUNCE([arrival])


@transaction.atomic
def withdraw(code: str, *, at: dt.datetime) -> None:
    """Expect this party no longer; a code never announced is not expected either. Raises AlreadyCheckedIn."""
    arrival = Arrival.objects.select_for_update().filter(code=code).first()
    if arrival is None:
        return
    require_not_received(arrival)
    if arrival.status != Arrival.Status.CANCELLED:
        arrival.status = Arrival.Status.CANCELLED
        arrival.save(update_fields=["status"])


@transaction.atomic
def mark_no_shows(*, at: dt.datetime) -> int:
    """Mark those whose day in Borås has passed without a check-in; how many were marked."""
    today = periods.day_bounds(periods.local_day(at - rules.minutes("check_in_grace_minutes")))[0]
    missing = Arrival.objects.expected().not_checked_in().filter(starts_at__lt=today)
    return missing.update(status=Arrival.Status.NO_SHOW)


def lock(arrival: Arrival | str) -> Arrival:
    """The arrival, or the one with this code, locked until the transaction ends. Raises NoSuchArrival."""
    found = _BY_CODE.first(code=arrival) if isinstance(arrival, str) else _BY_ID.first(pk=arrival.pk)
    if found is None:
        raise NoSuchArrival()
    return found


def lock_with_room(arrival: Arrival | str, *, coming: int, at: dt.datetime) -> tuple[Arrival, bool]:
    """As `lock`, and whether the house has plenty of room for `coming` heads: for `limits.admit`, in one statement."""
    question = limits.question(coming, at)
    if isinstance(arrival, str):
        found = _BY_CODE_AND_ROOM.found(code=arrival, **question)
    else:
        found = _BY_ID_AND_ROOM.found(pk=arrival.pk, **question)
    if found is None:
        raise NoSuchArrival()
    return found


def require_not_received(arrival: Arrival) -> None:
    """Raises AlreadyCheckedIn."""
    standing = CheckIn.objects.standing().filter(arrival=arrival).first()
    if standing is not None:
        raise already_checked_in(standing)


def already_checked_in(standing: CheckIn) -> AlreadyCheckedIn:
    """The refusal that says when, and by whom or which desk."""
    local = timezone.localtime(standing.checked_in_at, periods.HOUSE_ZONE)
    return AlreadyCheckedIn(formats.time_format(local, "H:i"), standing.who, checked_in_at=local.isoformat())
