"""The booking form: one page, its typing help and its price."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.common import school_choice
from bookings.common.forms import code_of, new_token
from bookings.schools import access, search, terms
from bookings.schools.forms import booking as forms
from bookings.schools.forms.fields import MOST_PUPILS
from bookings.schools.models import SchoolBooking, Session, SessionQuerySet
from bookings.schools.operations import booking, parties, refusals
from navet.accounts.actor import Actor
from navet.directory.models import SchoolUnit
from navet.errors import Refused

Status = SchoolBooking.Status


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one session; an answer to it is a booking, a code to enter, or the form with its reasons."""
    at = timezone.now()
    by = access.actor(request, at=at)
    session = _session(pk, at)
    may_override = by.has_capability(parties.OVERRIDE)
    if request.method != "POST":
        form = forms.BookingForm(
            initial={**_known(request, by), "waiting_list": session.free_places == 0},
            session=session,
            at=at,
            may_override=may_override,
        )
        return _show(request, session, form, by=by, at=at)
    if not access.may_book(request):
        return render(request, "429.html", status=429)
    form = forms.BookingForm(request.POST, session=session, at=at, may_override=may_override)
    if not form.is_valid() or _must_see_price(form, session, by=by):
        return _show(request, session, form, by=by, at=at)
    try:
        made = booking.request(
            session.pk,
            **form.wish(),
            mail_language=(get_language() or "sv")[:2],
            verified_email=by.email or None,
            code=code_of(form.cleaned_data["token"]),
            by=by,
            at=at,
        )
    except Refused as refused:
        return _sent_before(form) or _refused(request, session, form, refused, by=by, at=at)
    return _made(request, made)


@never_cache
@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """The schools a text may mean, as choices for the form."""
    unit, meant = school_choice.school_of("", request.GET.get("school_text", "")[:80])
    return render(request, "bookings/_schools.html", {"choices": meant, "chosen": unit, "asked": True})


@never_cache
@require_POST
def price(request: HttpRequest, pk: int) -> HttpResponse:
    """What the visit would cost, and what cancelling it would; the invoice reference where one is needed."""
    at = timezone.now()
    session = _session(pk, at)
    kept = {"invoice_reference": request.POST.get("invoice_reference", "")[:60]}
    form = forms.BookingForm(initial=kept, session=session, at=at)  # nothing is sent yet, so nothing is wrong
    unit, _choices = school_choice.school_of(
        request.POST.get("school", "")[:20], request.POST.get("school_text", "")[:80]
    )
    shown = _price(session, unit, _pupils(request.POST.get("pupils", "")), at)
    form.fields["invoice_reference"].required = shown["pays"]
    return render(
        request, "schools/booking/_price.html", {"form": form, "session": session, **shown, "live": True}
    )


def _session(pk: int, at: dt.datetime) -> Session:
    """The session with its free places; what cannot be booked any more is told by the operation."""
    sessions: SessionQuerySet | QuerySet[Session] = search.with_free(Session.objects.all(), at)
    found = sessions.select_related("occasion", "programme").filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


def _known(request: HttpRequest, by: Actor) -> dict[str, Any]:
    """What need not be asked again: the search's grade and pupils, and who proved her address booked as last time."""
    known: dict[str, Any] = {"token": new_token()}
    for name, parameter in (("grade", "arskurs"), ("pupils", "elever")):
        known[name] = request.GET.get(parameter, "")[:4]
    if by.email:
        known["contact_email"] = by.email
        last = (
            SchoolBooking.objects.filter(contact_email=by.email)
            .select_related("school")
            .order_by("-pk")
            .first()
        )
        if last is not None:
            known |= {"contact_name": last.contact_name, "contact_phone": last.contact_phone}
            known |= {"school": str(last.school_id), "school_text": last.school.name}
    return known


