"""Planners' pages of public events: the events, their slots, who has booked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bookings.common.doors import answer, attempt, form_page
from bookings.common.models import Status
from bookings.tickets.forms import planning as forms
from bookings.tickets.models import Event, Slot, TicketBooking
from bookings.tickets.operations import planning as operations
from bookings.tickets.pages.booking import find_slot
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.house.models import Occasion

planner = staff_page("tickets.plan")
PAGE = 50


@require_safe
@planner
def events(request: HttpRequest) -> HttpResponse:
    """All events, and the slots to come with what is taken."""
    at = timezone.now()
    coming = Slot.objects.with_places(at).select_related("occasion", "event")
    coming = coming.filter(occasion__period__endswith__gt=at).order_by("occasion__period", "pk")
    context = {
        "events": Event.objects.order_by("title_sv").prefetch_related("prices"),
        "page": Paginator(coming, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "tickets/planning/events.html", context)


@form_page
@planner
def event(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A new event, or an old one."""
    found = get_object_or_404(Event, slug=slug) if slug else None
    form = forms.EventForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = _save(form)
        messages.success(request, _("Saved."))
        return redirect("tickets:edit_event", saved.slug)
    return answer(request, "tickets/planning/event_form.html", form, {"event": found})


@transaction.atomic
def _save(form: forms.EventForm) -> Event:
    """The event with these prices and no others."""
    saved = form.save()
    operations.set_prices(saved, form.prices())
    return saved


@form_page
@planner
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Slots of an event: one, or many at once."""
    found = get_object_or_404(Event, slug=slug)
    form = forms.SlotsForm(
        request.POST or None, event=found, initial={"rooms": found.rooms.values_list("pk", flat=True)}
    )
    gaps: list = []
    if request.method == "POST" and form.is_valid():
        planned = attempt(form, lambda: _plan(form, found, request))
        if planned is not None and planned.slots:
            said = ngettext("%(n)s time is planned.", "%(n)s times are planned.", len(planned.slots))
            messages.success(request, said % {"n": len(planned.slots)})
        if planned is not None and not planned.gaps:
            return redirect("tickets:planning")
        gaps = planned.gaps if planned is not None else []
    return answer(request, "tickets/planning/slots_form.html", form, {"event": found, "gaps": gaps})


def _plan(form: forms.SlotsForm, event: Event, request: HttpRequest) -> operations.Planned:
    said, at = form.cleaned_data, timezone.now()
    starts = operations.starts_of(
        first=said["first"],
        last=said["last"] or said["first"],
        weekdays=said["weekdays"] or range(7),
        times=said["times"],
    )
    return operations.plan_slots(
        event,
        starts=starts,
        rooms=said["rooms"],
        capacity=said["capacity"],
        sale_from=said["sale_from"],
        override_reason=said["override_reason"],
        by=actor.of(request),
        at=at,
    )


@require_safe
@planner
def slot(request: HttpRequest, pk: int) -> HttpResponse:
    """One slot: what is taken, and by whom."""
    at = timezone.now()
    found = find_slot(pk, at)
    bookings = TicketBooking.objects.filter(occasion=pk).prefetch_related("lines").order_by("pk")
    listed = [one for one in bookings if one.status != Status.LAPSED]
    context = {
        "slot": found,
        "occasion": found.occasion,
        "coming": [one for one in listed if one.status == Status.CONFIRMED],
        "held": [one for one in listed if one.is_held(at)],
        "cancelled": [one for one in listed if one.status == Status.CANCELLED],
        "may_change": found.occasion.status == Occasion.Status.PLANNED and found.occasion.starts_at > at,
    }
    return render(request, "tickets/planning/slot.html", context)


@form_page
@planner
def capacity(request: HttpRequest, pk: int) -> HttpResponse:
    """More places, or fewer."""
    found = find_slot(pk, timezone.now())
    form = forms.CapacityForm(request.POST or None, initial={"capacity": found.occasion.capacity})
    if request.method == "POST" and form.is_valid():
        by, now = actor.of(request), timezone.now()
        if attempt(form, lambda: operations.change_capacity(pk, **form.cleaned_data, by=by, at=now)):
            messages.success(request, _("The number of places is changed."))
            return redirect("tickets:slot", pk)
    return answer(
        request, "tickets/planning/slot_action.html", form, {"slot": found, "title": _("Change places")}
    )


@form_page
@planner
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a slot off."""
    found = find_slot(pk, timezone.now())
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, now = actor.of(request), timezone.now()
        if attempt(form, lambda: operations.cancel_slot(pk, **form.cleaned_data, by=by, at=now)):
            messages.success(request, _("It is called off. Those who hold tickets are told."))
            return redirect("tickets:slot", pk)
    context = {"slot": found, "title": _("Call it off"), "is_dangerous": True}
    return answer(request, "tickets/planning/slot_action.html", form, context)
