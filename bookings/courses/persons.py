"""Who came to courses in a year, by name, while the names are here: for staff who look for doubles."""

from collections.abc import Iterator

from bookings.courses.models import Attendance
from navet.retention.rules import NOTHING
from visitors.doubles import Person


def known(year: int) -> Iterator[Person]:
    """Each pseudonym once, with the name and school of her latest day. One query."""
    came = Attendance.objects.filter(visit__day__year=year, visit__reversal=None).exclude(
        participant__name=NOTHING
    )
    latest = came.order_by("visit__person", "-visit__day", "-pk").distinct("visit__person")
    for person, name, email, school in latest.values_list(
        "visit__person", "participant__name", "participant__email", "participant__registration__school__name"
    ):
        yield Person(person, name, email, school)
