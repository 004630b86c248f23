"""Figures as these pages write them."""

from decimal import Decimal

from django import template

from navet.pages import formats

register = template.Library()


@register.filter
def factor(value: Decimal) -> str:
    """1.0500 -> "1,05"."""
    return formats.count(value.normalize())  # type: ignore[arg-type]  # Babel writes decimals too
