"""Inviting: the choice, what would be sent and why some get nothing, and then the press that sends it; the way out of it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bookings.common.access import may_book, may_guess
from bookings.reach import links, mails
from bookings.reach.models import Invitation
from bookings.reach.operations import inviting
from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.directory import operations as directory
from navet.errors import Refused
from navet.outbox import opting


@require_POST
@staff_page("reach.invite")
def invite(request: HttpRequest) -> HttpResponse:
    """Without `send` it only shows what would be sent."""
    at, ids = timezone.now(), _ids(request)
    try:
        if "send" in request.POST:
            made = inviting.send(ids, by=actor.of(request), at=at)
            said = ngettext(
                "%(n)s invitation is on its way.", "%(n)s invitations are on their way.", len(made)
            )
            messages.success(request, said % {"n": len(made)})
            return redirect("reach:overview")
        planned = inviting.preview(ids, at=at)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("reach:overview")
    going = [one for one in planned if one.can_be_sent]
    context = {
        "going": going,
        "staying": [one for one in planned if not one.can_be_sent],
        "examples": _examples(going, periods.local_day(at)),
    }
    return render(request, "reach/invite.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opt_out(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """No more invitations to the address this one went to, or again; a button, so that a program that follows links decides nothing."""
    found = None
    if pk < 2**63:
        found = Invitation.objects.select_related("contact", "school").filter(pk=pk).first()
    if found is None or not links.is_key(found, key):
        if not may_guess(request):
            return render(request, "429.html", status=429)
        raise Http404
    address = inviting.address_of(found)
    if request.method == "POST" and address:
        if not may_book(request):
            return render(request, "429.html", status=429)
        _decide(found, address, wanted=bool(request.POST.get("again")))
        messages.success(request, _("Noted."))
        return redirect(request.path)
    is_out = bool(address) and opting.is_out(opting.Kind.INVITATIONS, address)
    return render(
        request, "reach/opt_out.html", {"invitation": found, "is_gone": not address, "is_out": is_out}
    )


def _examples(going: list[inviting.Planned], today: dt.date) -> list[dict[str, Any]]:
    """The first mail in each language that is written in."""
    first = {inviting.language_of(one.contact): one for one in reversed(going)}
    examples = []
    for language, one in sorted(first.items(), reverse=True):  # Swedish before English
        with translation.override(language):
            worded = mails.worded(one.school, one.sessions, today=today)
        examples.append({"language": language, **worded})
    return examples


def _decide(invitation: Invitation, address: str, *, wanted: bool) -> None:
    if wanted:
        opting.back_in(opting.Kind.INVITATIONS, address)
    else:
        opting.out(opting.Kind.INVITATIONS, address, on=periods.local_day(timezone.now()))
    if invitation.contact:
        directory.wish_for_invitations(invitation.contact, wanted=wanted, by=None)


def _ids(request: HttpRequest) -> list[int]:
    """The units that were chosen; what is no id is none."""
    chosen = request.POST.getlist("unit")
    return [int(one) for one in chosen if one.isascii() and one.isdigit() and len(one) < 18]
