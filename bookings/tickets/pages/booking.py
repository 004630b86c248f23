"""Finding and booking tickets."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.common import access
from bookings.common.forms import code_of, new_token
from bookings.common.models import Status
from bookings.tickets import pricing, search
from bookings.tickets.forms.booking import BookingForm, DaysForm
from bookings.tickets.models import Event, Slot, TicketBooking
from bookings.tickets.operations import booking as operations
from bookings.tickets.operations import parties
from navet.accounts.actor import Actor
from navet.errors import Refused


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What is on, and what is free of it."""
    at = timezone.now()
    form = DaysForm(request.GET)
    days = form.cleaned_data if form.is_valid() else {}
    hits = search.events(at, first=days.get("fran"), last=days.get("till")) if days else []
    context = {"hits": hits, "form": form, "at": at}
    return render(request, "tickets/public/events.html", context, status=200 if days else 400)


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event whole, with all its slots."""
    at = timezone.now()
    found = get_object_or_404(Event.objects.published().prefetch_related("prices", "rooms"), slug=slug)
    slots = search.slots(at).filter(event=found)
    return render(request, "tickets/public/event.html", {"event": found, "slots": slots, "at": at})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one slot; an answer to it is a booking, a code to enter, or the form with its reasons."""
    at = timezone.now()
    by = access.actor(request, at=at)
    slot = find_slot(pk, at)
    if request.method != "POST":
        known = {"token": new_token(), "contact_email": by.email}
        return _show(request, slot, BookingForm(initial=known, event=slot.event), by=by, at=at)
    if not access.may_book(request):
        return render(request, "429.html", status=429)
    form = BookingForm(request.POST, event=slot.event)
    if form.is_valid() and not _must_see_sum(form, slot, by=by):
        try:
            made = operations.request(
                slot.pk,
                **form.wish(),
                mail_language=(get_language() or "sv")[:2],
                verified_email=by.email or None,
                code=code_of(form.cleaned_data["token"]),
                by=by,
                at=at,
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return _made(request, made)
    return _show(request, slot, form, by=by, at=at)


def find_slot(pk: int, at: dt.datetime) -> Slot:
    """The slot with its free places; what cannot be booked any more is told by the operation. Raises Http404."""
    slots = Slot.objects.with_places(at).select_related("occasion", "event")
    found = slots.prefetch_related("event__prices").filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


def sum_of(form: Any, slot: Slot) -> int | None:
    """What the tickets on the form cost, in öre; None while none can be told."""
    try:
        return pricing.total(pricing.lines(slot.event.prices.all(), form.tickets()))
    except (Refused, AttributeError):
        return None


def _must_see_sum(form: BookingForm, slot: Slot, *, by: Actor) -> bool:
    ore = sum_of(form, slot)
    return ore is not None and form.must_see(ore, by=by)


def _show(request: HttpRequest, slot: Slot, form: BookingForm, *, by: Actor, at: dt.datetime) -> HttpResponse:
    """The page with the form; nothing that was written is lost."""
    ore = sum_of(form, slot) if form.is_bound else None
    form.show_again(price_ore=ore)
    context = {
        "form": form,
        "slot": slot,
        "occasion": slot.occasion,
        "price_ore": ore,
        "is_proved": bool(by.email) or by.has_capability(TicketBooking.SEEN_BY),
        "why_not": _why_not(slot, by, at),
        "at": at,
    }
    faulty = form.is_bound and bool(form.errors)
    return render(request, "tickets/public/book.html", context, status=422 if faulty else 200)


def _why_not(slot: Slot, by: Actor, at: dt.datetime) -> str:
    """Why the form would be of no use, in words; "" when it is of use."""
    try:
        parties.require_open(slot, by_staff=by.has_capability(TicketBooking.SEEN_BY), at=at)
    except Refused as refused:
        return str(refused)
    return "" if slot.free > 0 else _("It is sold out.")


def _made(request: HttpRequest, made: TicketBooking) -> HttpResponse:
    if made.status == Status.CONFIRMED:
        messages.success(
            request, _("Booked. We have sent a mail to %(email)s.") % {"email": made.contact_email}
        )
    return redirect("tickets:confirm" if made.status == Status.HELD else "tickets:booking", code=made.code)
