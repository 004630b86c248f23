"""JSON as RFC 8259 means it, and no more than we can hold."""

import json
import math
from typing import Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import BaseParser

from navet.api.problems import Problem

MAX_DEPTH = 32
MAX_DIGITS = 19
INT_MIN, INT_MAX = -(2**63), 2**63 - 1


class StrictJSONParser(BaseParser):
    """One UTF-8 JSON object: no NaN, no doubled names, no integers beyond 64 bits, no unpaired surrogates."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        """Raises Problem 413 for too much, 400 for what is not such an object."""
        raw = self._read(stream, parser_context)
        if not raw.strip():
            return {}
        try:
            data = json.loads(
                raw.decode(),
                parse_constant=_refuse_constant,
                parse_int=_whole,
                parse_float=_finite,
                object_pairs_hook=_object,
            )
        except UnicodeDecodeError as exc:
            raise Problem("malformed_json", _("The body is not UTF-8.")) from exc
        except RecursionError as exc:
            raise _too_deep() from exc
        except ValueError as exc:
            raise Problem("malformed_json", _("The body is not valid JSON.")) from exc
        _check_shape(data, raw)
        return data

    def _read(self, stream: Any, context: Any) -> bytes:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        announced = (context or {}).get("request")
        length = announced.META.get("CONTENT_LENGTH") if announced is not None else None
        if length and length.isdigit() and int(length) > limit:
            raise _too_large()
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise _too_large()
        return raw


def _check_shape(data: Any, raw: bytes) -> None:
    if not isinstance(data, dict):
        raise Problem("not_an_object", _("The body must be a JSON object."))
    if raw.count(b"{") + raw.count(b"[") > MAX_DEPTH and _depth_exceeds(data, MAX_DEPTH):
        raise _too_deep()
    if b"\\u" in raw:
        try:
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError as exc:
            raise Problem("malformed_json", _("The body holds half a character.")) from exc


def _depth_exceeds(data: Any, limit: int) -> bool:
    level = [data]
    for _level in range(limit):
        level = [
            child
            for part in level
            for child in (part.values() if isinstance(part, dict) else part)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) <= MAX_DIGITS + 1 else INT_MAX + 1
    if not INT_MIN <= number <= INT_MAX:
        raise Problem("number_out_of_range", _("A number is larger than we can hold."))
    return number


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Problem("number_out_of_range", _("A number is larger than we can hold."))
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise Problem("duplicate_name", _("A name occurs twice in one object."))
    return data


def _too_deep() -> Problem:
    return Problem("too_deep", _("The body is nested too deeply."))


def _too_large() -> Problem:
    return Problem("too_large", _("The request is larger than we accept."), status=413)
