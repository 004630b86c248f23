"""The reception's pages. Everything works by form and redirect; htmx swaps the parts that change."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from navet import codes, periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from visitors import day_list, limits, operations, search, taps, walk_ins
from visitors.day_list import Party
from visitors.forms import CheckInForm, DayForm, WalkInForm
from visitors.models import Arrival, Category, Visit
from visitors.tickets import till, words

RECENT = 6


@require_GET
@staff_page("arrivals.view")
def reception(request: HttpRequest) -> HttpResponse:
    """The day: who is expected, who is here; `dag` another day, `sok` words, a code, or the address behind a QR."""
    at = timezone.now()
    form = DayForm(request.GET)
    text = form.cleaned_data.get("sok", "") if form.is_valid() else ""
    code = search.code_in(text) if text else None
    if code and day_list.party(code, at=at):
        return _go(request, "visitors:party", code)
    if code and codes.has_check(code):  # an annual pass, or what was meant as one
        return _go(request, "till:pass", code)
    if request.headers.get("HX-Request") and request.GET.get("del") == "besok":
        return _walked(request, at)
    context = _day(request, form, at) | _house(request, at)
    if request.headers.get("HX-Request"):
        return render(request, "visitors/parts/refresh.html", context)
    return render(request, "visitors/reception.html", context | {"walk_in": WalkInForm(auto_id="walk_%s")})


@require_GET
@staff_page("arrivals.view")
def printed(request: HttpRequest) -> HttpResponse:
    """The day on paper."""
    at = timezone.now()
    day = DayForm(request.GET).day(periods.local_day(at))
    context = {"day": day, "parties": day_list.parties(day, at=at), "at": at}
    return render(request, "visitors/printed.html", context)


@require_GET
@staff_page("arrivals.view")
def party(request: HttpRequest, code: str) -> HttpResponse:
    at = timezone.now()
    return _party(request, _found(code, at))


@require_POST
@staff_page("desk.check_in")
def check_in(request: HttpRequest, code: str) -> HttpResponse:
    at = timezone.now()
    found, form = _found(code, at), CheckInForm(request.POST)
    if not form.is_valid():
        return _party(request, found, form, status=400)
    heads = {name: form.cleaned_data[name] for name in ("participants", "adults")}

    def receive() -> None:
        operations.check_in(found.arrival, **heads, by=actor.of(request), at=at)

    try:
        taps.once(request, form.cleaned_data["token"], receive)
    except Refused as refused:
        if request.headers.get("HX-Request"):
            messages.error(request, f"{found.arrival.label}: {refused}")
            return _refreshed(request, at)
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _party(request, found, form, status=refused.status)
    messages.success(request, _checked_in(found, heads))
    return _back(request, found, at)


def _checked_in(found: Party, heads: dict[str, int]) -> str:
    words = _("%(who)s is checked in: %(participants)s participants, %(adults)s adults.")
    return words % {"who": found.arrival.label, **heads}


@require_POST
@staff_page("desk.check_in")
def undo_check_in(request: HttpRequest, code: str) -> HttpResponse:
    at = timezone.now()
    found = _found(code, at)
    if found.check_in is None:
        messages.info(request, _("%(who)s is not checked in.") % {"who": found.arrival.label})
        return _back(request, found, at)
    try:
        operations.undo_check_in(found.check_in, by=actor.of(request), at=at)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The check-in of %(who)s is undone.") % {"who": found.arrival.label})
    return _back(request, found, at)


@require_POST
@staff_page("desk.walk_in")
def walk_in(request: HttpRequest) -> HttpResponse:
    """One tap: so many tickets of a kind, or visitors of a category, came in."""
    at = timezone.now()
    form = WalkInForm(request.POST, auto_id="walk_%s")
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return _walked(request, at)
    code, count, is_ticket = form.tap()
    record = operations.record_tickets if is_ticket else operations.record_walk_in
    # Two keys tapped on one showing of the form are two taps; one key tapped twice is one.
    token = form.cleaned_data["token"] and f"{form.cleaned_data['token']} {code} {count}"
    made: list[Visit] = []

    def count_in() -> None:
        made.append(record(code, count, by=actor.of(request), at=at))

    try:
        taps.once(request, token, count_in)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        for visit in made:
            what, _many = words.of_tap(visit)
            messages.success(request, f"{what}: +{count}. {words.of_entry(visit)}".strip())
    return _walked(request, at)


@require_POST
@staff_page("desk.walk_in")
def undo_walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    visit = get_object_or_404(Visit.objects.select_related("ticket__kind"), pk=pk)
    try:
        taken_back = operations.undo_walk_in(visit, by=actor.of(request), at=at)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        what, many = words.of_tap(visit)
        messages.success(request, f"{what}: −{many}. {words.of_entry(taken_back)}".strip())
    return _walked(request, at)


def _found(code: str, at: dt.datetime) -> Party:
    found = day_list.party(codes.normalise(code), at=at)
    if found is None:
        raise Http404
    return found


def _party(
    request: HttpRequest, found: Party, form: CheckInForm | None = None, *, status: int = 200
) -> HttpResponse:
    expected = {
        "participants": found.arrival.expected_participants,
        "adults": found.arrival.expected_adults,
    }
    context = {
        "party": found,
        "form": form or CheckInForm(initial=expected),
        "can_check_in": actor.of(request).has_capability("desk.check_in"),
    }
    return render(request, "visitors/party.html", context, status=status)


def _day(request: HttpRequest, form: DayForm, at: dt.datetime) -> dict[str, Any]:
    """What the list needs; five queries, six for a search."""
    today = periods.local_day(at)
    day = form.day(today)
    text = form.cleaned_data.get("sok", "") if form.is_valid() else ""
    arrivals = Arrival.objects.on_day(day)
    if text:
        arrivals = search.narrowed(arrivals, text)
    shown = day_list.shown(arrivals, page=form.data.get("sida"), at=at)
    return {
        "day": day,
        "today": today,
        "day_before": day - dt.timedelta(days=1),
        "day_after": day + dt.timedelta(days=1),
        "is_today": day == today,
        "text": text,
        "day_errors": form.errors.get("dag"),
        "shown": shown,
        "parties": shown.parties,
        "can_check_in": actor.of(request).has_capability("desk.check_in"),
        "token": codes.new_code(),
    }


def _house(request: HttpRequest, at: dt.datetime) -> dict[str, Any]:
    """Who is in the house, who is coming, and the latest walk-ins and the sum for the till; six queries."""
    here = walk_ins.house_now(at=at)
    by = actor.of(request)
    recent = walk_ins.recent(at=at, limit=RECENT)
    return {
        "here": [(category, Category(category).label, count) for category, count in here.items()],
        "heads": sum(here.values()),
        "standing": limits.standing(at=at, heads=sum(here.values())),
        "can_list_house": by.has_capability("house.safety"),
        "soon": day_list.expected_within(1, at=at),
        "recent": [(visit, *words.of_tap(visit)) for visit in recent],
        "keys": words.keys(at),
        "till_sum": till.sum_of(periods.local_day(at)),
        "can_manage_passes": by.has_capability("passes.manage"),
        "can_see_till": by.has_capability("till.view"),
        "can_walk_in": by.has_capability("desk.walk_in"),
    }


def _go(request: HttpRequest, name: str, *args: Any) -> HttpResponse:
    """Redirect, whether the browser or htmx asked."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": reverse(name, args=args)})
    return redirect(name, *args)


def _back(request: HttpRequest, found: Party, at: dt.datetime) -> HttpResponse:
    """To the list, at the party."""
    if request.headers.get("HX-Request"):
        return _refreshed(request, at)
    return redirect(f"{reverse('visitors:reception')}#p{found.arrival.code}")


def _refreshed(request: HttpRequest, at: dt.datetime) -> HttpResponse:
    context = _day(request, DayForm(request.POST), at) | _house(request, at) | {"with_messages": True}
    return render(request, "visitors/parts/refresh.html", context)


def _walked(request: HttpRequest, at: dt.datetime) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('visitors:reception')}#walk-ins")
    context = _house(request, at) | {"walk_in": WalkInForm(auto_id="walk_%s"), "with_messages": True}
    return render(request, "visitors/parts/walked.html", context)