def _show(
    request: HttpRequest,
    session: Session,
    form: forms.BookingForm,
    *,
    by: Actor,
    at: dt.datetime,
    **more: Any,
) -> HttpResponse:
    """The page with the form; nothing that was written is lost."""
    unit, choices = _school_shown(form)
    shown = _price(session, unit, _pupils(str(form["pupils"].value() or "")), at)
    form.show_again(price="" if shown["price_ore"] is None else str(shown["price_ore"]))
    form.fields["invoice_reference"].required = shown["pays"]  # as the operation wants it, said beforehand
    context = {
        "form": form,
        "session": session,
        "choices": choices,
        "chosen": unit,
        "is_proved": bool(by.email) or by.has_capability(parties.BOOK_FOR),
        "is_full": session.free_places == 0,
        "can_book": _can_be_booked(session, by, at),
        "at": at,
        **shown,
        **more,
    }
    faulty = form.is_bound and bool(form.errors)
    return render(request, "schools/booking/book.html", context, status=422 if faulty else 200)


def _school_shown(form: forms.BookingForm) -> tuple[SchoolUnit | None, list[SchoolUnit]]:
    if form.is_bound and hasattr(form, "unit"):
        return form.unit, form.choices
    return school_choice.school_of(str(form["school"].value() or ""), str(form["school_text"].value() or ""))


def _price(session: Session, unit: SchoolUnit | None, pupils: int | None, at: dt.datetime) -> dict[str, Any]:
    """`price_ore` None while school or number of pupils are not known; `terms` as soon as the pupils are."""
    if pupils is None:
        return {"price_ore": None, "terms": None, "pays": False}
    conditions = terms.before_booking(session.programme, session.occasion.starts_at, pupils=pupils, at=at)
    if unit is None:
        return {"price_ore": None, "terms": conditions, "pays": False}
    ore = parties.price_of(session.programme, unit, session.occasion, pupils)
    return {"price_ore": ore, "terms": conditions, "pays": ore > 0, "chosen": unit, "pupils": pupils}


def _pupils(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST_PUPILS else None


def _can_be_booked(session: Session, by: Actor, at: dt.datetime) -> str:
    """Why the form would be of no use, in words; "" when it is of use."""
    try:
        parties.require_open(session, override=by.has_capability(parties.OVERRIDE), at=at)
    except Refused as refused:
        return str(refused)
    return ""


def _must_see_price(form: forms.BookingForm, session: Session, *, by: Actor) -> bool:
    """Who books in one step has seen the price: without script it is shown now, and the form is sent once more."""
    if not by.email or form.cleaned_data["contact_email"].lower() != by.email:
        return False  # the code page shows it before anything is confirmed
    ore = parties.price_of(
        session.programme, form.chosen_school, session.occasion, form.cleaned_data["pupils"]
    )
    if form.cleaned_data["shown_price"] == str(ore):
        return False
    form.review = True
    return True


def _refused(
    request: HttpRequest,
    session: Session,
    form: forms.BookingForm,
    refused: Refused,
    *,
    by: Actor,
    at: dt.datetime,
) -> HttpResponse:
    """The form again, with the reason where it belongs; a full session offers its waiting list."""
    field = {"lunch_id": "lunch", "school": "school_text", "session": None, "needs": None}.get(
        refused.field or "", refused.field
    )
    form.add_error(field if field in form.fields else None, str(refused))
    full = isinstance(refused, refusals.SessionFull | refusals.GroupsFull)
    queue = full and bool(refused.extra.get("waiting_list_possible"))
    return _show(request, session, form, by=by, at=at, offer_queue=queue)


def _sent_before(form: forms.BookingForm) -> HttpResponse | None:
    """The same form sent twice is one booking, and leads to it."""
    made = SchoolBooking.objects.filter(code=code_of(form.cleaned_data["token"])).first()
    return redirect(_next(made)) if made is not None else None


def _made(request: HttpRequest, made: SchoolBooking) -> HttpResponse:
    if made.status == Status.CONFIRMED:
        messages.success(
            request, _("Booked. We have sent a mail to %(email)s.") % {"email": made.contact_email}
        )
    else:
        access.remember_asked(request, made)
    return redirect(_next(made))


def _next(made: SchoolBooking) -> str:
    name = "schools:confirm" if made.status in (Status.HELD, Status.REQUESTED) else "schools:booking"
    return reverse(name, args=[made.code])
