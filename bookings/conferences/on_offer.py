"""What a wish names, read from the catalogue: what is on offer, and what is booked already even if it no longer is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Q

from bookings.conferences.models import AddOn, ConferencePackage, DayPart, RoomOffer
from bookings.conferences.wishes import AddOnWish, ConferenceWish, DayWish, RoomWish


@dataclass(frozen=True)
class Named:
    """The slugs of everything that a wish names."""

    parts: frozenset[str]
    rooms: frozenset[str]
    packages: frozenset[str]
    add_ons: frozenset[str]

    @classmethod
    def of(cls, wish: ConferenceWish | None) -> Self:
        return cls.of_days(wish.days if wish else ())

    @classmethod
    def of_days(cls, days: Sequence[DayWish]) -> Self:
        return cls(
            parts=frozenset(day.part for day in days),
            rooms=frozenset(one.room for day in days for one in day.rooms),
            packages=frozenset(day.package for day in days),
            add_ons=frozenset(one.add_on for day in days for one in day.add_ons),
        )


@dataclass(frozen=True)
class Catalogue:
    """The things a wish names, by slug, each with its prices; four queries and their prefetches."""

    parts: dict[str, DayPart]
    rooms: dict[str, RoomOffer]
    packages: dict[str, ConferencePackage]
    add_ons: dict[str, AddOn]
    standing: ConferenceWish | None
    begun: frozenset[dt.date] = frozenset()

    @classmethod
    def read(
        cls, wish: ConferenceWish, standing: ConferenceWish | None, begun: frozenset[dt.date] = frozenset()
    ) -> Self:
        wanted, had = Named.of(wish), Named.of(standing)
        rooms = RoomOffer.objects.filter(
            Q(is_published=True, room__is_active=True) | Q(room__slug__in=had.rooms),
            room__slug__in=wanted.rooms,
        )
        packages = ConferencePackage.objects.filter(
            Q(is_published=True) | Q(slug__in=had.packages), slug__in=wanted.packages
        )
        add_ons = AddOn.objects.filter(
            Q(is_published=True) | Q(slug__in=had.add_ons), slug__in=wanted.add_ons
        )
        parts = DayPart.objects.filter(Q(is_active=True) | Q(slug__in=had.parts), slug__in=wanted.parts)
        whole = rooms.select_related("room").prefetch_related("prices", "room__furnishings", "room__cells")
        return cls(
            parts=_by_slug(parts),
            rooms={one.room.slug: one for one in whole},
            packages=_by_slug(packages.prefetch_related("prices")),
            add_ons=_by_slug(add_ons.prefetch_related("prices", "rooms__cells", "educators")),
            standing=standing,
            begun=begun,
        )

    def has_begun(self, day: DayWish) -> bool:
        """Whether it is under way or over: it was held with what it had, for as many as came."""
        return day.date in self.begun

    def is_held(self, day: DayWish, one: AddOnWish) -> bool:
        """Whether a day that has begun had it before."""
        had = [each.add_ons for each in self.standing.days if each.date == day.date] if self.standing else []
        return self.has_begun(day) and any(each.add_on == one.add_on for each in sum(had, ()))

    def was_had(self, one: RoomWish) -> bool:
        """Whether the room is booked already, so furnished."""
        return self.standing is not None and any(one in day.rooms for day in self.standing.days)

    def is_kept(self, day: DayWish, persons: int) -> bool:
        """Whether nothing but rooms that are booked already is wanted, for no more persons than they were booked for."""
        had = self.standing
        return had is not None and persons <= had.persons and all(self.was_had(one) for one in day.rooms)


def _by_slug(found: Iterable[Any]) -> dict[str, Any]:
    return {one.slug: one for one in found}
