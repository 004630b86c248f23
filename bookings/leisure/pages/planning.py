"""Planners' pages of leisure groups: clubs, groups, who has a place and who waits, what is called off."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings.common.doors import answer, attempt, form_page
from bookings.common.models import Status
from bookings.leisure.forms import camps
from bookings.leisure.forms import planning as forms
from bookings.leisure.models import Club, Enrolment, Group, Meeting
from bookings.leisure.operations import drawing, enrolling
from bookings.leisure.operations import planning as operations
from bookings.leisure.pages.public import find_group
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from navet.house.models import Occasion

planner = staff_page("leisure.plan")
PAGE = 50


@require_safe
@planner
def clubs(request: HttpRequest) -> HttpResponse:
    """The groups that go on or come, with what is taken, and all clubs."""
    at = timezone.now()
    coming = Group.objects.with_places(at).select_related("occasion", "club", "draw")
    coming = coming.filter(ends_at__gt=at).order_by("occasion__period", "pk")
    context = {
        "clubs": Club.objects.order_by("title_sv"),
        "page": Paginator(coming, PAGE).get_page(request.GET.get("page")),
        "at": at,
    }
    return render(request, "leisure/planning/clubs.html", context)


@form_page
@planner
def club(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A new club, or an old one."""
    found = get_object_or_404(Club, slug=slug) if slug else None
    form = forms.ClubForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("Saved."))
        return redirect("leisure:edit_club", saved.slug)
    return answer(request, "leisure/planning/club_form.html", form, {"club": found})


@form_page
@planner
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """A new group of a club, all its meetings or none; or a camp once more, all its days."""
    found = get_object_or_404(Club, slug=slug)
    form = (camps.CampTimesForm if found.is_camp else forms.GroupForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at = actor.of(request), timezone.now()
        planned = attempt(form, lambda: operations.plan_group(found, **form.wish(), by=by, at=at))
        if planned is not None:
            messages.success(
                request, _("The camp is planned.") if found.is_camp else _("The group is planned.")
            )
            return redirect("leisure:group", planned.pk)
    return answer(request, "leisure/planning/group_form.html", form, {"club": found})


@form_page
@planner
def new_camp(request: HttpRequest) -> HttpResponse:
    """A camp and its days in one."""
    form = camps.CampForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at, new = actor.of(request), timezone.now(), form.save(commit=False)
        planned = attempt(form, lambda: operations.plan_camp(new, **form.wish(), by=by, at=at))
        if planned is not None:
            messages.success(request, _("The camp is planned."))
            return redirect("leisure:group", planned.pk)
    return answer(request, "leisure/planning/camp_form.html", form, {})


@require_safe
@planner
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: who has a place, who applied or waits, and what can be done with it."""
    at = timezone.now()
    found = find_group(pk, at)
    listed = list(Enrolment.objects.filter(group=pk).select_related("payer", "order").order_by("ticket"))
    confirmed = [one for one in listed if one.status == Status.CONFIRMED]
    waiting = [one for one in confirmed if one.queued_at is not None]
    context = {
        "group": found,
        "occasion": found.occasion,
        "meetings": found.meetings.all(),
        "placed": [one for one in confirmed if one.queued_at is None],
        "waiting": sorted(waiting, key=lambda one: (one.queued_at, one.position, one.pk)),
        "held": [one for one in listed if one.is_held(at)],
        "cancelled": [one for one in listed if one.status == Status.CANCELLED],
        "written": found.messages.all(),
        "is_seed_lost": drawing.is_seed_lost(found),
        "may_change": found.called_off_at is None and found.ends_at > at,
        "at": at,
    }
    return render(request, "leisure/planning/group.html", context)


@form_page
@planner
def capacity(request: HttpRequest, pk: int) -> HttpResponse:
    """More places, or fewer."""
    found = find_group(pk, timezone.now())
    form = forms.CapacityForm(request.POST or None, initial={"capacity": found.occasion.capacity})
    said = _("The number of places is changed.")
    return _act(request, found, form, operations.change_capacity, _("Change places"), said)


@form_page
@planner
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call off a group, all that is left of it."""
    found = find_group(pk, timezone.now())
    form = forms.ReasonForm(request.POST or None)
    warning = _(
        "All meetings that are left are called off, every guardian gets a mail, and the fee of them goes back."
    )
    said = _("It is called off. The guardians are told.")
    return _act(request, found, form, operations.call_off, _("Call it off"), said, warning=warning)


@form_page
@planner
def call_off_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Call off one meeting."""
    meeting = Meeting.objects.select_related("occasion").filter(pk=pk).first() if pk < 2**63 else None
    if meeting is None:
        raise Http404
    found = find_group(meeting.group_id, timezone.now())
    form = forms.ReasonForm(request.POST or None)
    warning = _("Every guardian gets a mail. The fee stays as it is.")
    said = _("The meeting is called off. The guardians are told.")

    def operation(_group: int, **options: Any) -> Meeting:
        return operations.call_off_meeting(meeting.pk, **options)

    title = _("Call off a meeting")
    return _act(request, found, form, operation, title, said, warning=warning, occasion=meeting.occasion)


@require_POST
@planner
def continues(request: HttpRequest, code: str) -> HttpResponse:
    """The child was there the term before, or was not."""
    found = get_object_or_404(Enrolment, code=code)
    is_so = request.POST.get("continues", "") == "1"
    try:
        enrolling.set_continues(code, continues=is_so, by=actor.of(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("leisure:group", found.group_id)


def _act(
    request: HttpRequest,
    found: Group,
    form: Any,
    operation: Any,
    title: str,
    said: str,
    *,
    warning: str = "",
    occasion: Occasion | None = None,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        by, at = actor.of(request), timezone.now()
        if attempt(form, lambda: operation(found.pk, **form.cleaned_data, by=by, at=at)):
            messages.success(request, said)
            return redirect("leisure:group", found.pk)
    context = {"group": found, "title": title, "warning": warning, "occasion": occasion or found.occasion}
    return answer(request, "leisure/planning/group_action.html", form, context)
