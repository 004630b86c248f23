"""The nouns of courses: what is taught and when, who comes, and what they get afterwards."""

from bookings.courses.models.material import Material
from bookings.courses.models.rounds import (
    MOST_AT_ONCE,
    Attendance,
    Course,
    Day,
    Field,
    Participant,
    Registration,
    RegistrationQuerySet,
    Round,
    RoundQuerySet,
)
from bookings.courses.models.wishes import OwnCourse

__all__ = [
    "MOST_AT_ONCE",
    "Attendance",
    "Course",
    "Day",
    "Field",
    "Material",
    "OwnCourse",
    "Participant",
    "Registration",
    "RegistrationQuerySet",
    "Round",
    "RoundQuerySet",
]
