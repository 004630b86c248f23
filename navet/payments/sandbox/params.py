"""Reads what the SDK sends: `line_items[0][price_data][currency]=sek` as nested values."""

import re
from typing import Any
from urllib.parse import parse_qsl

from .errors import ApiError

DEEPEST = 8


def read(text: str) -> dict[str, Any]:
    """The form or query as dicts and lists. Raises ApiError for what is neither."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        path = re.findall(r"[^\[\]]+", name)
        if not path or len(path) > DEEPEST:
            raise ApiError("Invalid request", param=name[:50])
        place = found
        for part in path[:-1]:
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                raise ApiError("Invalid request", param=name[:50])
        place[path[-1]] = value
    return {name: _listed(value) for name, value in found.items()}


def _listed(value: Any) -> Any:
    """A dict whose names are 0, 1, 2 … is a list."""
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(one) for name, one in value.items()}
    if inner and all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
