"""Planning: the week, one session and what can be done with it, the queue, an educator's own days."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Count
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bookings.schools import lists, search
from bookings.schools.forms import planning as forms
from bookings.schools.models import Programme, SchoolBooking, Session
from bookings.schools.operations import sessions as operations
from navet import periods
from navet.accounts import actor
from navet.accounts.doors import StaffRequest, staff_page
from navet.errors import Refused
from navet.house.models import Occasion

WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
MY_DAYS = 14
Result = TypeVar("Result")
planner = staff_page("schools.plan")
form_page = require_http_methods(["GET", "HEAD", "POST"])


def attempt(form: BaseForm, operation: Callable[[], Result]) -> Result | None:
    """The operation's result, or None with its refusal on the form, at the field it concerns."""
    try:
        return operation()
    except Refused as refusal:
        names = {"starts_at": "date", "period": "date"}
        field = names.get(refusal.field or "", refusal.field)
        form.add_error(field if field in form.fields else None, str(refusal))
    return None


def answer(request: HttpRequest, template: str, form: BaseForm, context: dict[str, Any]) -> HttpResponse:
    """The page with its form: 422 when it came back with faults."""
    faulty = form.is_bound and bool(form.errors)
    return render(request, template, {"form": form, **context}, status=422 if faulty else 200)


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


@form_page
@planner
def create(request: HttpRequest) -> HttpResponse:
    """One session: first which programme, then when, where and with whom."""
    slug = request.GET.get("program", "")
    if not slug:
        return choose_programme(request, "schools:plan_session", _("New session"))
    programme = get_object_or_404(Programme, slug=slug)
    everything = "alla" in request.GET
    form = forms.SessionForm(
        request.POST or None,
        programme=programme,
        everything=everything,
        initial={"language": programme.languages[0], "date": request.GET.get("dag", "")},
    )
    if request.method == "POST" and form.is_valid():
        session = attempt(form, lambda: _create(form, programme, request))
        if session:
            messages.success(request, _("The session is planned."))
            return redirect("schools:session", session.pk)
    context = {"programme": programme, "everything": everything, "title": _("New session")}
    return answer(request, "schools/planning/session_form.html", form, context)


def _create(form: forms.SessionForm, programme: Programme, request: HttpRequest) -> Session:
    asked = form.cleaned_data
    return operations.create_session(
        programme,
        starts_at=periods.at(asked["date"], asked["time"]),
        rooms=asked["rooms"],
        educators=asked["educators"],
        capacity=asked["capacity"],
        max_groups=asked["max_groups"],
        language=asked["language"],
        release_at=asked["release_at"],
        override_reason=asked["override_reason"],
        by=actor.of(request),
        at=timezone.now(),
    )


def choose_programme(request: HttpRequest, url_name: str, title: str) -> HttpResponse:
    """The step before a form that depends on the programme."""
    programmes = Programme.objects.order_by("title_sv")
    context = {"programmes": programmes, "url_name": url_name, "title": title}
    return render(request, "schools/planning/choose_programme.html", context)


@require_safe
@planner
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session whole: what, where, with whom, who comes, who waits."""
    at = timezone.now()
    found = _session(pk, at)
    bookings = found.bookings.select_related("school", "lunch").order_by("status", "waiting_since", "pk")
    listed = list(bookings.exclude(status__in=[SchoolBooking.Status.LAPSED]))
    waiting = [
        one for one in listed if one.status in (SchoolBooking.Status.WAITING, SchoolBooking.Status.OFFERED)
    ]
    context = {
        "session": found,
        "coming": [one for one in listed if one.status == SchoolBooking.Status.CONFIRMED],
        "held": [one for one in listed if one.status == SchoolBooking.Status.HELD and one.is_held(at)],
        "waiting": sorted(waiting, key=lambda one: (one.waiting_since, one.pk)),
        "cancelled": [one for one in listed if one.status == SchoolBooking.Status.CANCELLED],
        "may_change": found.occasion.status == Occasion.Status.PLANNED and found.occasion.starts_at > at,
        "at": at,
    }
    return render(request, "schools/planning/session.html", context)


def _session(pk: int, at: dt.datetime) -> Session:
    found = search.with_people(lists.with_queue(search.with_free(Session.objects.all(), at)))
    return get_object_or_404(found.select_related("occasion", "programme", "series"), pk=pk)


@form_page
@planner
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time, room or educator."""
    found = _session(pk, timezone.now())
    starts = timezone.localtime(found.occasion.starts_at)
    form = forms.MoveForm(
        request.POST or None,
        programme=found.programme,
        everything="alla" in request.GET,
        initial={
            "date": starts.date(),
            "time": starts.time(),
            "rooms": [room.pk for room in search.rooms_of(found)],
            "educators": [one.pk for one in search.educators_of(found)],
            "version": found.occasion.version,
        },
    )
    if request.method == "POST" and form.is_valid():
        moved = attempt(form, lambda: _move(form, found, request))
        if moved:
            messages.success(request, _("The session is moved. Those concerned are told."))
            return redirect("schools:session", pk)
    context = {
        "session": found,
        "programme": found.programme,
        "title": _("Move the session"),
        "everything": "alla" in request.GET,
        "concerned": found.held_groups + found.waiting,
    }
    return answer(request, "schools/planning/session_form.html", form, context)


def _move(form: forms.MoveForm, found: Session, request: HttpRequest) -> Session:
    asked = form.cleaned_data
    starts_at = periods.at(asked["date"], asked["time"])
    rooms, before = list(asked["rooms"]), search.rooms_of(found)
    return operations.move_session(
        found,
        starts_at=None if starts_at == found.occasion.starts_at else starts_at,
        rooms=None if set(rooms) == set(before) else rooms,
        educators=list(asked["educators"]),
        override_reason=asked["override_reason"],
        version=asked["version"],
        by=actor.of(request),
        at=timezone.now(),
    )


@form_page
@planner
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Places, groups, language, release."""
    found = _session(pk, timezone.now())
    occasion = found.occasion
    form = forms.ChangeForm(
        request.POST or None,
        programme=found.programme,
        initial={
            "capacity": occasion.capacity,
            "max_groups": occasion.max_groups,
            "language": found.language,
            "release_at": found.release_at,
            "version": occasion.version,
        },
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        by = actor.of(request)
        if attempt(form, lambda: operations.change_session(found, **form.cleaned_data, by=by, at=now)):
            messages.success(request, _("The session is changed."))
            return redirect("schools:session", pk)
    context = {"session": found, "programme": found.programme, "title": _("Change the session")}
    return answer(request, "schools/planning/session_form.html", form, context)


@form_page
@planner
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off, with the reason that is sent."""
    found = _session(pk, timezone.now())
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, by, now = form.cleaned_data["reason"], actor.of(request), timezone.now()
        if attempt(form, lambda: operations.cancel_session(found, reason=reason, by=by, at=now)):
            messages.success(request, _("The session is cancelled. Those concerned are told."))
            return redirect("schools:session", pk)
    context = {
        "session": found,
        "programme": found.programme,
        "title": _("Cancel the session"),
        "concerned": found.held_groups + found.waiting,
        "is_dangerous": True,
    }
    return answer(request, "schools/planning/session_form.html", form, context)


@require_safe
@planner
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, published or not."""
    found = Programme.objects.annotate(series_count=Count("series", distinct=True)).order_by("title_sv")
    return render(request, "schools/planning/programmes.html", {"programmes": found})
