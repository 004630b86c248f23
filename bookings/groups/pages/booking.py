"""Finding a package and a free time, and booking it."""

import datetime as dt
import itertools
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
from bookings.groups import times
from bookings.groups.forms.booking import BookingForm, MonthForm, TimeForm
from bookings.groups.models import GroupBooking, GroupKind, GroupPackage
from bookings.groups.operations import booking as operations
from navet import periods
from navet.accounts.actor import Actor
from navet.errors import Refused

SHOWN = dt.timedelta(days=28)


@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    """What groups can come for, by kind."""
    found = GroupPackage.objects.published().prefetch_related("prices").order_by("kind", "title_sv")
    by_kind = {kind: list(some) for kind, some in itertools.groupby(found, lambda one: one.kind)}
    today = periods.local_day(timezone.now())
    kinds = [
        (kind, GroupKind(kind).label, [(one, one.price_on(today)) for one in by_kind[kind]])
        for kind in GroupKind.values
        if kind in by_kind
    ]
    return render(request, "groups/public/packages.html", {"kinds": kinds})


@require_safe
def package(request: HttpRequest, slug: str) -> HttpResponse:
    """One package whole, with the times of four weeks that are free now."""
    at = timezone.now()
    found = get_object_or_404(GroupPackage.objects.published().whole(), slug=slug)
    soonest, latest = times.bookable_days(found, at)
    form = MonthForm(request.GET)
    asked = form.cleaned_data["fran"] if form.is_valid() else None
    first = min(max(asked or soonest, soonest), latest)
    last = min(first + SHOWN - dt.timedelta(days=1), latest)
    offered = times.offered(found, first, last, at=at)
    context = {
        "package": found,
        "form": form,
        "days": _by_day(offered),
        "price": found.price_on(first),
        "first": first,
        "last": last,
        "before": max(first - SHOWN, soonest) if first > soonest else None,
        "after": last + dt.timedelta(days=1) if last < latest else None,
        "at": at,
    }
    return render(request, "groups/public/package.html", context, status=200 if form.is_valid() else 400)


def _by_day(offered: list[times.Time]) -> list[tuple[dt.date, list[times.Time]]]:
    """Days with something free, each with all its times."""
    days = itertools.groupby(offered, lambda time: periods.local_day(time.starts_at))
    listed = [(day, list(some)) for day, some in days]
    return [(day, some) for day, some in listed if any(time.is_free for time in some)]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for one time (?tid=); an answer to it is a booking, a code to enter, or the form with its reasons."""
    at = timezone.now()
    by = access.actor(request, at=at)
    package = find_package(slug, by)
    chosen = TimeForm(request.GET)
    if not chosen.is_valid():
        return redirect("groups:package", slug=package.slug)
    starts_at = chosen.cleaned_data["tid"]
    if request.method != "POST":
        known = {"token": new_token(), "contact_email": by.email}
        return _show(request, package, starts_at, BookingForm(initial=known, package=package), by=by, at=at)
    if not access.may_book(request):
        return render(request, "429.html", status=429)
    form = BookingForm(request.POST, package=package)
    made = None
    if form.is_valid() and not _must_see_price(form, package, starts_at, by=by):
        made = _request(request, package, starts_at, form, by=by, at=at)
    if made is None:
        return _show(request, package, starts_at, form, by=by, at=at)
    if made.status == Status.CONFIRMED:
        said = _("Booked. We have sent a mail to %(email)s.") % {"email": made.contact_email}
        messages.success(request, said)
    return redirect("groups:confirm" if made.status == Status.HELD else "groups:booking", code=made.code)


def find_package(slug: str, by: Actor) -> GroupPackage:
    """A published package; staff find the others too. Raises Http404."""
    found = GroupPackage.objects.whole().filter(slug=slug).first()
    if found is None or not (found.is_published or by.has_capability(GroupBooking.SEEN_BY)):
        raise Http404
    return found


def _request(
    request: HttpRequest,
    package: GroupPackage,
    starts_at: dt.datetime,
    form: BookingForm,
    *,
    by: Actor,
    at: dt.datetime,
) -> GroupBooking | None:
    """The booking, or None with the refusal on the form."""
    try:
        return operations.request(
            package.slug,
            starts_at=starts_at,
            **form.wish(),
            mail_language=(get_language() or "sv")[:2],
            verified_email=by.email or None,
            code=code_of(form.cleaned_data["token"]),
            by=by,
            at=at,
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        form.nearest = [dt.datetime.fromisoformat(one) for one in refused.extra.get("nearest", [])]
    return None


def _price(form: BookingForm, package: GroupPackage, starts_at: dt.datetime) -> int | None:
    """What it costs, in öre; None while the number is not known."""
    price = package.price_on(periods.local_day(starts_at))
    heads = form.cleaned_data.get("heads") if form.is_bound and hasattr(form, "cleaned_data") else None
    return price.of(heads) if price and heads else None


def _must_see_price(form: BookingForm, package: GroupPackage, starts_at: dt.datetime, *, by: Actor) -> bool:
    ore = _price(form, package, starts_at)
    return ore is not None and form.must_see(ore, by=by)


def _show(
    request: HttpRequest,
    package: GroupPackage,
    starts_at: dt.datetime,
    form: BookingForm,
    *,
    by: Actor,
    at: dt.datetime,
) -> HttpResponse:
    """The page with the form; nothing that was written is lost."""
    ore = _price(form, package, starts_at)
    form.show_again(price_ore=ore)
    context: dict[str, Any] = {
        "form": form,
        "package": package,
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(minutes=package.length_minutes),
        "price": package.price_on(periods.local_day(starts_at)),
        "price_ore": ore,
        "is_proved": bool(by.email) or by.has_capability(GroupBooking.SEEN_BY),
    }
    faulty = form.is_bound and bool(form.errors)
    return render(request, "groups/public/book.html", context, status=422 if faulty else 200)
