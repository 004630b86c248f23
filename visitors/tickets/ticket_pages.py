"""The desk's tickets, for those who set prices: what there is, a new one, and one's key and days."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from visitors.tickets import kinds, prices
from visitors.tickets.forms import ChangeForm, TicketForm
from visitors.tickets.models import Price, TicketKind
from visitors.tickets.pages import PRICES


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PRICES)
def ticket_list(request: HttpRequest) -> HttpResponse:
    """Every ticket in the order of the keys, with its price of the moment; a new one is added."""
    at = timezone.now()
    today = periods.local_day(at)
    form, status = TicketForm(initial={"first_date": today}), 200
    if request.method == "POST":
        form, status = TicketForm(request.POST), 422
        if form.is_valid() and (made := _added(request, form, at)):
            return redirect("till:ticket", made.code)
    costs = prices.now(at)
    context = {
        "form": form,
        "tickets": [(kind, costs.get(kind.code)) for kind in TicketKind.objects.in_order()],
        "today": today,
    }
    return render(request, "till/tickets.html", context, status=status)


def _added(request: HttpRequest, form: TicketForm, at: dt.datetime) -> TicketKind | None:
    try:
        made = kinds.add(**form.terms(), by=actor.of(request), at=at)
    except Refused as refused:
        field = form.party_fields[0].name if refused.field == "party" else refused.field
        form.add_error(field, str(refused))
        return None
    messages.success(request, _("%(ticket)s is added. Set its price.") % {"ticket": made.name})
    return made


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PRICES)
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """One ticket: whom it admits, its prices, its name with those before it, its key and its days."""
    kind, at = get_object_or_404(TicketKind, code=code), timezone.now()
    now = {name: getattr(kind, name) for name in ("name_sv", "name_en", "position", "has_key", "last_date")}
    form, status = ChangeForm(initial=now), 200
    if request.method == "POST":
        form, status = ChangeForm(request.POST), 422
        if form.is_valid() and _changed(request, kind, form, at):
            return redirect("till:tickets")
    found = Price.objects.filter(product=kind.code).order_by("-valid")
    context = {"kind": kind, "form": form, "prices": found, "earlier": kinds.earlier_names(kind)}
    return render(request, "till/ticket.html", context, status=status)


def _changed(request: HttpRequest, kind: TicketKind, form: ChangeForm, at: dt.datetime) -> bool:
    try:
        changed = kinds.change(kind, **form.cleaned_data, by=actor.of(request), at=at)
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return False
    messages.success(request, _("%(ticket)s is changed.") % {"ticket": changed.name})
    return True
