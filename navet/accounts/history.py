"""Tells the audit trail who acts: pghistory's triggers keep what a request changed, with the caller and the address.

pghistory's own middleware sends the caller ahead of every writing statement. Only tables with a trigger listen, and most
of what people queue for writes to others; so here the caller is said where somebody listens, as late as can be, which
is also when the API knows a device.
"""

import functools
import json
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from navet.accounts import actor
from navet.queries import Open

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# Local to the transaction: what a pooled connection does next is not said to be this caller's.
SAID = "set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"


class HistoryMiddleware:
    """Around every request that may change something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in WRITING:
            return self.get_response(request)
        with connection.execute_wrapper(_Teller(request)):
            return self.get_response(request)


class _Teller:
    """Says who acts before each statement that writes to a tracked table; all of one request share an id."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._id = ""

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not _is_heard(sql) or connection.needs_rollback:
            return execute(sql, params, many, context)
        if isinstance(sql, Open):  # its triggers fire when all of it is done, and that is then said
            return execute(f"{sql} {SAID}", [*params, *self._said()], many, context)
        with transaction.atomic() if connection.get_autocommit() else nullcontext():
            with connection.wrap_database_errors:
                # By the driver's own cursor: what is said is no statement of the house's, and nobody counts it.
                context["connection"].connection.execute(f"SELECT {SAID}", self._said())
            return execute(sql, params, many, context)

    def _said(self) -> tuple[str, str]:
        by = actor.of(self._request)
        self._id = self._id or str(uuid.uuid4())
        said = {"user": by.user.pk if by.user else None, "url": self._request.path}
        if by.device is not None:
            said["device"] = str(by.device.public_id)
        return self._id, json.dumps(said)


def _is_heard(sql: Any) -> bool:
    return isinstance(sql, str) and _names_a_tracked_table(sql)


@functools.lru_cache(maxsize=1024)
def _names_a_tracked_table(sql: str) -> bool:
    """Of a statement without its values, of which a process has some hundreds."""
    if sql.lstrip()[:6].upper() == "SELECT":
        return False
    return any(table in sql for table in tracked_tables())


@functools.cache
def tracked_tables() -> tuple[str, ...]:
    """The tables whose changes pghistory keeps, quoted as Django quotes them."""
    models = (getattr(model, "pgh_tracked_model", None) for model in apps.get_models())
    return tuple(sorted({f'"{model._meta.db_table}"' for model in models if model is not None}))
