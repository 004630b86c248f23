"""Addresses of the rows behind a figure, and of the page on which an occasion is planned."""

from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from bookings.capacity.report import Wish
from bookings.capacity.rows import Kind, Row
from navet.accounts.actor import Actor

# Where an occasion of a kind is planned, and the capability that its page asks for.
_PAGES = {
    Kind.SCHOOL_SESSION: ("schools:session", "schools.plan"),
    Kind.PUBLIC: ("tickets:slot", "tickets.plan"),
    Kind.COURSE_DAY: ("courses:round", "courses.plan"),
    Kind.CLUB_MEETING: ("leisure:group", "leisure.plan"),
}


def page_of(row: Row, by: Actor) -> str:
    """Of the session, slot, round or group; "" where there is none or `by` may not open it."""
    name, capability = _PAGES.get(Kind(row.kind), ("", ""))
    return reverse(name, args=[row.whole]) if name and by.has_capability(capability) else ""


def period(wish: Wish) -> dict[str, str]:
    """How an address says the period and the kind."""
    days = {"fran": wish.first.isoformat(), "till": wish.last.isoformat()}
    return days | ({"slag": wish.kind} if wish.kind else {})


def rows_url(wish: Wish, **more: Any) -> str:
    """The occasions of the same period and kind, and of these alone: `program`, `rum`, `veckodag`, `timme`, `bara`."""
    return f"{_rows_of(wish)}&{urlencode(more)}" if more else _rows_of(wish)


@lru_cache(maxsize=64)
def _rows_of(wish: Wish) -> str:
    """A page has hundreds, which differ in their ends alone."""
    return f"{reverse('capacity:rows')}?{urlencode(period(wish))}"


def api_query(wish: Wish) -> str:
    """The same period and kind, as the API is asked."""
    asked = {"from": wish.first.isoformat(), "to": wish.last.isoformat()}
    return urlencode(asked | ({"kind": wish.kind} if wish.kind else {}))
