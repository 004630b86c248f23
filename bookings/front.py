"""`/bokning/<code>/`, the address in every mail and on every sign: leads to the booking, whatever was booked."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from bookings.common import links
from bookings.groups.line import LINE as GROUPS
from bookings.schools.pages import own as schools
from bookings.tickets.line import LINE as TICKETS
from navet import codes

LINES = (TICKETS, GROUPS)


@never_cache
def booking(request: HttpRequest, code: str) -> HttpResponse:
    """To the own page of the line that has the code, with the mail's key; a class's page is shown here."""
    normal = codes.normalise(code)
    for line in LINES if codes.is_code(normal) else ():
        if line.model._default_manager.filter(code=normal).exists():
            return redirect(reverse(f"{line.namespace}:booking", args=[normal]) + _key(request))
    return schools.booking(request, code)


def _key(request: HttpRequest) -> str:
    key = request.GET.get(links.PARAMETER)
    if key is None:
        return ""
    query = QueryDict(mutable=True)
    query[links.PARAMETER] = key
    return f"?{query.urlencode()}"
