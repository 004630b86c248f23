"""A booking's own pages: see, change, count, move, cancel, answer an offer."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.common import doors, files, links
from bookings.schools import access, calendar_file, terms
from bookings.schools.forms import choices
from bookings.schools.forms import own as forms
from bookings.schools.forms.fields import lunch_words
from bookings.schools.models import Need, SchoolBooking, Session
from bookings.schools.operations import changing, contact, parties, waiting
from navet import codes
from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.outbox.mail import masked

Status = SchoolBooking.Status
Page = Callable[..., HttpResponse]
# The form's name of what a refusal concerns, where it has another.
FIELDS = {"lunch_id": "lunch", "session": None, "needs": None, "code": "pin"}
Result = TypeVar("Result")
TOO_LATE = (Status.CANCELLED, Status.LAPSED)


def found(request: HttpRequest, code: str) -> SchoolBooking | HttpResponse:
    """The booking of a code as people type it. A code that does not exist counts as a guess. Raises Http404."""
    normal = codes.normalise(code)
    booking = SchoolBooking.objects.whole().filter(code=normal).first() if codes.is_code(normal) else None
    if booking is not None:
        return booking
    if not access.may_guess(request):
        return render(request, "429.html", status=429)
    raise Http404


def owned(page: Page) -> Page:
    """For whoever may see the booking; others are asked for the code from the mail."""

    @never_cache
    @functools.wraps(page)
    def guarded(request: HttpRequest, code: str) -> HttpResponse:
        booking = found(request, code)
        if isinstance(booking, HttpResponse):
            return booking
        by = access.owner(request, booking, at=timezone.now())
        return page(request, booking, by) if by else redirect("schools:booking", code=booking.code)

    return guarded


def acting(page: Page) -> Page:
    """For whoever may change the booking; staff who only look at bookings (finance) have nothing to do there."""

    @owned
    @functools.wraps(page)
    def guarded(request: HttpRequest, it: SchoolBooking, by: Actor) -> HttpResponse:
        if not parties.may_act(it, by):
            raise PermissionDenied
        return page(request, it, by)

    return guarded


@never_cache
@require_safe
def booking(request: HttpRequest, code: str) -> HttpResponse:
    """The booking: whole for its contact and staff, else the least that tells which it is."""
    at = timezone.now()
    it = found(request, code)
    if isinstance(it, HttpResponse):
        return it
    if access.by_mail_link(request, it):
        access.enter(request, it)
        return redirect("schools:booking", code=it.code)
    by = access.owner(request, it, at=at)
    if by is None:
        context = {"booking": it, "email": masked(it.contact_email)}
        return render(request, "schools/booking/locked.html", context)
    may_act = parties.may_act(it, by)
    context = {
        "booking": it,
        "terms": terms.cancellation(it, at),
        "rules": terms.before_booking(
            it.session.programme, it.session.occasion.starts_at, pupils=it.pupils, at=at
        ),
        "at": at,
        "needs": [(Need(code).label, many) for code, many in it.needs.items() if code in Need.values],
        "began": it.session.occasion.starts_at <= at,
        "over": bool(it.holds_until and it.holds_until <= at),
        "position": waiting.position(it) if it.status == Status.WAITING else None,
        "may_act": may_act,
        "may_change": may_act and changing.may_change(it, at),
        "may_change_contact": may_act and contact.may_change(it, at),
        "contact_changes": it.contact_changes.select_related("changed_by") if by.user is not None else [],
        "may_count": may_act and changing.is_count_awaited(it, at),
        "is_staff": by.user is not None,
        "others": choices.alternatives(it, at=at)[:5] if it.status in TOO_LATE else [],
    }
    return render(request, "schools/booking/booking.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acting
def change(request: HttpRequest, it: SchoolBooking, by: Actor) -> HttpResponse:
    """Numbers and details."""
    at = timezone.now()
    form = forms.ChangeForm(request.POST or None, booking=it, at=at)

    def do() -> SchoolBooking:
        return changing.change(it.code, version=form.cleaned_data["version"], by=by, at=at, **form.changes())

    if done(request, form, do, _("The booking is changed.")):
        return redirect("schools:booking", code=it.code)
    return form_page(request, "change", it, form)


@require_http_methods(["GET", "HEAD", "POST"])
@acting
def count(request: HttpRequest, it: SchoolBooking, by: Actor) -> HttpResponse:
    """The final count."""
    at = timezone.now()
    initial = {"version": it.version, "pupils": it.pupils, "adults": it.adults}
    form = forms.CountForm(request.POST or None, initial=initial)

    def do() -> SchoolBooking:
        return changing.give_final_count(it.code, **form.cleaned_data, by=by, at=at)

    if done(request, form, do, _("Thank you. We prepare for that many.")):
        return redirect("schools:booking", code=it.code)
    return form_page(request, "count", it, form)


@require_http_methods(["GET", "HEAD", "POST"])
@acting
def move(request: HttpRequest, it: SchoolBooking, by: Actor) -> HttpResponse:
    """First the sessions with room, then, with one chosen (?till=), what it means, and the button."""
    at = timezone.now()
    wanted = (request.POST.get("session") or request.GET.get("till", ""))[:18]
    chosen = _session(wanted) if wanted else None
    if chosen is None:
        sessions = choices.alternatives(it, at=at)
        context = {
            "booking": it,
            "sessions": sessions,
            "terms": terms.cancellation(it, at),
            "at": at,
            "is_staff": bool(by.user),
        }
        return render(request, "schools/booking/move.html", context)
    sittings = choices.lunch_choices(chosen.occasion, at, lunch_words)
    initial = {"version": it.version, "session": chosen.pk, "invoice_reference": it.invoice_reference}
    form = forms.MoveForm(request.POST or None, sittings=sittings, initial=initial)

    def do() -> SchoolBooking:
        said = form.cleaned_data
        lunch_id = int(said["lunch"]) if said["lunch"] else None
        reference, version = said["invoice_reference"], said["version"]
        return changing.move(
            it.code,
            session_id=chosen.pk,
            lunch_id=lunch_id,
            invoice_reference=reference,
            version=version,
            by=by,
            at=at,
        )

    if done(request, form, do, _("The class has another session now. We have sent a mail.")):
        return redirect("schools:booking", code=it.code)
    ore = parties.price_of(chosen.programme, it.school, chosen.occasion, it.pupils)
    rules = terms.before_booking(chosen.programme, chosen.occasion.starts_at, pupils=it.pupils, at=at)
    return form_page(request, "move_to", it, form, session=chosen, price_ore=ore, terms=rules)


@require_http_methods(["GET", "HEAD", "POST"])
@acting
def cancel(request: HttpRequest, it: SchoolBooking, by: Actor) -> HttpResponse:
    """What leaving costs, and the button."""
    at = timezone.now()
    may_waive = by.has_capability(parties.BOOK_FOR)
    conditions = terms.cancellation(it, at)
    initial = {"version": it.version, "invoice_reference": it.invoice_reference}
    costs = conditions.owed_ore > 0
    form = forms.CancelForm(request.POST or None, may_waive=may_waive, costs=costs, initial=initial)

    def do() -> SchoolBooking:
        return changing.cancel(it.code, **form.cleaned_data, by=by, at=at)

    if done(request, form, do, _("The booking is cancelled.")):
        return redirect("schools:booking", code=it.code)
    return form_page(request, "cancel", it, form, terms=conditions)


@require_POST
@acting
def answer(request: HttpRequest, it: SchoolBooking, by: Actor) -> HttpResponse:
    """Accept or decline the offered place."""
    try:
        if request.POST.get("answer") == "accept":
            waiting.accept_offer(it.code, by=by, at=timezone.now())
            messages.success(request, _("Booked. We have sent a mail."))
        else:
            waiting.decline_offer(it.code, by=by, at=timezone.now())
            messages.info(request, _("The place goes to the next in the queue."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("schools:booking", code=it.code)


@require_safe
@owned
def calendar(request: HttpRequest, it: SchoolBooking, by: Actor) -> HttpResponse:
    """The booking for a calendar program."""
    content = calendar_file.calendar_file(it, url=links.booking_url(it), at=timezone.now())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="navet-{it.code}.ics"'
    return answer


@require_safe
@owned
def qr(request: HttpRequest, it: SchoolBooking, by: Actor) -> HttpResponse:
    """The code as a drawing."""
    return HttpResponse(files.qr_svg(it.code), content_type="image/svg+xml")


def attempt(request: HttpRequest, form: Any, do: Callable[[], Result]) -> Result | None:
    """What the operation answers to a valid form; a refusal becomes an error of the form, where it belongs."""
    if request.method != "POST" or not form.is_valid():
        return None
    return doors.attempt(form, do, names=FIELDS)


def done(request: HttpRequest, form: Any, do: Callable[[], Any], said: str) -> bool:
    """The same, told once it is done."""
    is_done = attempt(request, form, do) is not None
    if is_done:
        messages.success(request, said)
    return is_done


def form_page(request: HttpRequest, name: str, it: SchoolBooking, form: Any, **more: Any) -> HttpResponse:
    context = {"booking": it, "form": form, **more}
    return render(request, f"schools/booking/{name}.html", context, status=422 if form.errors else 200)


def _session(text: str) -> Session:
    chosen = None
    if text.isascii() and text.isdigit():
        chosen = Session.objects.select_related("occasion", "programme").filter(pk=int(text)).first()
    if chosen is None:
        raise Http404
    return chosen
