"""Planning one session, and what can be done with it."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.schools import lists, search
from bookings.schools.forms import planning as forms
from bookings.schools.models import Programme, SchoolBooking, Session
from bookings.schools.operations import sessions as operations
from bookings.schools.pages.planners import answer, attempt, choose_programme, form_page, planner
from navet import periods
from navet.accounts import actor
from navet.house.models import Occasion


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
