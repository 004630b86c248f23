"""Problem details (RFC 9457): one shape for every answer that is not what was asked for."""

import datetime as dt
import json
import logging
import math
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from navet.errors import Refused

log = logging.getLogger(__name__)
CONTENT_TYPE = "application/problem+json"
PREFIX = "/api/"
TYPES = "/api/v1/problems/"
RESERVED = {"type", "title", "status", "detail", "code", "errors", "instance"}
# Serialization failure, deadlock, lock timeout, query cancelled, too many connections, shutting down.
TRY_AGAIN_STATES = {"40001", "40P01", "55P03", "57014", "53300", "57P01", "57P02", "57P03"}
RETRY_AFTER_SECONDS = 1

TITLES: dict[int, str | Promise] = {
    400: _("The request cannot be understood"),
    401: _("Log in first"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Method not allowed"),
    406: _("No such format"),
    409: _("A rule of the house says no"),
    412: _("Changed by somebody else meanwhile"),
    413: _("Too large"),
    415: _("Unsupported content type"),
    422: _("The request contradicts an earlier one"),
    428: _("Say which version you saw"),
    429: _("Too many requests"),
    500: _("Something went wrong here"),
    503: _("Busy just now"),
}
DETAILS: dict[int, str | Promise] = {
    404: _("There is nothing at this address."),
    405: _("That cannot be done at this address."),
    413: _("The request is larger than we accept."),
    500: _("The fault is ours. It has been noted; nothing was changed by your request."),
    503: _("The service is busy. Try again in a moment; nothing was changed by your request."),
}
CODES = {
    400: "invalid",
    401: "not_authenticated",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "refused",
    413: "too_large",
    415: "unsupported_media_type",
    422: "unprocessable",
    429: "throttled",
    500: "server_error",
    503: "try_again",
}
# What the doors themselves raise as Problem, beside the general codes.
DOOR_CODES = {
    "malformed_json": 400,
    "not_an_object": 400,
    "duplicate_name": 400,
    "number_out_of_range": 400,
    "too_deep": 400,
    "invalid_value": 400,
    "unknown_parameter": 400,
    "invalid_cursor": 400,
    "invalid_page_size": 400,
    "idempotency_key_malformed": 400,
    "second_factor_required": 403,
    "idempotency_key_reused": 422,
    "precondition_required": 428,
}


class Problem(exceptions.APIException):
    """A fault that a door itself finds: raised by parsers, filters, pagination and preconditions."""

    def __init__(
        self,
        code: str,
        detail: str | Promise,
        *,
        status: int = 400,
        errors: list[dict[str, Any]] | None = None,
    ) -> None:
        self.status_code, self.code, self.errors = status, code, errors or []
        super().__init__(str(detail), code)


def api_path(path: str) -> bool:
    """Whether an address belongs to the API, where also the server's own errors are problem details."""
    return path.startswith(PREFIX)


def body(
    *,
    status: int,
    code: str = "",
    detail: Any = "",
    errors: list[dict[str, Any]] | None = None,
    extra: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The members of a problem; `extra` adds figures beside them."""
    code = code or CODES.get(status, "error")
    members: dict[str, Any] = {
        "type": f"{settings.SITE_URL}{TYPES}{code}",
        "title": str(TITLES.get(status) or HTTPStatus(status).phrase),
        "status": status,
        "detail": str(detail or DETAILS.get(status, "")),
        "code": code,
        "errors": errors or [],
    }
    figures = {name: _plain(value) for name, value in (extra or {}).items() if name not in RESERVED}
    return members | figures


def problem_response(request: HttpRequest, *, status: int, **members: Any) -> HttpResponse:
    """A problem from outside a view of the API: middleware and error pages."""
    text = json.dumps(body(status=status, **members), ensure_ascii=False)
    response = HttpResponse(text, status=status, content_type=CONTENT_TYPE)
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def page_problem(request: HttpRequest, status: int) -> HttpResponse | None:
    """For the error handlers of the pages: a problem when the address is the API's, else None."""
    return problem_response(request, status=status) if api_path(request.path) else None


def handle(exc: Exception, context: dict[str, Any]) -> Response | None:
    """The exception handler of the API; None hands what nobody foresaw to the 500 handler."""
    described = _describe(exc)
    if described is None:
        return None
    headers = described.pop("headers", {})
    return Response(body(**described), status=described["status"], headers=headers, content_type=CONTENT_TYPE)


def _describe(exc: Exception) -> dict[str, Any] | None:
    """Status, code, detail, errors, extra and headers of an exception we know."""
    if isinstance(exc, Refused):
        return _refusal(exc)
    if isinstance(exc, Problem):
        return {"status": exc.status_code, "code": exc.code, "detail": exc.detail, "errors": exc.errors}
    if isinstance(exc, exceptions.ValidationError):
        errors = flat_errors(exc.get_full_details())
        return {
            "status": 400,
            "code": "invalid",
            "detail": _("Some fields need another look."),
            "errors": errors,
        }
    if isinstance(exc, exceptions.APIException):
        return _from_framework(exc)
    if isinstance(exc, Http404):
        return {"status": 404}
    if isinstance(exc, DjangoPermissionDenied):
        return {"status": 403, "detail": _("You may not do this.")}
    if isinstance(exc, RequestDataTooBig):
        return {"status": 413}
    return _from_database(exc)


def _refusal(exc: Refused) -> dict[str, Any]:
    errors = [{"field": exc.field, "code": exc.code, "message": str(exc)}] if exc.field else []
    headers = {"Retry-After": str(exc.extra["retry_after"])} if "retry_after" in exc.extra else {}
    return {
        "status": exc.status,
        "code": exc.code,
        "detail": str(exc),
        "errors": errors,
        "extra": exc.extra,
        "headers": headers,
    }


def _from_framework(exc: exceptions.APIException) -> dict[str, Any]:
    """What Django REST framework raises, with the headers that belong to it."""
    headers = {}
    if scheme := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = scheme
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(math.ceil(wait))
    code = CODES.get(exc.status_code, exc.default_code)
    return {"status": exc.status_code, "code": code, "detail": exc.detail, "headers": headers}


def _from_database(exc: Exception) -> dict[str, Any] | None:
    """A database that is busy or away says 503; a value it cannot hold is the sender's, and is logged as ours."""
    if isinstance(exc, DataError):
        log.warning("a value reached the database that a door should have refused", exc_info=exc)
        return {"status": 400, "code": "invalid_value", "detail": _("A value is outside what can be stored.")}
    if not isinstance(exc, OperationalError | InterfaceError):
        return None
    state = getattr(exc.__cause__, "sqlstate", None)
    if state is not None and state not in TRY_AGAIN_STATES:
        return None
    log.warning("the database asked us to try again (%s)", state or "no connection", exc_info=exc)
    return {"status": 503, "headers": {"Retry-After": str(RETRY_AFTER_SECONDS)}}


def flat_errors(details: Any, path: str = "") -> list[dict[str, Any]]:
    """Nested validation errors as a list; `needs[0].count` points into lists and objects, null at the whole."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        return [{"field": path or None, "code": details["code"], "message": str(details["message"])}]
    if isinstance(details, dict):
        pairs = [(_joined(path, name), part) for name, part in details.items()]
    else:
        leaves = all(isinstance(part, dict) and set(part) == {"message", "code"} for part in details)
        pairs = [(path if leaves else f"{path}[{n}]", part) for n, part in enumerate(details)]
    return [error for where, part in pairs for error in flat_errors(part, where)]


def _joined(path: str, name: Any) -> str:
    if isinstance(name, int):
        return f"{path}[{name}]"
    if name == "non_field_errors":
        return path
    return f"{path}.{name}" if path else str(name)


def _plain(value: Any) -> Any:
    """A figure as JSON holds it; whatever is no figure is said in words."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    return str(value)
