"""What the pages share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from navet.accounts.doors import staff_page
from navet.errors import Refused

viewer = staff_page("invoicing.view")
editor = staff_page("invoicing.edit")
form_page = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 50


def attempt(
    request: HttpRequest, deed: Callable[[], Any], *, done: str = "", form: BaseForm | None = None
) -> Any:
    """What the deed gave, with `done` said; None when it was refused, and that said, on the form where there is one."""
    try:
        result = deed()
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
        else:
            field = {"reference": "reference", "amount": "kronor"}.get(refused.field or "", refused.field)
            form.add_error(field if field in form.fields else None, str(refused))
        return None
    if done:
        messages.success(request, done)
    return result


def answer(request: HttpRequest, template: str, form: BaseForm, context: dict[str, Any]) -> HttpResponse:
    """The page with its form: 422 when it came back with faults."""
    faulty = form.is_bound and bool(form.errors)
    return render(request, template, {"form": form, **context}, status=422 if faulty else 200)
