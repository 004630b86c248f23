"""Which shape an answer takes: the framework's rules, reached at once by who asks for the view's first shape by name."""

from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request


class Negotiation(DefaultContentNegotiation):
    """`Accept: application/json` is what programs say; the framework weighs it as it weighs a browser's long list."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        first = renderers[0]
        if format_suffix is None and request.META.get("HTTP_ACCEPT") == first.media_type:
            return first, first.media_type
        return super().select_renderer(request, renderers, format_suffix)
