"""The limit of the house at its door: who is let in, who is warned, who is refused, and who may do otherwise.

While there is plenty of room, a check-in or walk-in holds one of a few slots (4, or one per hundred places) until it is
written, and waits for nobody. "Plenty" is room for itself and for a full share from every other slot, and a share is
half the limit divided by the slots; so what others are writing unseen fits as well. Without a slot, with more heads than
a share, or nearer the limit, it takes its turn: it waits for all slots, counts again, and only then is let in or refused.
So the limit is never passed, however many desks there are.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from navet import periods, queries
from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.transactions import Again
from visitors.models import Arrival, Category
from visitors.safety.models import LimitOverride

OVERRIDE = "desk.override_limit"
_KEY = 0x6E6176  # of the advisory locks; any number that nobody else uses
_MOST_SLOTS = 16

# The limit of the day and the heads that count against it. No row where the house has no limit. An entry counts from
# the moment it is written, whatever its own clock says: two desks' clocks differ by what decides between them.
_HOUSE = f"""
    SELECT l.heads AS most, l.warn_percent, l.is_demo, (
        SELECT coalesce(sum(v.count), 0) FROM visitors_visit v
        WHERE v.leaves_at > %(at)s AND v.day = %(day)s AND v.category <> %(elsewhere)s
    )::int AS heads, least({_MOST_SLOTS}, greatest(4, l.heads / 100)) AS slots
    FROM safety_houselimit l WHERE l.valid @> %(day)s::date
"""  # noqa: S608 - nothing of it comes from outside
_A_SLOT = "\n".join(
    f"WHEN slots > {slot} AND pg_try_advisory_xact_lock({_KEY}, {slot}) THEN 'held'"
    for slot in range(_MOST_SLOTS)
)
# Where there is plenty, a slot. What was counted here is as old as this statement's snapshot, from before the slot.
_LOOK = f"""
    SELECT most, warn_percent, is_demo, heads, slots, CASE
        WHEN %(coming)s > most / (2 * slots) OR heads + %(coming)s + (slots - 1) * (most / (2 * slots)) > most THEN NULL
        {_A_SLOT}
    END FROM ({_HOUSE}) AS house
"""  # noqa: S608 - nothing of it comes from outside
_TURN = (
    f"SELECT count(pg_advisory_xact_lock({_KEY}, slot)) FROM generate_series(0, {_MOST_SLOTS - 1}) AS slot"  # noqa: S608 - nor of this
)


class HouseFull(Refused):
    """`extra`: heads, limit and room (how many more may come in)."""

    code = "house_full"
    field = "override_reason"

    def __init__(self, house: "Standing") -> None:
        text = _(
            "The house is full: %(heads)s of %(limit)s are inside, so %(room)s more may come in. Ask the others to wait. "
            "A planner or the management can let them in, with a reason."
        ) % {"heads": house.heads, "limit": house.limit, "room": house.room}
        super().__init__(text, heads=house.heads, limit=house.limit, room=house.room)


class MayNotOverrideLimit(Refused):
    code = "may_not_override_limit"
    field = "override_reason"
    status = 403
    message = _("Only planners and the management may let people in beyond the limit.")


@dataclass(frozen=True)
class Standing:
    """The house against its limit. `limit` is None where Navet has set none."""

    heads: int
    limit: int | None = None
    warn_percent: int = 100
    is_demo: bool = False

    @property
    def room(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.heads)

    @property
    def warn_at(self) -> int | None:
        """Heads from which the desk is warned."""
        return None if self.limit is None else -(-self.limit * self.warn_percent // 100)

    @property
    def warning(self) -> str:
        """ "none", "near" or "full"."""
        if self.limit is None or self.warn_at is None or self.heads < self.warn_at:
            return "none"
        return "full" if self.heads >= self.limit else "near"


def standing(*, at: dt.datetime, heads: int) -> Standing:
    """How `heads` people in the house stand against the limit in force; one query."""
    row = _ask(_HOUSE, _facts(at))
    return Standing(heads, row[0], row[1], row[2]) if row else Standing(heads)


def admit(
    coming: int,
    *,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
    arrival: Arrival | None = None,
    category: str = "",
) -> None:
    """Let `coming` heads in as far as the limit goes; in the caller's transaction, before it writes them.

    A `reason` from somebody who may lets in more, and is kept. Raises HouseFull, MayNotOverrideLimit.
    """
    if reason and not by.has_capability(OVERRIDE):
        raise MayNotOverrideLimit()
    plenty = _look(coming, at)
    if plenty:
        return
    house = _in_turn(at)
    if house is None or house.limit is None or house.heads + coming <= house.limit:
        return
    if not reason:
        raise HouseFull(house)
    LimitOverride.objects.create(
        at=at,
        by=by.user,
        device=by.device,
        heads=house.heads,
        coming=coming,
        limit=house.limit,
        reason=reason,
        arrival=arrival,
        category=category,
    )


def _look(coming: int, at: dt.datetime) -> bool:
    """Whether there is plenty of room for `coming`, a slot held until the commit, or no limit at all. Raises Again."""
    asked = _ask(_LOOK, {"coming": coming, **_facts(at)})
    if asked is None or asked[5] is None:
        return asked is None
    # Once more, by a snapshot taken after the slot: somebody may have filled the house between the two counts. Then the
    # slot is given up with all that was done: whoever waits for every slot while holding one waits for ever.
    seen = _ask(_HOUSE, _facts(at))
    if seen is None:
        return True
    most, heads, slots = seen[0], seen[3], seen[4]
    if heads + coming + (slots - 1) * (most // (2 * slots)) > most:
        raise Again
    return True


def _in_turn(at: dt.datetime) -> Standing | None:
    """Wait until whoever is being let in is in, keep others waiting until the commit, and count."""
    queries.row(_TURN, [])
    return _standing(_ask(_HOUSE, _facts(at)))


def _ask(sql: str, facts: dict[str, Any]) -> tuple[Any, ...] | None:
    with queries.cursor() as cursor:
        cursor.execute(sql, facts)
        return cursor.fetchone()


def _facts(at: dt.datetime) -> dict[str, Any]:
    return {"at": at, "day": periods.local_day(at), "elsewhere": Category.DIGITAL}


def _standing(row: tuple[Any, ...] | None) -> Standing | None:
    return Standing(row[3], row[0], row[1], row[2]) if row else None
