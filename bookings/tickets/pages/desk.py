"""Selling places at the reception to whoever stands there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.common.doors import answer, attempt, form_page
from bookings.tickets.forms.booking import SaleForm
from bookings.tickets.models import Slot, TicketBooking
from bookings.tickets.operations import selling
from bookings.tickets.pages.booking import find_slot
from navet import codes, periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.house.models import Occasion
from navet.pages import formats

seller = staff_page("tickets.sell")
SOON = 40


@require_safe
@seller
def slots(request: HttpRequest) -> HttpResponse:
    """What can be sold now: today's first, then what comes."""
    at = timezone.now()
    coming = Slot.objects.with_places(at).select_related("occasion", "event")
    coming = coming.filter(occasion__period__endswith__gt=at, occasion__status=Occasion.Status.PLANNED)
    today = periods.day_bounds(periods.local_day(at))[1]
    found = list(coming.order_by("occasion__period", "pk")[:SOON])
    context = {
        "today": [slot for slot in found if slot.occasion.starts_at < today],
        "later": [slot for slot in found if slot.occasion.starts_at >= today],
        "at": at,
    }
    return render(request, "tickets/desk/slots.html", context)


@form_page
@seller
def sell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tickets for one slot, at once."""
    at = timezone.now()
    slot = find_slot(pk, at)
    if slot.occasion.ends_at <= at:
        raise Http404
    is_today = periods.local_day(slot.occasion.starts_at) == periods.local_day(at)
    form = SaleForm(request.POST or None, event=slot.event, initial={"check_in": is_today})
    if not is_today:
        del form.fields["check_in"]
    if request.method == "POST" and form.is_valid():
        sold = attempt(form, lambda: _sell(request, slot, form))
        if sold is not None:
            said = {"n": sold.places, "sum": formats.money(sold.price_ore), "code": codes.pretty(sold.code)}
            messages.success(request, _("%(n)s tickets sold, %(sum)s. Booking code %(code)s.") % said)
            return redirect("tickets:desk")
    context: dict[str, Any] = {"slot": slot, "occasion": slot.occasion}
    return answer(request, "tickets/desk/sell.html", form, context)


def _sell(request: HttpRequest, slot: Slot, form: SaleForm) -> TicketBooking:
    """The form's token is the booking's code: sent twice, it is sold once."""
    said = form.cleaned_data
    code = said["token"] if codes.is_code(said["token"]) else codes.new_code()
    check_in = said.get("check_in", False)
    return selling.sell(
        slot.pk,
        tickets=form.tickets(),
        check_in=check_in,
        code=code,
        by=actor.of(request),
        at=timezone.now(),
    )
