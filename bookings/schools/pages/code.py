"""Proving an address: the code of one booking, and of all of hers."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bookings.common.forms import EmailForm, PinForm
from bookings.schools import access, terms
from bookings.schools.models import SchoolBooking
from bookings.schools.operations import booking, contact, refusals
from bookings.schools.pages.own import attempt, form_page, found
from navet.accounts import browser
from navet.accounts import operations as accounts
from navet.errors import Refused
from navet.outbox.mail import masked

PURPOSE = "my-bookings"
ASKED = "my_bookings_email"
Status = SchoolBooking.Status


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """What is about to be confirmed, what it costs, and the code from the mail that confirms it."""
    at = timezone.now()
    asked = found(request, code)
    if isinstance(asked, HttpResponse):
        return asked
    form = PinForm(request.POST or None)
    asked_here = access.asked_here(request, asked)
    if access.owner(request, asked, at=at) and asked.status not in (Status.HELD, Status.REQUESTED):
        return redirect("schools:booking", code=asked.code)
    if request.method == "POST" and form.is_valid() and _enter(request, asked, form):
        return redirect("schools:booking", code=asked.code)
    context = {
        "booking": asked,
        "form": form,
        "email": asked.contact_email if asked_here else masked(asked.contact_email),
        "terms": terms.cancellation(asked, at),
        "rules": terms.before_booking(
            asked.session.programme, asked.session.occasion.starts_at, pupils=asked.pupils, at=at
        ),
        "is_known": asked.status not in (Status.HELD, Status.REQUESTED, Status.LAPSED),
        "asked_here": asked_here,
        "over": bool(asked.holds_until and asked.holds_until <= at) or asked.status == Status.LAPSED,
    }
    return render(request, "schools/booking/confirm.html", context, status=422 if form.errors else 200)


def _enter(request: HttpRequest, asked: SchoolBooking, form: PinForm) -> bool:
    """Try the code; True when this browser has proved the address."""
    at, pin = timezone.now(), form.cleaned_data["pin"]
    if not access.may_guess(request):
        form.add_error("pin", _("Too many tries. Wait a minute."))
        return False
    try:
        done = booking.confirm(asked.code, pin=pin, email=asked.contact_email, at=at)
    except Refused as refused:
        form.add_error("pin", str(refused))
        if isinstance(refused, refusals.HoldLapsed):  # the code was right
            browser.remember(request, asked.contact_email, at=at)
        return False
    browser.remember(request, done.contact_email, at=at)
    if asked.status in (Status.HELD, Status.REQUESTED, Status.LAPSED):
        said: dict[str, str] = {
            Status.CONFIRMED: _("Booked. We have sent a mail to %(email)s."),
            Status.WAITING: _("The class is on the waiting list. We have sent a mail to %(email)s."),
            Status.OFFERED: _("There is room now: accept the places below."),
        }
        messages.success(request, said[done.status] % {"email": done.contact_email})
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever asked for the places in this browser mistyped her address, and gets the code at another."""
    asked = found(request, code)
    if isinstance(asked, HttpResponse):
        return asked
    if not access.asked_here(request, asked):
        return redirect("schools:confirm", code=asked.code)
    form = EmailForm(request.POST or None, initial={"email": asked.contact_email})
    if request.method == "POST" and not access.may_book(request):
        return render(request, "429.html", status=429)

    def do() -> SchoolBooking:
        return contact.correct_address(asked.code, email=form.cleaned_data["email"], at=timezone.now())

    if attempt(request, form, do):
        messages.info(request, _("A new code is on its way. Only the newest one counts."))
        return redirect("schools:confirm", code=asked.code)
    return form_page(request, "address", asked, form)


@require_POST
def send_again(request: HttpRequest, code: str) -> HttpResponse:
    """A new code to the address of the booking, whatever its state; the page says the same to everybody."""
    asked = found(request, code)
    if isinstance(asked, HttpResponse):
        return asked
    try:
        booking.send_code_again(asked.code, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.info(request, _("A new code is on its way. Only the newest one counts."))
    return redirect("schools:confirm", code=asked.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, others: Sequence[Any] = ()) -> HttpResponse:
    """A teacher's own bookings, after the code to her address; `others` are hers of other lines, to come."""
    at = timezone.now()
    email = browser.verified_email(request, at=at)
    if email:
        bookings = SchoolBooking.objects.whole().filter(contact_email=email)
        ahead = bookings.filter(session__occasion__period__endswith__gt=at).order_by(
            "session__occasion__period"
        )
        over = [SchoolBooking.Status.CANCELLED, SchoolBooking.Status.LAPSED]
        context = {
            "email": email,
            "others": others,
            "coming": ahead.exclude(status__in=over),
            "gone": ahead.filter(status__in=over),
            "past": bookings.filter(session__occasion__period__endswith__lte=at).order_by(
                "-session__occasion__period"
            )[:50],
        }
        return render(request, "schools/booking/mine.html", context)
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _send(request, form):
        return redirect("schools:mine_code")
    return render(request, "schools/booking/find.html", {"form": form}, status=422 if form.errors else 200)


def _send(request: HttpRequest, form: EmailForm) -> bool:
    email = form.cleaned_data["email"].lower()
    try:
        accounts.send_code(email, purpose=PURPOSE, language=(get_language() or "sv")[:2], at=timezone.now())
    except Refused as refused:
        form.add_error("email", str(refused))
        return False
    request.session[ASKED] = email
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine_code(request: HttpRequest) -> HttpResponse:
    """The code that opens the list."""
    email = request.session.get(ASKED)
    if not email:
        return redirect("schools:mine")
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if not access.may_guess(request):
                form.add_error("pin", _("Too many tries. Wait a minute."))
            else:
                accounts.check_code(email, form.cleaned_data["pin"], purpose=PURPOSE, at=timezone.now())
                del request.session[ASKED]
                browser.remember(request, email, at=timezone.now())
                return redirect("schools:mine")
        except Refused as refused:
            form.add_error("pin", str(refused))
    context = {"form": form, "email": email}
    return render(request, "schools/booking/mine_code.html", context, status=422 if form.errors else 200)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """The computer is shared: the next visitor has to prove an address anew."""
    browser.forget(request)
    request.session.pop(access.KEY, None)
    messages.info(request, _("This browser has forgotten your address."))
    return redirect("schools:mine")
