"""Two people edit one thing: `ETag` says which version was seen, `If-Match` says it back."""

import re

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from navet.api.problems import Problem
from navet.errors import Refused

ETAG = re.compile(r'(?:W/)?"v(\d{1,9})"', re.ASCII)


class Stale(Refused):
    """Raised by an operation that, with the row locked, finds another version than the caller saw."""

    code = "stale"
    message = _("Somebody else has changed this since you saw it. Read it again and decide anew.")
    status = 412


def header(version: int) -> dict[str, str]:
    """The answer's headers: `{"ETag": '"v7"'}`."""
    return {"ETag": f'"v{version}"'}


def expected_version(request: Request, *, required: bool = True) -> int | None:
    """The version in `If-Match`; None for `*`, or for nothing where it is not required.

    Raises Problem 428 when it is required and missing, 412 for an ETag that is none of ours.
    """
    text = request.headers.get("If-Match", "").strip()
    if not text:
        if required:
            raise Problem("precondition_required", _("Send If-Match with the ETag you saw."), status=428)
        return None
    if text == "*":
        return None
    match = ETAG.fullmatch(text)
    if match is None:
        raise Problem(Stale.code, Stale.message, status=412)
    return int(match[1])


def check(version: int, *, expected: int | None) -> None:
    """Raises Stale unless the version is the one expected; call it with the row locked."""
    if expected is not None and expected != version:
        raise Stale
