"""Finding a course, registering for it, and one's own registration."""

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

from bookings.common import access, own, school_choice
from bookings.common.forms import code_of, new_token
from bookings.common.lines import Line
from bookings.common.models import Status
from bookings.courses import certificates, search
from bookings.courses.forms.registering import RegistrationForm, SearchForm
from bookings.courses.models import Course, Material, Registration, Round
from bookings.courses.operations import registering as operations
from navet.accounts.actor import Actor
from navet.errors import Refused


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """What educators can learn here, and what is free of it."""
    at = timezone.now()
    form = SearchForm(request.GET)
    is_valid = form.is_valid()
    wanted = form.cleaned_data if is_valid else {}
    hits = search.courses(at, field=wanted.get("om", ""), form=wanted.get("skolform", ""))
    context = {"hits": hits if is_valid else [], "form": form, "at": at}
    return render(request, "courses/public/courses.html", context, status=200 if is_valid else 400)


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """One course whole, with its rounds."""
    at = timezone.now()
    found = get_object_or_404(Course.objects.published(), slug=slug)
    rounds = search.rounds(at).filter(course=found)
    return render(request, "courses/public/course.html", {"course": found, "rounds": rounds, "at": at})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one round; an answer to it is a registration, a code to enter, or the form with its reasons."""
    at = timezone.now()
    by = access.actor(request, at=at)
    chosen = find_round(pk, at)
    if request.method != "POST":
        known = {"token": new_token(), "contact_email": by.email, "waiting_list": chosen.free <= 0}
        return _show(request, chosen, RegistrationForm(initial=known), by=by, at=at)
    if not access.may_book(request):
        return render(request, "429.html", status=429)
    form = RegistrationForm(request.POST)
    if form.is_valid() and not form.must_see(_price(form, chosen) or 0, by=by):
        try:
            made = operations.request(
                chosen.pk,
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
    return _show(request, chosen, form, by=by, at=at)


def find_round(pk: int, at: dt.datetime) -> Round:
    """The round with its free places; what cannot be registered for is told by the operation. Raises Http404."""
    found = Round.objects.with_places(at).whole().filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


@require_safe
def registration(request: HttpRequest, line: Line, it: Registration) -> HttpResponse:
    """The registration: whole for its contact and staff, else the least that tells which it is."""
    by = own.owner(request, it)
    if by is None or access.by_mail_link(request, it):
        return own.booking(request, line, it)
    at = timezone.now()
    over = it.status in (Status.CANCELLED, Status.LAPSED)
    context = {
        "booking": it,
        "round": it.round,
        "facts": line.facts(it),
        "may_change": not over and not it.has_begun(at),
        "is_lapsing": it.status == Status.HELD and not it.is_held(at),
        "is_over": certificates.is_over(it.round, at),
        "certificates": certificates.of_registration(it, at) if it.status == Status.CONFIRMED else [],
        "material": Material.objects.shown(it.round, at) if _had_a_place(it) else [],
    }
    return render(request, "courses/public/registration.html", context)


def _had_a_place(it: Registration) -> bool:
    return it.status == Status.CONFIRMED and it.queued_at is None


def _price(form: RegistrationForm, chosen: Round) -> int | None:
    """What the persons on the form cost, in öre; None while school or persons are not known."""
    people = form.cleaned_data.get("participants") if form.is_bound else None
    if not people or form.unit is None:
        return None
    return operations.price_of(chosen, form.unit, len(people))


def _show(
    request: HttpRequest, chosen: Round, form: RegistrationForm, *, by: Actor, at: dt.datetime
) -> HttpResponse:
    """The page with the form; nothing that was written is lost."""
    ore = _price(form, chosen) if form.is_bound else None
    unit, choices = (form.unit, form.choices) if form.is_bound else school_choice.school_of("", "")
    form.show_again(price_ore=ore)
    by_staff = by.has_capability(Registration.SEEN_BY)
    context: dict[str, Any] = {
        "form": form,
        "round": chosen,
        "occasion": chosen.occasion,
        "price_ore": ore,
        "chosen": unit,
        "choices": choices,
        "is_proved": bool(by.email) or by_staff,
        "why_not": _why_not(chosen, by_staff, at),
        "at": at,
    }
    faulty = form.is_bound and bool(form.errors)
    return render(request, "courses/public/register.html", context, status=422 if faulty else 200)


def _why_not(chosen: Round, by_staff: bool, at: dt.datetime) -> str:
    """Why the form would be of no use, in words; "" when it is of use."""
    try:
        operations.require_open(chosen, by_staff=by_staff, at=at)
    except Refused as refused:
        return str(refused)
    return ""


def _made(request: HttpRequest, made: Registration) -> HttpResponse:
    if made.status == Status.CONFIRMED:
        text = _("Registered. We have sent a mail to %(email)s.")
        if made.queued_at is not None:
            text = _("You are on the waiting list. We have sent a mail to %(email)s.")
        messages.success(request, text % {"email": made.contact_email})
    return redirect("courses:confirm" if made.status == Status.HELD else "courses:booking", code=made.code)
