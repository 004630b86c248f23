"""A group at the reception that nobody expected."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.common.doors import answer, attempt, form_page
from bookings.groups.forms.booking import ReceiveForm
from bookings.groups.operations import receiving
from navet.accounts import actor
from navet.accounts.doors import staff_page
from visitors import taps


@form_page
@staff_page("groups.receive")
def receive(request: HttpRequest) -> HttpResponse:
    """Kind, name, heads: registered and checked in at once, and once however often it is sent."""
    form = ReceiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        token, said["adults"] = said.pop("token"), said["adults"] or 0
        by, at = actor.of(request), timezone.now()

        def effect() -> object:
            return receiving.receive(said.pop("kind"), **said, by=by, at=at)

        if attempt(form, lambda: (taps.once(request, token, effect),)):
            facts = {"group": said["group_name"], "heads": said["heads"] + said["adults"]}
            messages.success(request, _("%(group)s is checked in: %(heads)s people.") % facts)
            return redirect("visitors:reception")
    return answer(request, "groups/desk/receive.html", form, {})
