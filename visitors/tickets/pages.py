"""What the till is to take, for the desk and for finance; and the prices, for those who set them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from navet import money, periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from navet.pages import exports
from visitors.tickets import audit, booked, kinds, prices, till
from visitors.tickets.forms import DaysForm, PriceForm
from visitors.tickets.models import Price

PRICES = "prices.edit"
SHOWN = 20  # disagreements; more than these are for verify_ledger


@require_GET
@staff_page("till.view")
def to_the_till(request: HttpRequest) -> HttpResponse:
    """The sums of a day or of more; and whether they agree with the ledger."""
    today = periods.local_day(timezone.now())
    form = DaysForm(request.GET)
    first, last = form.days(today)
    sums = till.to_the_till(first, last)
    sums_booked = till.Sums(booked.rows(booked.in_the_reception(first, last)))
    context: dict[str, Any] = {
        "form": form if form.is_bound and form.errors else DaysForm(initial={"fran": first, "till": last}),
        "sums": sums,
        "booked": sums_booked,
        "reception": till.together(sums, sums_booked),
        "card": till.Sums(booked.by_card(first, last)),
        "one_day": first == last,
        "first": first,
        "last": last,
        "may_edit": actor.of(request).has_capability(PRICES),
    }
    if first == last:
        context["disagreements"] = list(audit.disagreements(first))[:SHOWN]
    return render(request, "till/till.html", context, status=400 if form.errors else 200)


@require_GET
@staff_page("till.view")
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The sums by day as a file."""
    form = DaysForm(request.GET)
    if kind not in exports.CONTENT_TYPES or not form.is_valid():
        raise Http404
    first, last = form.days(periods.local_day(timezone.now()))
    heading = [
        _("Day"),
        _("Product"),
        _("Price of one, kronor"),
        _("VAT, per cent"),
        _("Tickets"),
        _("Amount including VAT, kronor"),
        _("Of which VAT, kronor"),
        _("Amount without VAT, kronor"),
        _("Sold"),
    ]
    name = _("To the till %(first)s to %(last)s") % {"first": first, "last": last}
    return exports.download(kind, name=name, heading=heading, rows=_rows(_days(first, last)))


def _days(first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, till.Row | booked.Row, str]]:
    """The desk's keys, then bookings paid in the reception, then what was paid by card: each by day."""
    for day, row in till.days(first, last):
        yield day, row, _("Entry at the desk")
    for of in booked.rows(booked.in_the_reception(first, last), by_day=True):
        yield of.day, of, of.where
    for of in booked.by_card(first, last, by_day=True):
        yield of.day, of, of.where


def _rows(found: Iterable[tuple[dt.date, till.Row | booked.Row, str]]) -> Iterator[list[Any]]:
    for day, row, where in found:
        amounts = (row.amount_ore, row.vat_ore, row.net_ore)
        yield [
            day,
            row.label,
            money.kronor(row.unit_ore),
            Decimal(row.vat_permille) / 10,
            row.tickets,
            *map(money.kronor, amounts),
            where,
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PRICES)
def price_list(request: HttpRequest) -> HttpResponse:
    """The prices, what was and what comes; a new one begins."""
    at = timezone.now()
    asked = {"first_date": periods.local_day(at), "product": request.GET.get("produkt", "")[:16]}
    form, status = PriceForm(initial=asked), 200
    if request.method == "POST":
        form, status = PriceForm(request.POST), 422
        if form.is_valid() and _begun(request, form, at):
            return redirect("till:prices")
    names = kinds.labels()
    place = {product: n for n, product in enumerate(names)}
    found = sorted(Price.objects.order_by("-valid"), key=lambda price: place[price.product])
    context = {"form": form, "prices": [(price, names[price.product]) for price in found], "at": at}
    return render(request, "till/prices.html", context, status=status)


def _begun(request: HttpRequest, form: PriceForm, at: Any) -> bool:
    given = dict(form.cleaned_data)
    given["price_ore"] = given.pop("kronor")
    try:
        price = prices.begin(given.pop("product"), **given, by=actor.of(request), at=at)
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return False
    messages.success(request, _("The price of %(product)s is set.") % {"product": _name(price)})
    return True


def _name(price: Price) -> str:
    return kinds.labels()[price.product]


@require_POST
@staff_page(PRICES)
def end_price(request: HttpRequest, pk: int) -> HttpResponse:
    price = get_object_or_404(Price, pk=pk)
    try:
        prices.end(price, by=actor.of(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The price of %(product)s has ended.") % {"product": _name(price)})
    return redirect("till:prices")
