"""`/konferens/program/<key>/`: what those who come to a conference need to know, for whoever has its link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.common import access
from bookings.conferences import agenda
from bookings.conferences.models import Status
from navet.pages import contact


@require_safe
@never_cache
def program(request: HttpRequest, key: str) -> HttpResponse:
    """A key that opens nothing counts as a guess. No search engine is to list it."""
    it = agenda.find(key, timezone.now())
    if it is None:
        if not access.may_guess(request):
            return render(request, "429.html", status=429)
        raise Http404
    context = {
        "title": it.title,
        "is_off": it.status == Status.CANCELLED,
        "days": agenda.days(it),
        "offers": agenda.offers(it),
        "house": contact.house(),
    }
    answer = render(request, "conferences/participants.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
