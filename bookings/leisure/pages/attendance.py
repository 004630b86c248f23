"""The leader's pages, on a telephone: her meetings, the list of one, whom to call, and a message to all guardians."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bookings.common.doors import answer, attempt, form_page
from bookings.leisure.forms.planning import MessageForm
from bookings.leisure.models import Meeting
from bookings.leisure.operations import attending, refusals, telling
from bookings.leisure.pages.public import find_group
from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused

leader = staff_page("leisure.attend")
AHEAD = dt.timedelta(days=7)


@require_safe
@leader
def meetings(request: HttpRequest) -> HttpResponse:
    """Today's meetings, the week to come, and those of the last two weeks whose list may still be put right."""
    at, by = timezone.now(), actor.of(request)
    first, end = periods.day_bounds(periods.local_day(at))
    listed = attending.led_by(by, since=at - attending.LATE, until=end + AHEAD)
    context = {
        "today": [one for one in listed if first <= one.occasion.starts_at < end],
        "coming": [one for one in listed if one.occasion.starts_at >= end],
        "earlier": [one for one in reversed(listed) if one.occasion.starts_at < first],
    }
    return render(request, "leisure/leading/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@leader
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is there, a tick for each; on the day whom to call."""
    at, by = timezone.now(), actor.of(request)
    found = _find(pk)
    problem = _problem(found, at)
    if request.method == "POST":
        present, listed = (_numbers(request, name) for name in ("present", "listed"))
        try:
            if "everybody" in request.POST:
                many = attending.take_all(found.pk, listed=listed, by=by, at=at)
            else:
                many = attending.take(found.pk, present=present, listed=listed, by=by, at=at)
        except refusals.NotYourGroup:
            raise PermissionDenied from None
        except Refused as refused:
            problem = str(refused)
        else:
            said = ngettext("Saved: %(n)s child is there.", "Saved: %(n)s children are there.", many)
            messages.success(request, said % {"n": many})
            return redirect("leisure:meeting", found.pk)
    try:
        children = attending.list_of(found, by=by)
    except refusals.NotYourGroup:
        raise PermissionDenied from None
    context = {
        "meeting": found,
        "occasion": found.occasion,
        "children": children,
        "there": sum(one.is_there for one in children),
        "absent": sum(one.is_absent for one in children),
        "problem": problem,
        "is_today": periods.local_day(at) == periods.local_day(found.occasion.starts_at),
    }
    return render(
        request, "leisure/leading/meeting.html", context, status=409 if request.method == "POST" else 200
    )


@require_safe
@leader
def to_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to call about each child: for the leader, on the day."""
    found, problem, listed = _find(pk), "", []
    try:
        listed = attending.to_call(found, by=actor.of(request), at=timezone.now())
    except refusals.NotYourGroup:
        raise PermissionDenied from None
    except refusals.OnTheDayOnly as refused:
        problem = str(refused)
    context = {"meeting": found, "occasion": found.occasion, "listed": listed, "problem": problem}
    return render(request, "leisure/leading/to_call.html", context, status=403 if problem else 200)


@form_page
@leader
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """A mail to all guardians of the group."""
    at, by = timezone.now(), actor.of(request)
    found = find_group(pk, at)
    try:
        telling.require_one_of_its_leaders(found.pk, by)
    except refusals.NotYourGroup:
        raise PermissionDenied from None
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = attempt(form, lambda: telling.write(found.pk, **form.cleaned_data, by=by, at=at))
        if sent is not None:
            said = ngettext("Sent to %(n)s guardian.", "Sent to %(n)s guardians.", sent.recipients)
            messages.success(request, said % {"n": sent.recipients})
            return redirect("leisure:message", found.pk)
    context = {"group": found, "occasion": found.occasion, "written": found.messages.all()[:20]}
    return answer(request, "leisure/leading/message.html", form, context)


def _find(pk: int) -> Meeting:
    if pk >= 2**63:
        raise Http404
    try:
        return attending.find(pk)
    except refusals.NoSuchMeeting:
        raise Http404 from None


def _problem(found: Meeting, at: dt.datetime) -> str:
    try:
        attending.require_its_time(found, at)
    except Refused as refused:
        return str(refused)
    return ""


def _numbers(request: HttpRequest, name: str) -> list[int]:
    """What no page of ours sends is left out."""
    sent = request.POST.getlist(name)
    return [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 19]
