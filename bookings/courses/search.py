"""What courses there are, with the places that are truly free now."""

import datetime as dt
from dataclasses import dataclass

from bookings.courses.models import Course, Round, RoundQuerySet

LAST = dt.datetime.max.replace(tzinfo=dt.UTC)  # where there is nothing to register for


@dataclass(frozen=True)
class Hit:
    """A course with its rounds to come."""

    course: Course
    rounds: list[Round]


def rounds(at: dt.datetime) -> RoundQuerySet:
    """Rounds open for registration, full ones too (they have a waiting list), in time order."""
    found = Round.objects.open(at).with_places(at).select_related("occasion", "course")
    return found.prefetch_related("days__occasion").order_by("occasion__period", "pk")


def courses(at: dt.datetime, *, field: str = "", form: str = "") -> list[Hit]:
    """Published courses, those with a round to come first and soonest. Three queries."""
    found = Course.objects.published().order_by("title_sv", "pk")
    if field:
        found = found.filter(field=field)
    if form:
        found = found.filter(forms__contains=[form])
    coming: dict[int, list[Round]] = {}
    for one in rounds(at):
        coming.setdefault(one.course_id, []).append(one)
    hits = [Hit(course, coming.get(course.pk, [])) for course in found]
    return sorted(hits, key=lambda hit: hit.rounds[0].occasion.starts_at if hit.rounds else LAST)
