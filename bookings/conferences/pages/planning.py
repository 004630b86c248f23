"""`/planering/konferenser/`: what is coming and what waits for an answer."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.conferences.models import Reservation
from navet.accounts.doors import staff_page

PAGE = 50


@require_safe
@staff_page("conferences.plan")
def coming(request: HttpRequest) -> HttpResponse:
    """Everything that holds rooms now and is not over, in time order."""
    at = timezone.now()
    found = Reservation.objects.whole().holding(at).filter(ends_at__gt=at).order_by("occasion__period", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "conferences/planning.html", {"page": page})
