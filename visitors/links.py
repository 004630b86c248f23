"""Addresses that pages and mails lead to."""

from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode


def rows_url(**asked: Any) -> str:
    """The rows behind a figure; `asked` as visitors.forms.RowsForm reads it."""
    return _rows(tuple(asked.items()))


@lru_cache(maxsize=5_000)
def _rows(asked: tuple[tuple[str, Any], ...]) -> str:
    """A page has hundreds, the same ones each time it is shown."""
    return f"{reverse('visitors:rows')}?{urlencode(asked)}"
