"""`/planering/konferenser/ny/`: a host books for somebody who rings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.common.doors import form_page
from bookings.conferences.forms.staff import CallerForm
from bookings.conferences.models import Reservation
from bookings.conferences.pages import asking
from navet.accounts import actor
from navet.accounts.doors import staff_page


@form_page
@staff_page(Reservation.SEEN_BY)
def book(request: HttpRequest) -> HttpResponse:
    """Option, quote or booked at once, on the guest's own page and in her mail a moment later."""
    begins = {"asked": "option", "mail_language": "sv"}
    asked = asking.read(request, CallerForm, begins=begins, by=actor.of(request), at=timezone.now())
    if asked.is_sent and asked.guest.is_valid() and isinstance(asked.guest, CallerForm):
        said = asked.guest.cleaned_data
        made = asked.request(said["mail_language"], until=asked.guest.until_at(), note=said["note"])
        if made is not None:
            messages.success(request, _("Done. The guest has it by mail."))
            return redirect("conferences:staff_booking", code=made.code)
    return asked.show("conferences/staff_book.html")
