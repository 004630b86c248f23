"""What the pages of conferences write again and again."""

from django import template

from navet.pages import formats

register = template.Library()


@register.filter
def percent(permille: int) -> str:
    """250 -> "25 %"."""
    return formats.percent(permille / 1000)


@register.filter
def share(part: float) -> str:
    """0.25 -> "25 %"."""
    return formats.percent(part)
