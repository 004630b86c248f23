"""Planning a series with preview, what became of it, and its gaps; programmes and their form."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bookings.schools import lists, search
from bookings.schools.forms import planning as forms
from bookings.schools.forms.programme import ProgrammeForm
from bookings.schools.models import Programme, Series, SeriesGap, Session
from bookings.schools.operations import foresight
from bookings.schools.operations import series as operations
from bookings.schools.pages.planners import answer, attempt, choose_programme, form_page, planner
from navet import periods
from navet.accounts import actor


@form_page
@planner
def create(request: HttpRequest) -> HttpResponse:
    """A term of sessions: looked at beforehand, then planned."""
    slug = request.GET.get("program", "")
    if not slug:
        return choose_programme(request, "schools:plan_series", _("New series"))
    programme = get_object_or_404(Programme, slug=slug)
    everything = "alla" in request.GET
    initial = {"language": programme.languages[0], "week_interval": 1}
    form = forms.SeriesForm(request.POST or None, programme=programme, everything=everything, initial=initial)
    context: dict[str, Any] = {"programme": programme, "title": _("New series")}
    if request.method == "POST" and form.is_valid():
        plan, by, now = _plan(form, programme), actor.of(request), timezone.now()
        if "plan" in request.POST:
            made = attempt(form, lambda: operations.plan_series(plan, by=by, at=now))
            if made:
                return redirect("schools:series", made.pk)
        else:
            context |= _preview(form, plan, by, now)
    return answer(request, "schools/planning/series_form.html", form, context)


def _plan(form: forms.SeriesForm, programme: Programme) -> foresight.Plan:
    asked = form.cleaned_data
    names = ("first_date", "last_date", "weekdays", "times", "week_interval", "capacity", "max_groups")
    return foresight.Plan(
        programme=programme,
        rooms=list(asked["rooms"]),
        educators=list(asked["educators"]),
        language=asked["language"],
        release_at=asked["release_at"],
        skip_breaks_of=asked["skip_breaks_of"],
        breaks=form.breaks_to_skip(),
        **{name: asked[name] for name in names},
    )


def _preview(form: BaseForm, plan: foresight.Plan, by: actor.Actor, now: Any) -> dict[str, Any]:
    """What the page shows of the plan; nothing where the plan is refused as a whole."""
    occurrences = attempt(form, lambda: foresight.preview(plan, by=by, at=now))
    if occurrences is None:
        return {}
    return {
        "occurrences": occurrences,
        "would_be_made": sum(not one.refusal for one in occurrences),
        "would_not": sum(bool(one.refusal) for one in occurrences),
        "breaks": foresight.breaks_of(plan.skip_breaks_of, plan.first_date, plan.last_date),
        "skipped": {one.pk for one in foresight.chosen_breaks(plan)},
    }


@require_safe
@planner
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a series: its sessions, and its gaps with their reasons."""
    at = timezone.now()
    found = _series(pk)
    listed = search.with_people(lists.with_queue(search.with_free(found.sessions.all(), at)))
    context = {
        "series": found,
        "sessions": listed.select_related("occasion", "programme").order_by("occasion__period", "pk"),
        "gaps": found.gaps.order_by("starts_at"),
        "remaining": len(operations.remaining(found, at=at)),
        "at": at,
    }
    return render(request, "schools/planning/series.html", context)


def _series(pk: int) -> Series:
    return get_object_or_404(Series.objects.select_related("programme", "created_by"), pk=pk)


@form_page
@planner
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """When the sessions to come can be booked."""
    found = _series(pk)
    form = forms.ReleaseForm(request.POST or None, initial={"release_at": timezone.now()})
    if request.method == "POST" and form.is_valid():
        at, by = form.cleaned_data["release_at"], actor.of(request)
        now = timezone.now()
        done = attempt(form, lambda: operations.release_series(found, release_at=at, by=by, at=now))
        if done:
            messages.success(
                request,
                ngettext("%(n)s session is changed.", "%(n)s sessions are changed.", done) % {"n": done},
            )
            return redirect("schools:series", pk)
    return answer(
        request,
        "schools/planning/series_action.html",
        form,
        {"series": found, "title": _("Release the series")},
    )


@form_page
@planner
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call off the sessions to come."""
    found = _series(pk)
    form = forms.ReasonForm(request.POST or None)
    left = operations.remaining(found, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        reason, by, now = form.cleaned_data["reason"], actor.of(request), timezone.now()
        done = attempt(form, lambda: operations.cancel_series(found, reason=reason, by=by, at=now))
        if done:
            messages.success(
                request,
                ngettext("%(n)s session is cancelled.", "%(n)s sessions are cancelled.", done) % {"n": done},
            )
            return redirect("schools:series", pk)
    context = {
        "series": found,
        "title": _("Cancel what is left of the series"),
        "left": left,
        "is_dangerous": True,
    }
    return answer(request, "schools/planning/series_action.html", form, context)


@form_page
@planner
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """A missing occurrence, tried again: the same time or another, these rooms or others."""
    gap = get_object_or_404(SeriesGap.objects.select_related("series__programme"), pk=pk)
    starts = timezone.localtime(gap.starts_at)
    programme = gap.series.programme
    initial = {"date": starts.date(), "time": starts.time(), **_like_the_latest(gap.series)}
    everything = "alla" in request.GET
    form = forms.SessionForm(
        request.POST or None, programme=programme, everything=everything, initial=initial
    )
    for name in ("capacity", "max_groups"):
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        session = attempt(form, lambda: _try_again(form, gap, request))
        if session:
            messages.success(request, _("The session is planned."))
            return redirect("schools:series", gap.series_id)
    context = {"programme": programme, "title": _("Try again"), "gap": gap, "everything": everything}
    return answer(request, "schools/planning/session_form.html", form, context)


def _like_the_latest(found: Series) -> dict[str, Any]:
    """Rooms, educators, language and release of the series' latest session, as a proposal."""
    latest = search.with_people(found.sessions.select_related("occasion")).order_by("-pk").first()
    if latest is None:
        return {"language": found.programme.languages[0]}
    return {
        "rooms": [room.pk for room in search.rooms_of(latest)],
        "educators": [one.pk for one in search.educators_of(latest)],
        "language": latest.language,
        "release_at": latest.release_at,
    }


def _try_again(form: forms.SessionForm, gap: SeriesGap, request: HttpRequest) -> Session:
    asked = form.cleaned_data
    return operations.try_again(
        gap,
        starts_at=periods.at(asked["date"], asked["time"]),
        rooms=list(asked["rooms"]),
        educators=list(asked["educators"]),
        language=asked["language"],
        release_at=asked["release_at"],
        override_reason=asked["override_reason"],
        by=actor.of(request),
        at=timezone.now(),
    )


@form_page
@planner
def programme(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A programme's form; without a slug, a new one."""
    found = get_object_or_404(Programme, slug=slug) if slug else None
    form = ProgrammeForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
        messages.success(request, _("“%(programme)s” is saved.") % {"programme": saved})
        return redirect("schools:plan_programmes")
    return answer(request, "schools/planning/programme_form.html", form, {"programme": found})
