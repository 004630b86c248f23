"""Pages by cursor: nothing is skipped or repeated while others write."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import DataError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import pagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from navet.api.problems import Problem


class CursorPagination(pagination.CursorPagination):
    """`{"next", "previous", "results"}`; `page_size` 1-200 (50). The order is the view's `ordering`, then the key."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering = "pk"
    query_parameters = frozenset({"cursor", "page_size"})

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """The view's order made total by the primary key, so that no two rows share a place."""
        ordering = getattr(view, "ordering", None) or super().get_ordering(request, queryset, view)
        names = (ordering,) if isinstance(ordering, str) else tuple(ordering)
        return names if names[-1].lstrip("-") in {"pk", "id"} else (*names, "pk")

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """As the framework tells them, with the bounds that `get_page_size` holds."""
        sizes = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        told = super().get_schema_operation_parameters(view)
        return [
            {**one, "schema": sizes} if one["name"] == self.page_size_query_param else one for one in told
        ]

    def get_page_size(self, request: Request) -> int:
        text = request.query_params.get(self.page_size_query_param)
        if text is None:
            return self.page_size
        if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= self.max_page_size:
            return int(text)
        message = _("The page size is a whole number from 1 to %(most)d.") % {"most": self.max_page_size}
        raise Problem(
            "invalid_page_size", message, errors=[_error("page_size", "invalid_page_size", message)]
        )

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any] | None:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValueError, ValidationError, DataError) as exc:
            raise _invalid_cursor() from exc

    def decode_cursor(self, request: Request) -> pagination.Cursor | None:
        """Only cursors that we signed; a forged or shortened one is a fault of the request."""
        signed = request.query_params.get(self.cursor_query_param)
        if signed is None:
            return None
        try:
            return pagination.Cursor(*_signer().unsign_object(signed))
        except (BadSignature, ValueError, TypeError) as exc:
            raise _invalid_cursor() from exc

    def encode_cursor(self, cursor: pagination.Cursor) -> str:
        token = _signer().sign_object([cursor.offset, cursor.reverse, cursor.position])
        return replace_query_param(str(self.base_url), self.cursor_query_param, token)


def _signer() -> Signer:
    return Signer(salt="navet.api.cursor")


def _invalid_cursor() -> Problem:
    message = _("This is not a page address of ours. Start from the first page.")
    return Problem("invalid_cursor", message, errors=[_error("cursor", "invalid_cursor", message)])


def _error(field: str, code: str, message: Any) -> dict[str, Any]:
    return {"field": field, "code": code, "message": str(message)}
