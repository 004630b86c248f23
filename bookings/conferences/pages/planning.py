"""`/planering/konferenser/`: what is coming and what waits for an answer."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.conferences import listing
from bookings.conferences.forms.staff import FilterForm
from bookings.conferences.models import Reservation
from bookings.conferences.pages import pictures
from navet.accounts import actor
from navet.accounts.doors import staff_page

PAGE = 50


@require_safe
@staff_page("conferences.plan")
def coming(request: HttpRequest) -> HttpResponse:
    """What holds rooms now and is not over, or whatever the filters ask for, in time order."""
    form, at = FilterForm(request.GET), timezone.now()
    found = listing.find(**form.cleaned_data, at=at) if form.is_valid() else Reservation.objects.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    orders = listing.orders_of(list(page))
    context = {
        "page": page,
        "rows": [(one, orders.get(one.pk)) for one in page],
        "form": form,
        "may_edit_rooms": actor.of(request).has_capability(pictures.EDIT),
    }
    return render(request, "conferences/planning.html", context, status=200 if form.is_valid() else 400)
