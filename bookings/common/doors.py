"""What staff pages of bookings share: forms that show a refusal."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from navet.errors import Refused

Result = TypeVar("Result")
# The form's name of what a refusal concerns, where it has another.
NAMES: Mapping[str, str | None] = {"starts_at": "date"}
form_page = require_http_methods(["GET", "HEAD", "POST"])


def attempt(
    form: BaseForm, operation: Callable[[], Result], *, names: Mapping[str, str | None] = NAMES
) -> Result | None:
    """The operation's result, or None with its refusal on the form, at the field it concerns, by the form's own `names`."""
    try:
        return operation()
    except Refused as refusal:
        field = names.get(refusal.field or "", refusal.field)
        form.add_error(field if field in form.fields else None, str(refusal))
    return None


def answer(
    request: HttpRequest,
    template: str,
    form: BaseForm,
    context: dict[str, Any],
    *,
    beside: Iterable[BaseForm] = (),
) -> HttpResponse:
    """The page with its form and those beside it: 422 when one came back with faults."""
    faulty = any(one.is_bound and bool(one.errors) for one in (form, *beside))
    return render(request, template, {"form": form, **context}, status=422 if faulty else 200)
