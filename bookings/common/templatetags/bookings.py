"""What the pages of tickets and groups write again and again."""

from django import template

from bookings.common import words
from bookings.common.models import InTwoLanguages

register = template.Library()

register.filter("duration", words.length)
register.filter("free", words.free)


@register.filter
def text(thing: InTwoLanguages, field: str) -> str:
    """A field of it ("summary", "text", …) in the active language."""
    return thing.text_in_language(field)


@register.filter
def percent(share: float | None) -> str:
    """0.874 -> "87 %"; "–" for no share."""
    return "–" if share is None else f"{round(100 * share)}\N{NO-BREAK SPACE}%"
