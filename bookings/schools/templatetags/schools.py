"""What the pages of school programmes write again and again."""

from typing import Any

from django import template

from bookings.common import words as common
from bookings.schools import search, words
from bookings.schools.models import Language, Programme, Session, Subject

register = template.Library()

register.filter("grades", words.grades)
register.filter("duration", common.length)
register.filter("free", common.free)
register.filter("rooms_of", search.rooms_of)
register.filter("educators_of", search.educators_of)
register.filter("state_of", search.state_of)


@register.filter
def subjects(values: list[str]) -> str:
    return words.labels(values, Subject)


@register.filter
def languages(values: list[str]) -> str:
    return words.labels(values, Language)


@register.filter
def text(programme: Programme, field: str) -> str:
    """A field of the programme ("summary", "prepare", …) in the active language."""
    return programme.text_in_language(field)


@register.inclusion_tag("schools/programmes/session_row.html")
def session_row(session: Session, at: Any, with_programme: bool = False, query: str = "") -> dict[str, Any]:
    """One session a class can take: when, how much is free, and what to do about it. `at` is when it was counted."""
    return {
        "session": session,
        "released": session.release_at <= at,
        "with_programme": with_programme,
        "query": query,
    }
