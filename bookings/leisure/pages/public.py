"""Finding a club, applying for a place or taking one, and the draw as anybody may check it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.common import access
from bookings.common.forms import code_of, new_token
from bookings.common.models import Status
from bookings.leisure import search
from bookings.leisure.forms.enrolling import EnrolmentForm, SearchForm
from bookings.leisure.models import Club, Enrolment, Group
from bookings.leisure.operations import drawing, places
from bookings.leisure.operations import enrolling as operations
from navet.accounts.actor import Actor
from navet.errors import Refused


@require_safe
def clubs(request: HttpRequest) -> HttpResponse:
    """What children can join here, and what is free of it."""
    at = timezone.now()
    form = SearchForm(request.GET)
    is_valid = form.is_valid()
    wanted = form.cleaned_data if is_valid else {}
    hits = search.clubs(at, kind=wanted.get("sort", ""), age=wanted.get("alder"))
    kinds = [
        (label, [hit for hit in hits if is_valid and hit.club.kind == kind])
        for kind, label in ((Club.Kind.CLUB, _("Clubs")), (Club.Kind.CAMP, _("Camps")))
    ]
    context = {"kinds": [one for one in kinds if one[1]], "form": form, "at": at}
    return render(request, "leisure/public/clubs.html", context, status=200 if is_valid else 400)


@require_safe
def club(request: HttpRequest, slug: str) -> HttpResponse:
    """One club whole, with its groups."""
    at = timezone.now()
    found = get_object_or_404(Club.objects.published(), slug=slug)
    groups = search.groups(at).filter(club=found)
    return render(request, "leisure/public/club.html", {"club": found, "groups": groups, "at": at})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one group; an answer to it is an enrolment, a code to enter, or the form with its reasons."""
    at = timezone.now()
    by = access.actor(request, at=at)
    group = find_group(pk, at)
    if request.method != "POST":
        known = {
            "token": new_token(),
            "contact_email": by.email,
            "shown_price": places.fee_of(group, at),  # beside the button
            **_of_a_sibling(group, request.GET.get("syskon", ""), by),
        }
        return _show(request, group, EnrolmentForm(initial=known, group=group), by=by, at=at)
    if not access.may_book(request):
        return render(request, "429.html", status=429)
    form = EnrolmentForm(request.POST, group=group)
    if form.is_valid() and not form.must_see(places.fee_of(group, at), by=by):
        try:
            made = operations.request(
                group.pk,
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
    return _show(request, group, form, by=by, at=at)


def _of_a_sibling(group: Group, code: str, by: Actor) -> dict[str, Any]:
    """What the guardian wrote of herself when she enrolled a child in this group; nothing for anybody else."""
    hers = Enrolment.objects.filter(group=group, contact_email=by.email, code=code[:20]) if by.email else None
    found = hers.first() if hers is not None else None
    names = (
        "contact_name",
        "contact_phone",
        "emergency_name",
        "emergency_phone",
        "municipality",
        "with_siblings",
    )
    return {name: getattr(found, name) for name in names} if found is not None else {}


@require_safe
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """How the places of a group are drawn: before it what was promised, after it all that it was made of."""
    at = timezone.now()
    group = find_group(pk, at)
    if group.closes_at is None:
        raise Http404
    held = group.draw if group.has_drawn() else None
    context: dict[str, Any] = {
        "group": group,
        "occasion": group.occasion,
        "held": held,
        "exchanges": group.exchanges.all(),
        "is_seed_lost": drawing.is_seed_lost(group),
    }
    if held is not None:
        placed = {ticket for tickets in held.placed for ticket in tickets}
        context["parties"] = [
            {
                **party,
                "is_placed": party["tickets"][0] in placed,
                "position": _position(held, party["tickets"]),
            }
            for party in held.parties
        ]
        context["some_continue"] = any(party["continues"] for party in held.parties)
        context["agrees"] = drawing.agrees(held)
    return render(request, "leisure/public/draw.html", context)


@require_safe
def draw_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the draw was made of, for `manage.py rerun_draw --file` or a program of one's own."""
    group = find_group(pk, timezone.now())
    if not group.has_drawn():
        raise Http404
    held = group.draw
    said = {
        "seed": held.seed,
        "commitment": group.seed_sha256,
        "places": held.places,
        "parties": held.parties,
        "placed": held.placed,
        "waiting": held.waiting,
    }
    answer = JsonResponse(said, json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="lottning-{group.pk}.json"'
    return answer


def find_group(pk: int, at: dt.datetime) -> Group:
    """The group with its free places; what cannot be applied for is told by the operation. Raises Http404."""
    found = Group.objects.with_places(at).whole().filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


def _position(held: Any, tickets: list[int]) -> int:
    """Which in the queue; 0 for whoever got a place."""
    return held.waiting.index(tickets) + 1 if tickets in held.waiting else 0


def _show(
    request: HttpRequest, group: Group, form: EnrolmentForm, *, by: Actor, at: dt.datetime
) -> HttpResponse:
    """The page with the form; nothing that was written is lost."""
    ore = places.fee_of(group, at)
    form.show_again(price_ore=ore)
    by_staff = by.has_capability(Enrolment.SEEN_BY)
    context = {
        "form": form,
        "group": group,
        "occasion": group.occasion,
        "price_ore": ore,
        "is_proved": bool(by.email) or by_staff,
        "why_not": _why_not(group, by_staff, at),
        "in_window": group.in_window(at),
    }
    faulty = form.is_bound and bool(form.errors)
    return render(request, "leisure/public/enrol.html", context, status=422 if faulty else 200)


def _why_not(group: Group, by_staff: bool, at: dt.datetime) -> str:
    """Why the form would be of no use, in words; "" when it is of use."""
    try:
        operations.require_open(group, by_staff=by_staff, at=at)
    except Refused as refused:
        return str(refused)
    return ""


def _made(request: HttpRequest, made: Enrolment) -> HttpResponse:
    if made.status == Status.CONFIRMED:
        said = _("Received. We have sent a mail to %(email)s.") % {"email": made.contact_email}
        messages.success(request, said)
    return redirect("leisure:confirm" if made.status == Status.HELD else "leisure:booking", code=made.code)
