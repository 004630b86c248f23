"""What the pages of school programmes write again and again."""

import datetime as dt
from typing import NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from bookings.common import words as common
from bookings.schools import search, words
from bookings.schools.forms.search import SearchForm
from bookings.schools.models import Language, Programme, Session, Subject
from navet import periods
from navet.pages.remembering import remembered

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


class Row(NamedTuple):
    """A session a class can take, as far as its row tells of it; `today` decides how its date is written."""

    pk: int
    slug: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    language: str
    release_at: dt.datetime
    is_released: bool
    free_places: int
    state: str
    today: dt.date

    @property
    def language_name(self) -> str:
        return str(Language(self.language).label)


class Card(NamedTuple):
    """A programme that was found, its next sessions and how many there are in all."""

    slug: str
    title: str
    summary: str
    grades: tuple[str, ...]
    subjects: tuple[str, ...]
    minutes: int
    rows: tuple[Row, ...]
    total: int


@register.simple_tag
def session_row(
    session: Session, at: dt.datetime, with_programme: bool = False, query: str = ""
) -> SafeString:
    """One session a class can take: when, how much is free, and what to do about it. `at` is when it was counted."""
    return _row(_told(session, at), with_programme, query)


@register.simple_tag
def programme_card(hit: search.Hit, at: dt.datetime, query: str = "") -> SafeString:
    """A programme with its next sessions; `at` is when they were counted."""
    found = hit.programme
    summary = found.text_in_language("summary")
    rows = tuple(_told(session, at) for session in hit.sessions)
    of_programme = (tuple(found.grades), tuple(found.subjects), found.length_minutes)
    return _card(Card(found.slug, found.title, summary, *of_programme, rows, hit.total), query)


def _told(session: Session, at: dt.datetime) -> Row:
    programme, occasion = session.programme, session.occasion
    return Row(
        session.pk,
        programme.slug,
        programme.title,
        occasion.starts_at,
        occasion.ends_at,
        session.language,
        session.release_at,
        session.release_at <= at,
        session.free_places,
        search.state_of(session),
        periods.local_day(at),
    )


@remembered(1024)
def _row(row: Row, with_programme: bool, query: str) -> SafeString:
    context = {"row": row, "with_programme": with_programme, "query": query}
    return render_to_string("schools/programmes/session_row.html", context)


@remembered(256)
def _card(card: Card, query: str) -> SafeString:
    rows = [_row(row, False, query) for row in card.rows]
    return render_to_string("schools/programmes/card.html", {"card": card, "rows": rows})


@register.simple_tag
def search_fields(form: SearchForm) -> SafeString:
    """The fields of a search one after the other."""
    # Programmes to choose among come from the database, and what is wrong may be of any length.
    if "programme" in form.fields or not form.is_valid():
        return _written(form)
    said = {form.add_prefix(name): form.data.get(form.add_prefix(name)) for name in form.fields}
    return _fields(*said.items())


@remembered(256)
def _fields(*said: tuple[str, str | None]) -> SafeString:
    given = {name: value for name, value in said if value is not None}
    return _written(SearchForm(given, without=("programme",)))


def _written(form: SearchForm) -> SafeString:
    return mark_safe("".join(field.as_field_group() for field in form))  # noqa: S308 - written by templates
