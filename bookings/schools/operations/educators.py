"""What educators are told of the sessions they lead: promised with the change, one mail per educator and change."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bookings.schools.models import Session
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.house.models import Duty
from navet.outbox import promises

PLANNED, MOVED, CANCELLED, PUT_ON, TAKEN_OFF = "planned", "moved", "cancelled", "put_on", "taken_off"

Leading = Mapping[User, Sequence[Session]]


def leading(sessions: Iterable[Session]) -> dict[User, list[Session]]:
    """Who leads which of these sessions, cancelled ones too; sessions in the order given. One query."""
    found = {session.pk: session for session in sessions}
    duties: dict[int, list[User]] = defaultdict(list)
    for duty in Duty.objects.filter(occasion__in=found).select_related("educator").order_by("educator"):
        duties[duty.occasion_id].append(duty.educator)
    led: dict[User, list[Session]] = defaultdict(list)
    for pk, session in found.items():
        for educator in duties[pk]:
            led[educator].append(session)
    return dict(led)


def tell(
    change: str, led: Leading, *, was: dt.datetime | None = None, by: Actor | None, at: dt.datetime
) -> None:
    """Promise one mail to each educator about her sessions, all with `change`; none to the one who made it.

    Keyed by the first session and its version: the same change is told once. `was` is when a moved one was to begin.
    """
    author = by.user if by else None
    promises.promise_all(
        _promise(change, educator, sessions, was, author, at)
        for educator, sessions in led.items()
        if sessions and educator.is_active and educator != author
    )


def tell_of_move(
    session: Session, before: Sequence[User], *, was: dt.datetime | None, by: Actor | None, at: dt.datetime
) -> None:
    """Tell who came and who left; who stays hears only of another time or room, which `was` says there is."""
    after = list(leading([session]))
    tell(TAKEN_OFF, {one: [session] for one in before if one not in after}, by=by, at=at)
    tell(PUT_ON, {one: [session] for one in after if one not in before}, by=by, at=at)
    if was is not None:
        tell(MOVED, {one: [session] for one in after if one in before}, was=was, by=by, at=at)


def _promise(
    change: str,
    educator: User,
    sessions: Sequence[Session],
    was: dt.datetime | None,
    author: User | None,
    at: dt.datetime,
) -> promises.Promise:
    first = sessions[0]
    args = {
        "change": change,
        "educator_id": educator.pk,
        "session_ids": [session.pk for session in sessions],
        "was": was.isoformat() if was else "",
        "author_id": author.pk if author else None,
    }
    key = f"school.duties:{change}:{first.pk}-v{first.occasion.version}:{educator.pk}"
    return promises.Promise("mail", key, {"mail": "school.duties", "args": args}, at)
