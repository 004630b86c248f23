"""Which children came in a year, by name, while the names are here: for staff who look for doubles.

A child whose details are not shown is not here at all, under any name she was enrolled by with them: a pair of hers would tell
more than anybody may see. She is then counted under each guardian's address.
"""

from collections.abc import Iterator

from bookings.leisure.models import Attendance
from visitors.doubles import Person


def known(year: int) -> Iterator[Person]:
    """Each pseudonym once, with the name, the guardian's address and the year of birth of her latest meeting. One query."""
    of_year = Attendance.objects.filter(visit__day__year=year)
    hidden = of_year.filter(enrolment__is_protected=True).values("visit__person")
    came = of_year.filter(visit__reversal=None).exclude(enrolment__child_name="")
    latest = (
        came.exclude(visit__person__in=hidden)
        .order_by("visit__person", "-visit__day", "-pk")
        .distinct("visit__person")
    )
    for person, name, address, born in latest.values_list(
        "visit__person", "enrolment__child_name", "enrolment__contact_email", "enrolment__birth_year"
    ):
        yield Person(person, name, address, str(born or ""), born=born or 0)
