"""What is asked: statements to agree with, one for each perspective."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from bookings.feedback.models import Perspective


class Question(NamedTuple):
    perspective: Perspective
    statement: Any


OF_PROGRAMMES = [
    Question(Perspective.QUALITY, _("What we did, and how it was led, was of good quality.")),
    Question(Perspective.CURRENCY, _("It felt topical, and fitted what the class works with.")),
    Question(Perspective.CREATIVITY, _("The pupils could explore, try and think for themselves.")),
    Question(Perspective.ACCESSIBILITY, _("Everybody in the class could take part.")),
    Question(Perspective.RESOURCES, _("Time, material and rooms were enough.")),
]
# Navet's own perspectives are of programmes for pupils; who was taught herself is asked of what a course is for.
OF_COURSES = [
    Question(Perspective.USE, _("I can use what I learnt in my own work.")),
    Question(Perspective.CONTENT, _("The content was well founded and new enough for me.")),
    Question(Perspective.LEVEL, _("The level and the pace were right for me.")),
    Question(Perspective.LEADING, _("It was well led.")),
    Question(Perspective.ACCESSIBILITY, _("I could take part on the same terms as everybody else.")),
]
AGREES = [(4, _("Agree")), (3, _("Agree mostly")), (2, _("Disagree mostly")), (1, _("Disagree"))]


def asked_of(*, is_of_a_course: bool) -> list[Question]:
    return OF_COURSES if is_of_a_course else OF_PROGRAMMES
