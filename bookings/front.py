"""The addresses that are the same whatever was booked: `/bokning/<code>/`, in every mail, and `/mina-bokningar/`."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from bookings.common import links
from bookings.conferences.line import LINE as CONFERENCES
from bookings.courses.line import LINE as COURSES
from bookings.groups.line import LINE as GROUPS
from bookings.leisure.line import LINE as LEISURE
from bookings.schools.pages import code as school_codes
from bookings.schools.pages import own as schools
from bookings.tickets.line import LINE as TICKETS
from navet import codes
from navet.accounts import browser

LINES = (TICKETS, GROUPS, CONFERENCES, COURSES, LEISURE)


@never_cache
def booking(request: HttpRequest, code: str) -> HttpResponse:
    """To the own page of the line that has the code, with the mail's key; a class's page is shown here."""
    normal = codes.normalise(code)
    for line in LINES if codes.is_code(normal) else ():
        if line.model._default_manager.filter(code=normal).exists():
            return redirect(reverse(f"{line.namespace}:booking", args=[normal]) + _key(request))
    return schools.booking(request, code)


@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Whoever proved her address sees what she has booked, of every line."""
    at = timezone.now()
    email = browser.verified_email(request, at=at)
    found: list[tuple[str, Any]] = []
    for line in LINES if email else ():
        bookings: Any = line.model._default_manager
        hers = bookings.whole().holding(at).filter(contact_email=email, **{f"{line.ends}__gt": at})
        found += [(line.title(one), one) for one in hers]
    found.sort(key=lambda pair: pair[1].occasion.starts_at)
    return school_codes.mine(request, others=found)


def _key(request: HttpRequest) -> str:
    key = request.GET.get(links.PARAMETER)
    if key is None:
        return ""
    query = QueryDict(mutable=True)
    query[links.PARAMETER] = key
    return f"?{query.urlencode()}"
