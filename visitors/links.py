"""Addresses that pages and mails lead to."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode


def rows_url(**asked: Any) -> str:
    """The rows behind a figure; `asked` as visitors.forms.RowsForm reads it."""
    return f"{reverse('visitors:rows')}?{urlencode(asked)}"
