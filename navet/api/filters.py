"""Query parameters: declared or refused."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from navet.api.problems import Problem


def known_parameters(view: Any) -> frozenset[str]:
    """What the view's filterset, its pages and its own `query_parameters` declare."""
    filterset = getattr(view, "filterset_class", None)
    names = set(filterset.base_filters) if filterset else set()
    names.update(getattr(view, "filterset_fields", None) or ())
    names.update(getattr(view, "query_parameters", ()))
    paginator = getattr(view, "pagination_class", None)
    # Only lists come in pages.
    if paginator is not None and hasattr(view, "filter_queryset") and hasattr(view, "list"):
        names.update(paginator.query_parameters)
    return frozenset(names)


def refuse_unknown_parameters(request: Request, known: Iterable[str]) -> None:
    """Raises Problem 400 `unknown_parameter` naming each: a misspelt filter must not look like an answer."""
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        message = _("There is no such parameter here.")
        errors = [{"field": name, "code": "unknown_parameter", "message": message} for name in unknown]
        raise Problem("unknown_parameter", message, errors=errors)


class StrictFilterBackend(DjangoFilterBackend):
    """django-filter, but a parameter that nobody declared is refused."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        if request.method in {"GET", "HEAD"}:
            refuse_unknown_parameters(request, known_parameters(view))
            _refuse_empty(request, getattr(view, "filterset_class", None))
        return super().filter_queryset(request, queryset, view)


def _refuse_empty(request: Request, filterset: Any) -> None:
    """Raises ValidationError for `?date=`, which django-filter would take for no filter at all."""
    names = [name for name in getattr(filterset, "base_filters", ()) if request.query_params.get(name) == ""]
    if names:
        raise ValidationError({name: [ErrorDetail(_("May not be empty."), "empty")] for name in names})
