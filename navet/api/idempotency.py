"""The same POST twice is one effect: `Idempotency-Key`, kept in the transaction of the effect."""

import abc
import functools
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from navet import inserts, queries, transactions
from navet.accounts import actor
from navet.api.problems import Problem
from navet.errors import Refused

HEADER = "Idempotency-Key"
IN_META = "HTTP_IDEMPOTENCY_KEY"  # one header asked for where it is costs less than all of them named anew
REPLAYED = "Idempotency-Replayed"
KEY = re.compile(r"[\x21-\x7e]{1,255}")
KEPT_HEADERS = ("Location", "ETag")
BAD_REQUEST = 400
# How a deed says that it was not done: by a rule of the house, by the API's own, or by the database, which also says so to
# the later one of two that bring the same key.
NOT_DONE = (Refused, APIException, Http404, PermissionDenied, DatabaseError)

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
    asked = (_scope(request), key, _fingerprint(request)) if key else None
    try:
        with transactions.door():
            response = create()
            is_refused = response.status_code >= BAD_REQUEST
            if is_refused:
                transaction.set_rollback(True)  # a refusal undoes what was done for it
            elif asked:
                _keep(response, *asked)
    except NOT_DONE:
        if asked and (given := _given(*asked)):
            return given
        raise
    if is_refused and asked:
        return _given(*asked) or response
    return response


def _key(request: Request) -> str:
    key = request.META.get(IN_META)
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
    """Write the answer beside its effect. It goes out as it was written here: rendered once."""
    body = b"" if response.data is None else JSONRenderer().render(response.data)
    headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
    kept = [scope, key, fingerprint, response.status_code, body.decode(), json.dumps(headers), timezone.now()]
    inserts.last(KEEP, kept)
    if body:
        response.content, response["Content-Type"] = body, JSONRenderer.media_type


def _given(scope: str, key: str, fingerprint: str) -> Response | None:
    """What this caller's key was answered, if it was. Raises Problem `idempotency_key_reused`."""
    given = queries.row(GIVEN, [scope, key])
    if given is None:
        return None
    of_request, status, body, headers = given
    if of_request != fingerprint:
        message = _("This Idempotency-Key was used for another request. Take a new key.")
        raise Problem("idempotency_key_reused", message, status=422)
    data = json.loads(body) if body else None
    return Response(data, status=status, headers={**json.loads(headers), REPLAYED: "true"})
