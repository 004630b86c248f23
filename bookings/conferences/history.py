"""What became of a reservation, who did it and when, as the audit trail keeps it."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from bookings.conferences import day_history
from bookings.conferences.models import Reservation, Status
from navet.accounts.models import User
from navet.pages import formats
from navet.payments.models import Settlement


@dataclass(frozen=True)
class Step:
    """`by` is "" for the house itself and for what was done before anybody was noted."""

    at: dt.datetime
    by: str
    what: list[str]


def of(reservation: Reservation) -> list[Step]:
    """Oldest first; ten queries, whatever its length."""
    events = list(_events().filter(pgh_obj=reservation.pk).order_by("pgh_created_at", "pgh_id"))
    names, of_days = _names(events), _of_days(reservation, events)
    before: list[Any] = [None, *events]
    steps = [
        Step(one.pgh_created_at, _who(one, names), [*_changes(old, one), *of_days.get(one.pgh_id, [])])
        for old, one in zip(before, events, strict=False)
    ]
    return [step for step in steps if step.what]


def _of_days(reservation: Reservation, events: list[Any]) -> dict[int, list[str]]:
    """What became of its days, by the last event of each transaction; of the first one nothing, since all of it was asked for."""
    trail = day_history.Trail(reservation)
    last = {one.pgh_created_at: one.pgh_id for one in events}
    states = [(key, trail.at(moment)) for moment, key in last.items()]
    return {
        key: list(day_history.changes(before, after))
        for (_key, before), (key, after) in itertools.pairwise(states)
    }


def _events() -> Any:
    model = apps.get_model("conferences", "ReservationEvent")
    return model._default_manager.select_related("pgh_context")


def _said(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _names(events: list[Any]) -> dict[int, str]:
    users = {_said(event).get("user") for event in events} - {None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=users)}


def _who(event: Any, names: dict[int, str]) -> str:
    said = _said(event)
    if said.get("user"):
        return names.get(said["user"], _("staff"))
    return _("the guest") if said.get("url") else _("the house")


def _changes(before: Any, after: Any) -> Iterator[str]:
    """What a reader would call a change; a hold that is only counted down is none."""
    if before is None:
        yield _("Asked for")
    for name in ("title", "status", "persons", "price_ore", "holds_until", "settlement", "final_at",
                 "discount_percent", "note", "cancel_reason"):  # fmt: skip
        old, new = getattr(before, name, None), getattr(after, name)
        if old != new and (before is not None or name in ("status", "persons", "price_ore")):
            label = _label(name)
            yield (
                f"{_capital(label)}: {_shown(name, old)} → {_shown(name, new)}"
                if before
                else (f"{_capital(label)}: {_shown(name, new)}")
            )


def _label(name: str) -> str:
    """The field's name; a price is shown in kronor, whatever it is kept in."""
    if name == "price_ore":
        return _("Price")
    return str(getattr(Reservation._meta.get_field(name), "verbose_name", name))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shown(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if name == "price_ore":
        return formats.money(value)
    if name in ("status", "settlement"):
        return str((Status if name == "status" else Settlement)(value).label)
    if isinstance(value, dt.datetime):
        return f"{formats.local_date(value, 'short')} {formats.local_time(value)}"
    if name == "discount_percent":
        return f"{value} %"
    return str(value)
