"""The bookings and the card payments behind the till's sums of them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from navet import periods
from navet.accounts.doors import staff_page
from visitors.tickets import booked
from visitors.tickets.forms import BookedForm, CardForm, DaysForm

A_PAGE = 100


@require_GET
@staff_page("till.view")
def bookings(request: HttpRequest) -> HttpResponse:
    """Each booking that was paid in the reception, by kind of ticket; they add up to the sum that was followed here."""
    form = BookedForm(request.GET)
    if not form.is_valid():
        return render(request, "till/booked_lines.html", {"form": form}, status=400)
    first, last = _days(form)
    found = [one for one in booked.in_the_reception(first, last) if _is_asked_for(one, form.cleaned_data)]
    found.sort(key=lambda one: (one.day, one.code))
    return render(request, "till/booked_lines.html", _context(request, found, first, last))


@require_GET
@staff_page("till.view")
def card(request: HttpRequest) -> HttpResponse:
    """Each movement at Stripe, and each change of an order that was paid there."""
    form = CardForm(request.GET)
    if not form.is_valid():
        return render(request, "till/card_lines.html", {"form": form}, status=400)
    first, last = _days(form)
    kind, rate = form.cleaned_data["slag"], form.cleaned_data["moms"]
    found = [
        part
        for part in booked.card_parts(first, last)
        if kind in ("", part.booked) and rate in (None, part.vat_permille)
    ]
    return render(request, "till/card_lines.html", _context(request, found, first, last))


def _days(form: DaysForm) -> tuple[dt.date, dt.date]:
    return form.days(periods.local_day(timezone.now()))


def _is_asked_for(one: booked.Taken, asked: dict[str, Any]) -> bool:
    return (
        asked["produkt"] in ("", one.label)
        and asked["var"] in ("", one.booked)
        and asked["pris"] in (None, one.unit_ore)
        and asked["moms"] in (None, one.vat_permille)
    )


def _context(request: HttpRequest, found: Sequence[Any], first: dt.date, last: dt.date) -> dict[str, Any]:
    return {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "rows": len(found),
        "ore": sum(one.amount_ore for one in found),
        "first": first,
        "last": last,
    }
