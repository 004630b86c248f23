"""The limit of the house at its door: who is let in, who is warned, who is refused, and who may do otherwise.

While there is plenty of room, a check-in or walk-in holds one of a few slots (4, or one per hundred places) until it is
written, and waits for nobody. "Plenty" is room for itself and for a full share from every other slot, and a share is
half the limit divided by the slots; so what others are writing unseen fits as well. Without a slot, with more heads than
a share, or nearer the limit, it takes its turn: it waits for all slots, counts again, and only then is let in or refused.
So the limit is never passed, however many desks there are. Slots and counts are functions of the database
(safety/migrations/0002): what is counted after a slot was taken is counted in the same statement.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from navet import periods, queries
from navet.accounts.actor import Actor
from navet.errors import Refused
from visitors.models import Arrival
from visitors.safety.models import LimitOverride

OVERRIDE = "desk.override_limit"

# The limit of the day and the heads that count against it. No row where the house has no limit.
_STANDING = "SELECT most, warn_percent, is_demo, heads FROM safety_standing(%s, %s)"
_IN_TURN = "SELECT most, warn_percent, is_demo, heads FROM safety_in_turn(%s, %s)"
# Whether there is plenty of room, by a slot that is held until the commit; asked with `question`.
HAS_PLENTY = "safety_has_plenty(%s, %s, %s)"


LITTLE_ROOM = _(
    "The house is full: %(heads)s of %(limit)s are inside, so %(room)s more may come in. Ask the others to wait. "
    "A manager can let them in, with a reason."
)
NO_ROOM = _(
    "The house is full: %(heads)s of %(limit)s are inside. Ask them to wait. A manager can let them in, with a reason."
)


class HouseFull(Refused):
    """`extra`: heads, limit and room (how many more may come in)."""

    code = "house_full"
    field = "override_reason"

    def __init__(self, house: "Standing") -> None:
        text = NO_ROOM if house.room == 0 else LITTLE_ROOM
        inside = {"heads": house.heads, "limit": house.limit, "room": house.room}
        super().__init__(text % inside, heads=house.heads, limit=house.limit, room=house.room)


class MayNotOverrideLimit(Refused):
    code = "may_not_override_limit"
    field = "override_reason"
    status = 403
    message = _("Only a manager may let people in beyond the limit.")


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
    row = queries.row(_STANDING, [at, periods.local_day(at)])
    return Standing(heads, *row[:3]) if row else Standing(heads)


def admit(
    coming: int,
    *,
    by: Actor,
    at: dt.datetime,
    reason: str = "",
    arrival: Arrival | None = None,
    category: str = "",
    has_plenty: bool | None = None,
) -> None:
    """Let `coming` heads in as far as the limit goes; in the caller's transaction, before it writes them.

    `has_plenty` is the answer to HAS_PLENTY where the caller asked with another statement of its own. A `reason` from somebody who may lets in more, and is kept. Raises HouseFull, MayNotOverrideLimit.
    """
    if reason and not by.has_capability(OVERRIDE):
        raise MayNotOverrideLimit()
    if _has_plenty(coming, at) if has_plenty is None else has_plenty:
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


def question(coming: int, at: dt.datetime) -> dict[str, Any]:
    """What HAS_PLENTY asks about, in the order of its places."""
    return {"coming": coming, "at": at, "today": periods.local_day(at)}


def _has_plenty(coming: int, at: dt.datetime) -> bool:
    """Whether there is plenty of room for `coming`, or no limit at all."""
    (answer,) = queries.rows(f"SELECT {HAS_PLENTY}", [*question(coming, at).values()])
    return bool(answer[0])


def _in_turn(at: dt.datetime) -> Standing | None:
    """Wait until whoever is being let in is in, keep others waiting until the commit, and count."""
    row = queries.row(_IN_TURN, [at, periods.local_day(at)])
    return Standing(row[3], *row[:3]) if row else None
