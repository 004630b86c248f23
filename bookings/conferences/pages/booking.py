"""`/konferens/`: what the house offers, what is free, and a conference configured, priced and asked for."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.common import access
from bookings.common.dates import DateField
from bookings.conferences import availability
from bookings.conferences.forms.booking import ConferenceForm, GuestForm
from bookings.conferences.models import AddOn, ConferencePackage, Reservation, Status
from bookings.conferences.pages import asking
from bookings.conferences.price_list import PriceList
from navet import periods

WEEK = dt.timedelta(days=6)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Rooms with their prices, packages and add-ons, and a week of what is free."""
    at = timezone.now()
    today = periods.local_day(at)
    monday = _monday(request, today)
    offers, parts = availability.offers(), availability.parts()
    squares = availability.squares(offers, parts, first=monday, last=monday + WEEK, at=at)
    packages = ConferencePackage.objects.published().prefetch_related("prices").order_by("title_sv")
    add_ons = AddOn.objects.published().prefetch_related("prices").order_by("kind", "title_sv")
    prices = PriceList.of(today)
    context = {
        "offers": [(one, prices.of_room(one.price_on(today)), one.room.furnishings.all()) for one in offers],
        "packages": prices.of_things(packages),
        "add_ons": prices.of_things(add_ons),
        "days": list(periods.dates(monday, monday + WEEK + dt.timedelta(days=1))),
        "rows": _rows(squares, len(parts)),
        "before": monday - dt.timedelta(days=7) if monday > today else None,
        "after": monday + dt.timedelta(days=7),
    }
    return render(request, "conferences/start.html", context)


def _monday(request: HttpRequest, today: dt.date) -> dt.date:
    """Of the week asked for; this one for anything that is no date."""
    try:
        day = DateField().clean(request.GET.get("vecka") or today.isoformat())
    except ValidationError:
        day = today
    day = max(day or today, today)
    return day - dt.timedelta(days=day.weekday())


def _rows(
    squares: list[availability.Square], parts: int
) -> list[tuple[Any, list[list[availability.Square]]]]:
    """A row for each room, a cell for each day, the day's parts in it."""
    a_week = 7 * parts
    by_room = [squares[n : n + a_week] for n in range(0, len(squares), a_week or 1)]
    return [(row[0].offer, [row[n : n + parts] for n in range(0, a_week, parts)]) for row in by_room]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest) -> HttpResponse:
    """The conference as it is chosen, with its price; sent, it is asked for."""
    at = timezone.now()
    by = access.actor(request, at=at)
    begins = {"contact_email": by.email, "asked": "book"}
    asked = asking.read(request, GuestForm, begins=begins, by=by, at=at)
    if asked.is_sent:
        if not access.may_book(request):
            return render(request, "429.html", status=429)
        made = asked.request((get_language() or "sv")[:2], verified_email=by.email or None)
        if made is not None:
            return redirect(
                "conferences:confirm" if made.status == Status.HELD else "conferences:booking", code=made.code
            )
    is_proved = bool(by.email) or by.has_capability(Reservation.SEEN_BY)
    return asked.show("conferences/book.html", is_proved=is_proved)


@require_POST
def price(request: HttpRequest) -> HttpResponse:
    """The price of what is chosen, and what of it is taken, for htmx."""
    at = timezone.now()
    by = access.actor(request, at=at)
    return render(
        request, "conferences/_price.html", asking.priced(ConferenceForm(request.POST), by=by, at=at)
    )
