"""Tables and bars of the summaries: a mail has no stylesheet and no SVG."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from navet.pages import formats
from worker import curves

register = template.Library()

CELL = mark_safe('style="padding:7px 8px 7px 0;border-bottom:1px solid #ddd3c4;vertical-align:middle;"')
HEADING = mark_safe('style="margin:24px 0 8px;font-size:18px;line-height:1.3;"')


@register.simple_tag
def cell() -> SafeString:
    """The look of a cell with figures, for inside a `th` or `td`."""
    return CELL


@register.simple_tag
def heading() -> SafeString:
    """The look of a heading inside the mail."""
    return HEADING


@register.inclusion_tag("mails/summary/bar.html")
def bar(percent: int | None) -> dict[str, Any]:
    """A bar of table cells, 0 to 100 % wide; the figure beside it is what is read aloud."""
    return {"width": min(max(percent or 0, 0), 100)}


@register.filter
def hundredths(share: float | None) -> int | None:
    """0.958 -> 96; None where there is no share."""
    return None if share is None else round(100 * share)


@register.filter
def share(value: float) -> str:
    """0.958 -> "96 %"."""
    return formats.percent(value)


register.filter("cid", curves.cid)
