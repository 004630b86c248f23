"""Changing the numbers of one's own booking; its other pages are bookings/common/own.py's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.common import own
from bookings.common.doors import attempt, form_page
from bookings.common.lines import Line
from bookings.tickets.forms.booking import ChangeForm
from bookings.tickets.models import TicketBooking
from bookings.tickets.operations import booking as operations
from navet.accounts.actor import Actor


@form_page
@own.whose_it_is
def change(request: HttpRequest, line: Line, it: TicketBooking, by: Actor) -> HttpResponse:
    """The numbers as they are, and what became of new ones."""
    form, at = ChangeForm(request.POST or None, booking=it), timezone.now()
    if request.method == "POST" and form.is_valid():
        changed = attempt(form, lambda: operations.change(it.code, **form.wish(), by=by, at=at))
        if changed is not None:
            messages.success(request, _("The booking is changed."))
            return own.to(line, "booking", it)
    return own.show(request, "change", line, it, form=form, status=422 if form.errors else 200)
