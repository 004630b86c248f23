"""A booking's own page of its contact, and the code that a new address is proved by."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings.common.forms import PinForm
from bookings.schools import access
from bookings.schools.forms import own as forms
from bookings.schools.models import SchoolBooking
from bookings.schools.operations import contact
from bookings.schools.pages.own import acting, attempt, form_page
from navet.accounts import browser
from navet.accounts.actor import Actor
from navet.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@acting
def change(request: HttpRequest, it: SchoolBooking, by: Actor) -> HttpResponse:
    """Whom we write to and call. A new address is asked to prove itself on the next page."""
    at = timezone.now()
    form = forms.ContactForm(request.POST or None, booking=it)
    if request.method == "POST" and not access.may_book(request):
        return render(request, "429.html", status=429)

    def do() -> SchoolBooking:
        return contact.change(
            it.code,
            contact=form.contact(),
            version=form.cleaned_data["version"],
            verified_email=browser.verified_email(request, at=at),
            by=by,
            at=at,
        )

    changed = attempt(request, form, do)
    if changed is None:
        return form_page(request, "contact", it, form)
    if form.contact().email.lower() != changed.contact_email:
        return redirect("schools:contact_code", code=it.code)
    _keep_open(request, it, changed)
    messages.success(request, _("The contact is changed."))
    return redirect("schools:booking", code=it.code)


@require_http_methods(["GET", "HEAD", "POST"])
@acting
def code(request: HttpRequest, it: SchoolBooking, by: Actor) -> HttpResponse:
    """The code sent to the new address, which mails go to from then on; or another code."""
    at = timezone.now()
    email = contact.waiting_address(it.code, at=at)
    if email is None:
        messages.info(request, _("No address waits for a code. Write the new address once more."))
        return redirect("schools:contact", code=it.code)
    if request.method == "POST" and "again" in request.POST:
        return _send_again(request, it, by)
    form = PinForm(request.POST or None)
    if request.method == "POST" and not access.may_guess(request):
        form.add_error("pin", _("Too many tries. Wait a minute."))
    changed = attempt(
        request, form, lambda: contact.confirm(it.code, pin=form.cleaned_data["pin"], by=by, at=at)
    )
    if changed is None:
        return form_page(request, "contact_code", it, form, email=email)
    _keep_open(request, it, changed)
    messages.success(request, _("The contact is changed. Mails go to %(email)s now.") % {"email": email})
    return redirect("schools:booking", code=it.code)


def _send_again(request: HttpRequest, it: SchoolBooking, by: Actor) -> HttpResponse:
    try:
        contact.send_code_again(it.code, by=by, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.info(request, _("A new code is on its way. Only the newest one counts."))
    return redirect("schools:contact_code", code=it.code)


def _keep_open(request: HttpRequest, it: SchoolBooking, changed: SchoolBooking) -> None:
    """Whoever gave the booking another address goes on seeing this one booking, and no other of that address."""
    if changed.contact_email != it.contact_email:
        access.enter(request, changed)
