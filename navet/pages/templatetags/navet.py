"""The components of the design system; docs/design-system.md shows how to write each."""

import datetime
import re
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template.context import Context
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from navet import codes
from navet.pages import charts, contact, formats, stacking
from navet.pages.forms import faults_of

register = template.Library()
Text = str | Promise

FROM_UNTIL = re.compile(r"\d\d:\d\d–\d\d:\d\d")
# Our own drawings on a 24 × 24 plane, stroked.
ICONS = {
    "arrow": "M4 12h15 M13 6l6 6-6 6",
    "bus": "M5 5h14v11H5z M5 11h14 M8 16v3 M16 16v3",
    "calendar": "M4 6h16v14H4z M4 10.5h16 M8.5 3.5V8 M15.5 3.5V8",
    "check": "M5 12.5l4.5 4.5L19 7",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17z M12 8v4.5l3 2",
    "error": "M8 3.5h8l4.5 4.5v8L16 20.5H8L3.5 16V8z M9 9l6 6 M15 9l-6 6",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17z M12 11v5.5 M12 7.6v.1",
    "menu": "M4 7h16 M4 12h16 M4 17h16",
    "people": "M9 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6z M3.5 19.5c0-3.5 2.5-5 5.5-5s5.5 1.5 5.5 5 M16 6a2.5 2.5 0 1 1 0 5 M17.5 14.5c2 .5 3.3 2 3.3 5",
    "place": "M12 21c-4.5-5-6.5-8-6.5-11a6.5 6.5 0 0 1 13 0c0 3-2 6-6.5 11z M12 8a2 2 0 1 0 0 4a2 2 0 1 0 0-4z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z M15.5 15.5L21 21",
    "ticket": "M4 7h16v3.5a1.8 1.8 0 0 0 0 3.5V17H4v-3a1.8 1.8 0 0 0 0-3.5z M14 7v10",
    "warning": "M12 4L21.5 20h-19z M12 10v4.5 M12 17.2v.1",
}
NOTICES = {"info": "info", "success": "check", "warning": "warning", "error": "error", "debug": "info"}


@register.filter
def fact_lines(text: Text) -> SafeString:
    """A fact's lines, as `linebreaksbr` makes them; from when until when stays on one."""
    said = linebreaksbr(str(text))
    return mark_safe(FROM_UNTIL.sub(r'<span class="nowrap">\g<0></span>', said))  # noqa: S308  escaped by linebreaksbr


@register.filter
def money(ore: int | None) -> str:
    return "" if ore is None else formats.money(ore)


@register.filter
def count(number: float | None) -> str:
    return "" if number is None else formats.count(number)


@register.filter
def signed(number: int) -> str:
    return formats.signed(number)


@register.filter
def local_time(at: datetime.datetime | datetime.time | None) -> str:
    return formats.local_time(at) if at else ""


@register.filter
def local_date(at: datetime.date | None, style: str = "medium") -> str:
    return formats.local_date(at, style) if at else ""


@register.filter
def near_date(at: datetime.date | None) -> str:
    """For lists: "tis 3 mars", with the year where it is not this one."""
    return formats.near_date(at, today=timezone.localdate()) if at else ""


@register.filter
def pretty_code(code: str) -> str:
    """A code in two halves, as it is read aloud and printed in mails."""
    return codes.pretty(code)


@register.filter
def said(value: object) -> str:
    return formats.said(value)


@register.filter
def phone(number: str) -> str:
    return formats.phone(number) if number else ""


@register.simple_tag
def ask_us() -> SafeString:
    """Where only people can help: "Call Navet, 033-…", with the number to press, or what else the house has set."""
    return contact.ask_us_html()


@register.simple_tag
@cache
def icon(name: str, css_class: str = "") -> SafeString:
    """A drawing that repeats what the words beside it say, so readers skip it. Raises KeyError for an unknown name."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        css_class,
        ICONS[name],
    )


@register.simple_tag
def fill_in(what: Text) -> SafeString:
    """A gap that only Navet can fill, marked so that nobody takes it for a fact."""
    return format_html('<mark class="fill-in">[{}]</mark>', what)


@register.simple_block_tag
def capture(content: str) -> SafeString:
    """`{% capture as name %}…{% endcapture %}`: what was rendered, or "" when only blank space was."""
    return mark_safe(content.strip())  # noqa: S308 - the template engine escaped it already


def _block(name: str, content: str, **context: Any) -> SafeString:
    inside = mark_safe(content)  # noqa: S308 - the template engine escaped it already
    return render_to_string(f"navet/parts/{name}.html", {"content": inside, **context})


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: Text = "") -> SafeString:
    """A message in the page; `kind` is info, success, warning or error."""
    known = kind if kind in NOTICES else "info"
    return _block("notice", content, kind=known, icon_name=NOTICES[known], title=title)


@register.simple_block_tag
def table(content: str, caption: Text, hide_caption: bool = False, stacked: bool = False) -> SafeString:
    """A table that scrolls inside its frame, by keyboard too; the caption names both. `stacked`: cell below cell on a telephone."""
    shown = stacking.labelled(content) if stacked else content
    return _block("table", shown, caption=caption, hide_caption=hide_caption, stacked=stacked)


@register.simple_block_tag
def empty_state(content: str, title: Text) -> SafeString:
    return _block("empty_state", content, title=title)


@register.inclusion_tag("navet/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form, with links to its controls; nothing for a form without faults."""
    return {"faults": faults_of(form) if form.is_bound else []}


@register.inclusion_tag("navet/parts/stepper.html")
def stepper(current: int, *names: Text) -> dict[str, Any]:
    """The steps of a task; `current` counts from 1."""
    states = ["done" if n < current else "now" if n == current else "next" for n in range(1, len(names) + 1)]
    return {"steps": [{"name": name, "state": state} for name, state in zip(names, states, strict=True)]}


@register.inclusion_tag("navet/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Page, anchor: str = "") -> dict[str, Any]:
    """Previous and next; the address's other parameters stay. `anchor` is the id where the list begins."""

    def query(number: int) -> str:
        parameters = context["request"].GET.copy()
        parameters["page"] = str(number)
        return f"?{parameters.urlencode()}" + (f"#{anchor}" if anchor else "")

    return {"page": page, "previous_query": query(page.number - 1), "next_query": query(page.number + 1)}


@register.inclusion_tag("navet/parts/stat.html")
def stat(
    label: Text,
    figure: float,
    target: float | None = None,
    definition: Text = "",
    unit: Text = "",
    url: str = "",
) -> dict[str, Any]:
    """One figure against its target, with the definition that settles what it means; `url` leads to what is behind it."""
    share = figure / target if target else None
    return {
        "label": label,
        "figure": figure,
        "target": target,
        "definition": definition,
        "unit": unit,
        "url": url,
        "percent": None if share is None else formats.percent(share),
        "filled": f"{min(max(share or 0, 0), 1) * 100:.1f}",
    }


@register.inclusion_tag("navet/parts/bar_chart.html")
def bar_chart(chart: charts.Chart) -> dict[str, Any]:
    return {"chart": chart, "plane": charts.Plane(chart)}


@register.inclusion_tag("navet/parts/line_chart.html")
def line_chart(chart: charts.Chart) -> dict[str, Any]:
    return {"chart": chart, "plane": charts.Plane(chart)}
