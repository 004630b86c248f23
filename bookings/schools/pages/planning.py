"""Planning: the week, the queue, an educator's own days, the programmes."""

import datetime as dt
import re

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.schools import lists, search
from bookings.schools.forms import planning as forms
from bookings.schools.models import Programme, Session
from bookings.schools.pages.planners import answer, planner
from navet import periods
from navet.accounts.doors import StaffRequest, staff_page
from navet.house.models import Occasion

WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
MY_DAYS = 14


@require_safe
@planner
def week(request: HttpRequest) -> HttpResponse:
    """A week of sessions with how full they are."""
    at = timezone.now()
    monday = _monday(request.GET.get("vecka", ""), at)
    form = forms.FilterForm(request.GET)
    found: list[Session] = []
    if form.is_valid():
        chosen = _filter(form, monday, monday + dt.timedelta(days=6))
        found = list(search.with_people(lists.sessions(chosen, at=at)))
    context = {
        "form": form,
        "monday": monday,
        "sunday": monday + dt.timedelta(days=6),
        "previous_query": _with_week(request, monday - dt.timedelta(days=7)),
        "next_query": _with_week(request, monday + dt.timedelta(days=7)),
        "days": lists.by_day(found),
        "sessions": found,
        "totals": _totals(found),
        "at": at,
    }
    return render(request, "schools/planning/week.html", context, status=200 if form.is_valid() else 400)


def _with_week(request: HttpRequest, monday: dt.date) -> str:
    """The address's query with another week; the filters stay."""
    query = request.GET.copy()
    query["vecka"] = f"{monday:%G-W%V}"
    return query.urlencode()


def _filter(form: forms.FilterForm, first: dt.date, last: dt.date) -> lists.Filter:
    asked = form.cleaned_data
    return lists.Filter(
        first=first,
        last=last,
        programme=asked["programme"].slug if asked["programme"] else "",
        room=asked["room"].pk if asked["room"] else None,
        educator=asked["educator"].pk if asked["educator"] else None,
        only=asked["only"],
    )


def _totals(found: list[Session]) -> dict[str, int]:
    planned = [session for session in found if session.occasion.status == Occasion.Status.PLANNED]
    return {
        "sessions": len(planned),
        "capacity": sum(session.occasion.places for session in planned),
        "held": sum(session.held_places for session in planned),
        "waiting": sum(session.waiting for session in planned),
    }


def _monday(text: str, at: dt.datetime) -> dt.date:
    """The Monday of "2026-W47", or of the present week. Raises Http404 for no week."""
    if not text:
        today = periods.local_day(at)
        return today - dt.timedelta(days=today.weekday())
    match = WEEK.fullmatch(text)
    if not match or not 2000 <= int(match[1]) < 2100:
        raise Http404
    try:
        return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise Http404 from None


@require_safe
@planner
def queue(request: HttpRequest) -> HttpResponse:
    """Everybody who waits, session by session, with those who were passed over."""
    at = timezone.now()
    return render(request, "schools/planning/queue.html", {"sessions": lists.queue(at=at), "at": at})


@require_safe
@staff_page("duties.view_own")
def my_days(request: StaffRequest) -> HttpResponse:
    """The educator's own sessions, two weeks at a time."""
    at = timezone.now()
    form = forms.StartForm(request.GET)
    first = (form.cleaned_data["first"] if form.is_valid() else None) or periods.local_day(at)
    last = first + dt.timedelta(days=MY_DAYS - 1)
    context = {
        "form": form,
        "days": lists.duties(request.user, first, last),
        "first": first,
        "last": last,
        "previous": first - dt.timedelta(days=MY_DAYS),
        "next": first + dt.timedelta(days=MY_DAYS),
    }
    return answer(request, "schools/planning/my_days.html", form, context)


@require_safe
@planner
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, published or not."""
    found = Programme.objects.annotate(series_count=Count("series", distinct=True)).order_by("title_sv")
    return render(request, "schools/planning/programmes.html", {"programmes": found})
