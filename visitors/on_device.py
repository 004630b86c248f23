"""What the desk keeps on its device of a day (docs/desk.md): enough to receive parties, and nobody's name or telephone."""

import datetime as dt
from typing import Any

from navet import periods
from navet.accounts.models import User
from navet.house.models import Occasion
from visitors import day_list
from visitors.day_list import Party


def day(by: User, *, at: dt.datetime) -> dict[str, Any]:
    """The day in Borås at `at`, as plain data; `now` lets the device know how far its clock is off."""
    today = periods.local_day(at)
    return {
        "user": {"id": by.pk},
        "now": at.astimezone(periods.HOUSE_ZONE).isoformat(),
        "day": today.isoformat(),
        "can_check_in": by.has_capability("desk.check_in"),
        "can_walk_in": by.has_capability("desk.walk_in"),
        "parties": [_party(party) for party in day_list.parties(today, at=at)],
    }


def _party(party: Party) -> dict[str, Any]:
    """Heads, times, coded needs and rooms; who booked and who teaches stays on the server."""
    arrival, came = party.arrival, party.check_in
    label, title = arrival.label_without_persons, arrival.occasion.title if arrival.occasion else ""
    is_told = (
        title in label or arrival.kind == Occasion.Kind.CONFERENCE
    )  # whose title is the customer's own words
    return {
        "code": arrival.code,
        "label": label,
        "title": "" if is_told else title,
        "starts_at": arrival.starts_at.isoformat(),
        "ends_at": arrival.ends_at.isoformat(),
        "booked": arrival.booked_participants,
        "participants": arrival.expected_participants,
        "adults": arrival.expected_adults,
        "needs": [{"label": str(need.label), "count": need.count} for need in party.needs],
        "rooms": party.rooms,
        "status": arrival.status,
        "check_in": came and {"participants": came.participants, "adults": came.adults},
    }
