"""The same POST twice is one effect: `Idempotency-Key`, kept in the transaction of the effect."""

import abc
import functools
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from navet import queries, transactions
from navet.accounts import actor
from navet.api.problems import Problem

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEY = re.compile(r"[\x21-\x7e]{1,255}")
KEPT_HEADERS = ("Location", "ETag")
REFUSED = 400

GIVEN = "SELECT fingerprint, status, body, headers FROM api_idempotencyrecord WHERE scope = %s AND key = %s"
KEEP = """
    INSERT INTO api_idempotencyrecord (scope, key, fingerprint, status, body, headers, created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


class IdempotentCreateMixin:
    """For a view whose POST creates: write `create(request, **kwargs) -> Response`; `post` is here.

    `create` runs in one transaction with the key's record (or alone in one, without a key). What it raises, or
    answers with 400 and above, undoes both, so that a retry may succeed.
    """

    idempotent = True

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return once(request, functools.partial(self.create, request, *args, **kwargs))

    @abc.abstractmethod
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What the POST makes, and its answer."""


def once(request: Request, create: Callable[[], Response]) -> Response:
    """Call `create` in a transaction, unless this caller's key already has an answer: then that.

    Nearly every key is new, so nobody looks first. A key that had an answer, or is just getting one in another transaction, cannot
    be kept a second time: what was done anew is undone then, as it is where it was refused, and what the first one was answered is
    the answer. Raises Problem 422 `idempotency_key_reused` for another body, 400 `idempotency_key_malformed`.
    """
    key = _key(request)
    if not key:
        with transactions.door():
            return _undone_if_refused(create())
    scope, fingerprint = _scope(request), _fingerprint(request)
    try:
        with transactions.door():
            response = _undone_if_refused(create())
            if response.status_code < REFUSED:
                _keep(response, scope, key, fingerprint)
    except OperationalError:
        raise  # nothing can be asked now
    except Exception:
        if given := queries.row(GIVEN, [scope, key]):
            return _replay(given, fingerprint)
        raise
    if response.status_code >= REFUSED and (given := queries.row(GIVEN, [scope, key])):
        return _replay(given, fingerprint)
    return response


def _undone_if_refused(response: Response) -> Response:
    if response.status_code >= REFUSED:
        transaction.set_rollback(True)
    return response


def _key(request: Request) -> str:
    key = request.headers.get(HEADER)
    if key is None:
        return ""
    if not KEY.fullmatch(key):
        message = _("Idempotency-Key is 1 to 255 visible ASCII characters, without spaces.")
        raise Problem("idempotency_key_malformed", message)
    return key


def _scope(request: Request) -> str:
    """Who asked, and where. The public is one caller: an address changes under a traveller, a key is random."""
    by = actor.of(request)
    who = "public"
    if by.user is not None:
        who = f"user {by.user.pk}"
    if by.device is not None:
        who = f"device {by.device.public_id}"
    scope = f"{who} {request.path}"
    return scope if len(scope) <= 120 else hashlib.sha256(scope.encode()).hexdigest()


def _fingerprint(request: Request) -> str:
    """SHA-256 of method, path and what the body says; white space and the order of names do not count."""
    said = json.dumps([request.method, request.get_full_path(), request.data], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _keep(response: Response, scope: str, key: str, fingerprint: str) -> None:
    """Write the answer beside its effect."""
    body = "" if response.data is None else JSONRenderer().render(response.data).decode()
    headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
    kept = [scope, key, fingerprint, response.status_code, body, json.dumps(headers), timezone.now()]
    queries.last(KEEP, kept)


def _replay(given: tuple[Any, ...], fingerprint: str) -> Response:
    of_request, status, body, headers = given
    if of_request != fingerprint:
        message = _("This Idempotency-Key was used for another request. Take a new key.")
        raise Problem("idempotency_key_reused", message, status=422)
    data = json.loads(body) if body else None
    return Response(data, status=status, headers={**json.loads(headers), REPLAYED: "true"})
