"""What the pages of planners share: their door, and the choice of a programme."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bookings.common.doors import answer, attempt, form_page
from bookings.schools.models import Programme
from navet.accounts.doors import staff_page

__all__ = ["answer", "attempt", "choose_programme", "form_page", "planner"]

planner = staff_page("schools.plan")


def choose_programme(request: HttpRequest, url_name: str, title: str) -> HttpResponse:
    """The step before a form that depends on the programme."""
    programmes = Programme.objects.order_by("title_sv")
    context = {"programmes": programmes, "url_name": url_name, "title": title}
    return render(request, "schools/planning/choose_programme.html", context)
