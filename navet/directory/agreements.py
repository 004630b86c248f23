"""Which agreement, if any, makes a school's visit free on a day (DOMAIN.md section 1)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, DateField, Exists, Q, QuerySet

from navet.directory.models import Agreement, Organiser, SchoolUnit
from navet.queries import Beside, Param, Query

_OF_ONE = Query(
    lambda: Agreement.objects.covering(
        organiser=Param("organiser"),
        municipality=Param("municipality"),
        is_municipal=Param("is_municipal", BooleanField()),
        day=Param("day", DateField()),
    ).order_by("organiser", "pk")
)


def agreement_for(school: SchoolUnit, day: dt.date) -> Agreement | None:
    """The organiser's own agreement, else its municipality's; None when the school pays. One query."""
    return _OF_ONE.first(
        day=day,
        organiser=school.organiser_id,
        municipality=school.municipality_id,
        is_municipal=school.organiser.kind == Organiser.Kind.MUNICIPAL,
    )


def of_schools(schools: QuerySet[SchoolUnit]) -> QuerySet[SchoolUnit]:
    """The schools with what `covers_beside` asks of the one that a LockedPair reads."""
    return schools.annotate(is_municipal=Q(organiser__kind=Organiser.Kind.MUNICIPAL))


def covers_beside(day: Any) -> Exists:
    """Whether an agreement covers, on `day` (an expression), the school that a LockedPair reads (`of_schools`)."""
    return Exists(
        Agreement.objects.covering(
            organiser=Beside("organiser_id"),
            municipality=Beside("municipality_id"),
            is_municipal=Beside("is_municipal", BooleanField()),
            day=day,
        )
    )


def agreements_for(schools: Iterable[SchoolUnit], day: dt.date) -> dict[int, Agreement | None]:
    """School ids to agreements on the day, in one query; the schools come with their organisers selected."""
    schools = list(schools)
    theirs = Q(organiser__in={school.organiser_id for school in schools})
    theirs |= Q(municipality__in={school.municipality_id for school in schools})
    in_force = list(Agreement.objects.in_force(day).filter(theirs).order_by("pk"))
    return {school.pk: _chosen(school, in_force) for school in schools}


def _chosen(school: SchoolUnit, in_force: Iterable[Agreement]) -> Agreement | None:
    own = municipal = None
    for agreement in in_force:
        if agreement.organiser_id == school.organiser_id:
            own = agreement
        elif agreement.municipality_id == school.municipality_id:
            municipal = agreement
    return own or _covered(school, municipal)


def _covered(school: SchoolUnit, agreement: Agreement | None) -> Agreement | None:
    """The municipality's agreement if it covers this school: the municipality's own, others only when it says so."""
    if agreement is None or school.organiser.kind == Organiser.Kind.MUNICIPAL:
        return agreement
    return agreement if agreement.includes_independent else None
