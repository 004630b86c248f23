"""A form of changes, the same for guests and staff: what it costs more or less is shown before it is done."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest

from bookings.common.doors import attempt
from bookings.conferences.forms import change as shapes
from bookings.conferences.models import Reservation
from bookings.conferences.operations import changing
from bookings.conferences.operations.changing import Difference
from navet.accounts.actor import Actor


@dataclass(frozen=True)
class Asked:
    """`difference` is None before anything valid was sent; `shown` is the price that was on the page it came from."""

    who: shapes.WhoForm
    days: list[shapes.DayForm]
    difference: Difference | None = None
    is_done: bool = False

    @property
    def context(self) -> dict[str, object]:
        shown = self.difference.totals.payable_ore if self.difference else ""
        return {"days": self.days, "difference": self.difference, "shown": shown}


def ask(request: HttpRequest, it: Reservation, *, by: Actor, at: dt.datetime) -> Asked:
    """Show the difference, and change it when that very price was on the page that is sent."""
    stands, sent = changing.wish_of(it), request.POST or None
    begins = {"version": it.version, "title": stands.title, "persons": stands.persons}
    who = shapes.WhoForm(sent, initial=begins)
    shelf, is_only = shapes.Shelf.read(stands), len(stands.days) == 1
    days = [
        shapes.DayForm(sent, prefix=f"d{number}", shelf=shelf, stands=day, is_only=is_only)
        for number, day in enumerate(stands.days)
    ]
    if sent is None or not all([who.is_valid(), *(day.is_valid() for day in days)]):
        return Asked(who, days)
    wish, said = shapes.changed(stands, who, days), who.cleaned_data
    found = attempt(who, lambda: changing.difference(it, wish, by=by, at=at))
    is_done = False
    if found is not None and said["shown"] == str(found.totals.payable_ore):
        version = said["version"]
        done = attempt(who, lambda: changing.change(it.code, wish, version=version, by=by, at=at))
        is_done = done is not None
    return Asked(who, days, found, is_done)
