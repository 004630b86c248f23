"""A group that comes without a booking: registered and received in one go."""

import datetime as dt

from django.db import transaction

from bookings.groups.models import GroupKind
from bookings.groups.operations import parties
from navet import codes
from navet.accounts.actor import Actor
from navet.directory.models import Municipality
from navet.house.models import Occasion
from visitors import operations as visitors
from visitors import rules
from visitors.models import Category, CheckIn


@transaction.atomic
def receive(
    kind: str,
    *,
    group_name: str,
    is_organisation: bool = False,
    heads: int,
    adults: int = 0,
    municipality: Municipality | None = None,
    by: Actor,
    at: dt.datetime,
) -> CheckIn:
    """The group gets an arrival of its own, for as long as a walk-in stays, and is in the ledger at once.

    `is_organisation` where its name is no private person's. Raises NobodyCame, ImplausibleCount.
    """
    code = codes.new_code()
    visitors.announce(
        code=code,
        kind=Occasion.Kind.GROUP_VISIT,
        occasion=None,
        starts_at=at,
        ends_at=at + rules.minutes("walk_in_stay_minutes"),
        label=f"{' '.join(group_name.split())}, {GroupKind(kind).label}",
        is_organisation=parties.is_named_openly(kind, is_organisation),
        municipality=municipality,
        participant_category=Category.GROUP,
        adult_category=Category.GROUP,
        booked_participants=heads,
        expected_participants=heads,
        expected_adults=adults,
        at=at,
    )
    return visitors.check_in(code, participants=heads, adults=adults, by=by, at=at)
