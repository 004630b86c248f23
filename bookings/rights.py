"""`/mina-bokningar/uppgifter/`: what the house holds about whoever proved an address, to see, take along and have deleted.

Only the address that this browser proved leads to anything; nobody can ask for another's.
"""

import functools
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.common import my_data_pdf
from navet.accounts import browser
from navet.retention import requests

Page = Callable[[HttpRequest, str], HttpResponse]


def _hers(page: Page) -> Callable[[HttpRequest], HttpResponse]:
    """With the address that was proved here; whoever has not is sent to prove one."""

    @never_cache
    @functools.wraps(page)
    def guarded(request: HttpRequest) -> HttpResponse:
        email = browser.verified_email(request, at=timezone.now())
        return page(request, email) if email else redirect("mine")

    return guarded


@require_safe
@_hers
def overview(request: HttpRequest, email: str) -> HttpResponse:
    held = requests.held(email, at=timezone.now())
    context = {"email": email, "held": held, "may_go": sum(one.may_go for one in held)}
    return render(request, "bookings/my_data.html", context)


@require_safe
@_hers
def file(request: HttpRequest, email: str) -> HttpResponse:
    """The same, for a program."""
    at = timezone.now()
    data = {"email": email, "made_at": at, "held": [one.as_data() for one in requests.held(email, at=at)]}
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="mina-uppgifter.json"'
    return answer


@require_safe
@_hers
def pdf(request: HttpRequest, email: str) -> HttpResponse:
    """The same, on paper."""
    at = timezone.now()
    content = my_data_pdf.to_pdf(email, requests.held(email, at=at), at=at)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="mina-uppgifter.pdf"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@_hers
def forget(request: HttpRequest, email: str) -> HttpResponse:
    """Asks first, and says what must stay and why."""
    at = timezone.now()
    if request.method != "POST":
        held = requests.held(email, at=at)
        going, staying = [one for one in held if one.may_go], [one for one in held if one.stays]
        return render(
            request, "bookings/my_data_forget.html", {"email": email, "going": going, "staying": staying}
        )
    done = requests.forget(email, at=at)
    number = sum(one.records for one in done.outcomes.all())
    said = ngettext("%(number)s record has been emptied.", "%(number)s records have been emptied.", number)
    messages.success(request, said % {"number": number} if number else _("There was nothing that could go."))
    return redirect("my-data")
