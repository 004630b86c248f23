"""What the review writes in many places."""

from django import template

from bookings.common.templatetags.bookings import percent
from bookings.feedback.review import Marks, Reviewed

register = template.Library()


@register.filter
def agreement(one: Reviewed) -> str:
    """Of all opinions in all perspectives, how many agree; "–" where nothing is shown."""
    counts = [sum(marks.counts[n] for marks in one.marks.values()) for n in range(4)]
    return percent(Marks((counts[0], counts[1], counts[2], counts[3])).share)
