"""What the pages of planners share: their door, and forms that show a refusal."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bookings.schools.models import Programme
from navet.accounts.doors import staff_page
from navet.errors import Refused

Result = TypeVar("Result")
planner = staff_page("schools.plan")
form_page = require_http_methods(["GET", "HEAD", "POST"])


def attempt(form: BaseForm, operation: Callable[[], Result]) -> Result | None:
    """The operation's result, or None with its refusal on the form, at the field it concerns."""
    try:
        return operation()
    except Refused as refusal:
        field = "date" if refusal.field == "starts_at" else refusal.field
        form.add_error(field if field in form.fields else None, str(refusal))
    return None


def answer(request: HttpRequest, template: str, form: BaseForm, context: dict[str, Any]) -> HttpResponse:
    """The page with its form: 422 when it came back with faults."""
    faulty = form.is_bound and bool(form.errors)
    return render(request, template, {"form": form, **context}, status=422 if faulty else 200)


def choose_programme(request: HttpRequest, url_name: str, title: str) -> HttpResponse:
    """The step before a form that depends on the programme."""
    programmes = Programme.objects.order_by("title_sv")
    context = {"programmes": programmes, "url_name": url_name, "title": title}
    return render(request, "schools/planning/choose_programme.html", context)
