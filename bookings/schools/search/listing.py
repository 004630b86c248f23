"""The list of sessions, asked for in pages."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import F

from bookings.schools.search.places import announced, matching_asked
from bookings.schools.search.wishes import Wish
from navet.queries import Search


def listed(wish: Wish, *, at: dt.datetime) -> Search:
    """Sessions to come, released or not, that meet the wish: rows for a list that is asked for in pages, in no order yet."""
    return Search(_listed, {**wish.asked, "at": at})


def _listed(asked: Mapping[str, Any]) -> Any:
    found: Any = matching_asked(announced(at=asked["at"]), asked, asked["at"])
    return found.values(
        "pk",
        "language",
        "release_at",
        "free_places",
        "free_groups",
        begins=F("occasion__period__startswith"),
        ends=F("occasion__period__endswith"),
        status=F("occasion__status"),
        capacity=F("occasion__capacity"),
        max_groups=F("occasion__max_groups"),
        slug=F("programme__slug"),
        title_sv=F("programme__title_sv"),
        title_en=F("programme__title_en"),
    )
