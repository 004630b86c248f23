"""What children can join, with the places that are truly free now."""

import datetime as dt
from dataclasses import dataclass

from bookings.leisure.models import Club, Group, GroupQuerySet

LAST = dt.datetime.max.replace(tzinfo=dt.UTC)  # where there is nothing to apply for


@dataclass(frozen=True)
class Hit:
    """A club with its groups to come."""

    club: Club
    groups: list[Group]


def groups(at: dt.datetime) -> GroupQuerySet:
    """Groups that are open or will be, full ones too (they have a waiting list), in time order."""
    found = Group.objects.filter(called_off_at=None, ends_at__gt=at, club__is_published=True).with_places(at)
    return found.whole().order_by("occasion__period", "pk")


def clubs(at: dt.datetime, *, kind: str = "", age: int | None = None) -> list[Hit]:
    """Published clubs, those with a group to come first and soonest. Three queries."""
    found = Club.objects.published().order_by("title_sv", "pk")
    if kind:
        found = found.filter(kind=kind)
    if age is not None:
        found = found.filter(youngest__lte=age, oldest__gte=age)
    coming: dict[int, list[Group]] = {}
    for one in groups(at):
        coming.setdefault(one.club_id, []).append(one)
    hits = [Hit(club, coming.get(club.pk, [])) for club in found]
    return sorted(hits, key=lambda hit: hit.groups[0].occasion.starts_at if hit.groups else LAST)
