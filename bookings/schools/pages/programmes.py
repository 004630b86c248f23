"""Finding a programme: search, the programme's own page and the month's calendar. Open to everybody."""

import datetime as dt
import re
from typing import Any
from urllib.parse import urlencode

from babel.dates import get_day_names
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.common.dates import FIRST_YEAR, LAST_YEAR
from bookings.schools import search
from bookings.schools.forms.search import SearchForm
from bookings.schools.models import Programme
from navet import periods
from navet.directory.models import Agreement

PROGRAMMES_A_PAGE = 10
MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@require_safe
@never_cache
def programmes(request: HttpRequest) -> HttpResponse:
    """The search: programmes as cards, each with its next sessions, a page at a time."""
    at = timezone.now()
    form = SearchForm(request.GET, without=("programme",))
    hits = search.programmes(form.wish(), at=at) if form.is_valid() else []
    found = {
        "form": form,
        "hits": hits,
        "page": Paginator(hits, PROGRAMMES_A_PAGE).get_page(request.GET.get("page")),
        "sessions_found": sum(hit.free for hit in hits),
        "at": at,
        "query": _for_booking(form),
    }
    return render(request, "schools/programmes/list.html", found, status=200 if form.is_valid() else 400)


@require_safe
@never_cache
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one programme, and its sessions."""
    at = timezone.now()
    found = get_object_or_404(Programme.objects.published(), slug=slug)
    today = periods.local_day(at)
    agreements = Agreement.objects.in_force(today).select_related("municipality", "organiser")
    context = {
        "programme": found,
        "rooms": found.rooms.active().order_by("slug"),
        "sessions": search.next_sessions(found, at=at),
        "agreements": sorted(str(agreement) for agreement in agreements),
        "at": at,
    }
    return render(request, "schools/programmes/programme.html", context)


@require_safe
@never_cache
def calendar(request: HttpRequest) -> HttpResponse:
    """A month with what is free on each day, and one day's sessions when `dag` is given."""
    at = timezone.now()
    form = SearchForm(request.GET, without=("first", "last", "only_free"))
    chosen = _day(request.GET.get("dag", ""))
    first = _month(request.GET.get("manad", "")) or (chosen or periods.local_day(at)).replace(day=1)
    wish = form.wish() if form.is_valid() else None
    days = search.month(first, wish, at=at) if wish else []
    context = {
        "form": form,
        "month": first,
        "weekdays": _weekdays(),
        "weeks_before": range(first.weekday()),
        "days": days,
        "nothing": all(day.state == "none" for day in days),
        "previous": _beside(first, -1),
        "next": _beside(first, 1),
        "chosen": chosen,
        "sessions": search.on_day(chosen, wish, at=at) if wish and chosen else [],
        "filters": _address(form),
        "query": _for_booking(form),
        "at": at,
    }
    return render(request, "schools/programmes/calendar.html", context, status=200 if wish else 400)


def _weekdays() -> list[str]:
    """Monday first, as the page's language abbreviates them."""
    names = get_day_names("abbreviated", locale=get_language() or "sv")
    return [names[number] for number in range(7)]


def _month(text: str) -> dt.date | None:
    """The first of the month "2026-11"; None where nothing is asked for. Raises Http404 for no month."""
    if not text:
        return None
    match = MONTH.fullmatch(text)
    if not match or not 1 <= int(match[2]) <= 12 or not FIRST_YEAR <= int(match[1]) < LAST_YEAR:
        raise Http404
    return dt.date(int(match[1]), int(match[2]), 1)


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None
    if day and not FIRST_YEAR <= day.year < LAST_YEAR:
        raise Http404
    return day


def _beside(first: dt.date, step: int) -> dt.date | None:
    """The first of the month before (-1) or after (1); None where the calendar ends."""
    beside = (first + dt.timedelta(days=31 if step > 0 else -1)).replace(day=1)
    return beside if FIRST_YEAR <= beside.year < LAST_YEAR else None


def _address(form: SearchForm) -> str:
    """The filled-in filters as they stand in the address, for links that keep them."""
    filled = [(form.add_prefix(name), form.data.get(form.add_prefix(name), "")) for name in form.fields]
    return urlencode([(name, value) for name, value in filled if value])


def _for_booking(form: SearchForm) -> str:
    """What the booking form need not ask again: "?arskurs=5&elever=24", or nothing."""
    known: dict[str, Any] = {name: form.data.get(form.add_prefix(name), "") for name in ("grade", "pupils")}
    filled = {form.add_prefix(name): value for name, value in known.items() if value}
    return f"?{urlencode(filled)}" if filled and form.is_valid() else ""
