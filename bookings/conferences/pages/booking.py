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
from bookings.common.forms import code_of, new_token
from bookings.conferences import availability, shown
from bookings.conferences.forms.booking import ConferenceForm, GuestForm
from bookings.conferences.models import AddOn, ConferencePackage, Reservation, Status
from bookings.conferences.operations import choosing, reserving, taking
from navet import periods
from navet.accounts.actor import Actor
from navet.errors import Refused

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
    context = {
        "offers": [(one, one.price_on(today), one.room.furnishings.all()) for one in offers],
        "packages": [(one, one.price_on(today)) for one in packages],
        "add_ons": [(one, one.price_on(today)) for one in add_ons],
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
    if request.method != "POST":
        chosen: dict[str, Any] = {
            name: request.GET[name] for name in ("date", "part", "furnishing") if name in request.GET
        }
        chosen |= {"persons": request.GET.get("persons", "20"), "rooms": request.GET.getlist("rooms")}
        guest = GuestForm(initial={"token": new_token(), "contact_email": by.email, "asked": "book"})
        return _show(request, ConferenceForm(initial=chosen), guest, by=by, at=at)
    form = ConferenceForm(request.POST)
    if "recalculate" in request.POST:
        said = {name: request.POST.get(name, "") for name in GuestForm.base_fields}
        return _show(
            request, form, GuestForm(initial=said | {"token": said["token"] or new_token()}), by=by, at=at
        )
    if not access.may_book(request):
        return render(request, "429.html", status=429)
    guest = GuestForm(request.POST)
    if all([form.is_valid(), guest.is_valid()]):
        made = _request(form, guest, by=by, at=at)
        if made is not None:
            return redirect(
                "conferences:confirm" if made.status == Status.HELD else "conferences:booking", code=made.code
            )
    return _show(request, form, guest, by=by, at=at)


@require_POST
def price(request: HttpRequest) -> HttpResponse:
    """The price of what is chosen, for htmx."""
    form = ConferenceForm(request.POST)
    by, at = access.actor(request, at=timezone.now()), timezone.now()
    return render(request, "conferences/_price.html", _priced(form, by=by, at=at))


def _request(form: ConferenceForm, guest: GuestForm, *, by: Actor, at: dt.datetime) -> Reservation | None:
    """The reservation, or None with the refusal on the form it concerns."""
    said = guest.cleaned_data
    language = (get_language() or "sv")[:2]
    try:
        return reserving.request(
            form.wish(said["title"]),
            asked=said["asked"],
            customer=guest.customer(language),
            settlement=said["settlement"],
            verified_email=by.email or None,
            code=code_of(said["token"]),
            by=by,
            at=at,
        )
    except Refused as refused:
        concerned = form if refused.field in form.fields else guest
        concerned.add_error(refused.field if refused.field in concerned.fields else None, str(refused))
    return None


def _priced(form: ConferenceForm, *, by: Actor, at: dt.datetime) -> dict[str, Any]:
    """The price, and whether it is free; or why there is none."""
    if not form.is_bound or not form.is_valid():
        return {"price": None, "why": ""}
    try:
        choice = choosing.choose(form.wish(), by=by, at=at)
        found = shown.price(choice)
    except Refused as refused:
        return {"price": None, "why": str(refused)}
    try:
        taking.seats(choice, at=at)
    except Refused as refused:
        return {"price": found, "why": str(refused)}
    return {"price": found, "why": "", "is_free": True, "suggested": _suggested(form)}


def _suggested(form: ConferenceForm) -> list[AddOn]:
    """Experiences that fit the size and the part of the day and are not chosen yet."""
    said = form.cleaned_data
    part = next(one for one in availability.parts() if one.slug == said["part"])
    found = AddOn.objects.published().filter(kind="experience").exclude(slug__in=said["add_ons"])
    return [one for one in found.order_by("title_sv") if one.fits(said["persons"], part.kind)][:3]


def _show(
    request: HttpRequest, form: ConferenceForm, guest: GuestForm, *, by: Actor, at: dt.datetime
) -> HttpResponse:
    """The page; nothing that was written is lost."""
    context = {
        "form": form,
        "guest": guest,
        "is_proved": bool(by.email) or by.has_capability(Reservation.SEEN_BY),
        **_priced(form, by=by, at=at),
    }
    faulty = guest.is_bound and bool(form.errors or guest.errors)
    return render(request, "conferences/book.html", context, status=422 if faulty else 200)
