"""Which agreement, if any, makes a school's visit free on a day (DOMAIN.md section 1)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from navet.directory.models import Agreement, Organiser, SchoolUnit


def agreement_for(school: SchoolUnit, day: dt.date) -> Agreement | None:
    """The organiser's own agreement, else its municipality's; None when the school pays. One query."""
    return agreements_for([school], day)[school.pk]


def agreements_for(schools: Iterable[SchoolUnit], day: dt.date) -> dict[int, Agreement | None]:
    """School ids to agreements on the day, in one query; the schools come with their organisers selected."""
    schools = list(schools)
    theirs = Q(organiser__in={school.organiser_id for school in schools})
    theirs |= Q(municipality__in={school.municipality_id for school in schools})
    in_force = list(Agreement.objects.in_force(day).filter(theirs).order_by("pk"))
    with_organiser = {agreement.organiser_id: agreement for agreement in in_force if agreement.organiser_id}
    municipal = {agreement.municipality_id: agreement for agreement in in_force if agreement.municipality_id}
    return {
        school.pk: with_organiser.get(school.organiser_id)
        or _covered(school, municipal.get(school.municipality_id))
        for school in schools
    }


def _covered(school: SchoolUnit, agreement: Agreement | None) -> Agreement | None:
    """The municipality's agreement if it covers this school: the municipality's own, others only when it says so."""
    if agreement is None or school.organiser.kind == Organiser.Kind.MUNICIPAL:
        return agreement
    return agreement if agreement.includes_independent else None
