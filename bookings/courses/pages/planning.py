"""Planners' pages of courses: the courses, their rounds, who is registered and who waits."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.common.doors import answer, attempt, form_page
from bookings.common.models import Status
from bookings.courses.forms import planning as forms
from bookings.courses.models import Course, OwnCourse, Registration, Round
from bookings.courses.operations import planning as operations
from bookings.courses.pages.public import find_round
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.house.models import Occasion

planner = staff_page("courses.plan")
PAGE = 50


@require_safe
@planner
def courses(request: HttpRequest) -> HttpResponse:
    """What has to be decided, the rounds to come with what is taken, and all courses."""
    at = timezone.now()
    coming = Round.objects.with_places(at).select_related("occasion", "course")
    coming = coming.filter(occasion__period__endswith__gt=at).order_by("occasion__period", "pk")
    context = {
        "courses": Course.objects.order_by("title_sv"),
        "to_decide": operations.to_decide(at),
        "page": Paginator(coming, PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(at),
        "wishes": OwnCourse.objects.waiting().count(),
    }
    return render(request, "courses/planning/courses.html", context)


@form_page
@planner
def course(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A new course, or an old one."""
    found = get_object_or_404(Course, slug=slug) if slug else None
    form = forms.CourseForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("Saved."))
        return redirect("courses:edit_course", saved.slug)
    return answer(request, "courses/planning/course_form.html", form, {"course": found})


@form_page
@planner
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """A new round of a course: all its days, or none."""
    found = get_object_or_404(Course, slug=slug)
    form = forms.RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at = actor.of(request), timezone.now()
        planned = attempt(form, lambda: operations.plan_round(found, **form.wish(), by=by, at=at))
        if planned is not None:
            messages.success(request, _("The round is planned."))
            return redirect("courses:round", planned.pk)
    return answer(request, "courses/planning/round_form.html", form, {"course": found})


@require_safe
@planner
def round_(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: who comes, who waits, and what can be done with it."""
    at = timezone.now()
    found = find_round(pk, at)
    registrations = Registration.objects.filter(round=pk).select_related("school", "occasion")
    listed = list(registrations.prefetch_related("participants").order_by("queued_at", "pk"))
    context = {
        "round": found,
        "occasion": found.occasion,
        "placed": [one for one in listed if one.status == Status.CONFIRMED and one.queued_at is None],
        "waiting": [one for one in listed if one.status == Status.CONFIRMED and one.queued_at is not None],
        "held": [one for one in listed if one.is_held(at)],
        "cancelled": [one for one in listed if one.status == Status.CANCELLED],
        "may_change": found.occasion.status == Occasion.Status.PLANNED and found.occasion.starts_at > at,
    }
    return render(request, "courses/planning/round.html", context)


@form_page
@planner
def capacity(request: HttpRequest, pk: int) -> HttpResponse:
    """More places, or fewer."""
    found = find_round(pk, timezone.now())
    form = forms.CapacityForm(request.POST or None, initial={"capacity": found.occasion.capacity})
    return _act(
        request,
        found,
        form,
        operations.change_capacity,
        _("Change places"),
        _("The number of places is changed."),
    )


@form_page
@planner
def assure(request: HttpRequest, pk: int) -> HttpResponse:
    """It takes place, however many come."""
    found = find_round(pk, timezone.now())
    form = forms.SureForm(request.POST if request.method == "POST" else None)
    return _act(
        request, found, form, operations.assure, _("It takes place"), _("Those who are registered are told.")
    )


@form_page
@planner
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a round off, all its days."""
    found = find_round(pk, timezone.now())
    form = forms.ReasonForm(request.POST or None)
    said = _("It is called off. Those who are registered are told.")
    return _act(request, found, form, operations.call_off, _("Call it off"), said, is_dangerous=True)


def _act(
    request: HttpRequest,
    found: Round,
    form: Any,
    operation: Any,
    title: str,
    said: str,
    *,
    is_dangerous: bool = False,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        by, at = actor.of(request), timezone.now()
        if attempt(form, lambda: operation(found.pk, **form.cleaned_data, by=by, at=at)):
            messages.success(request, said)
            return redirect("courses:round", found.pk)
    context = {"round": found, "title": title, "is_dangerous": is_dangerous}
    return answer(request, "courses/planning/round_action.html", form, context)
