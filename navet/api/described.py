"""The schema, made once for each language: it is what the code says, the same for everybody, and takes a third of a second to write."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request


class Generator(SchemaGenerator):
    """Writes the whole API as it is open to everybody to read; `manage.py spectacular` and `/api/v1/schema/` ask it."""

    def get_schema(self, request: Request | None = None, public: bool = False) -> dict[str, Any]:
        if not public or self.api_version or self.patterns:
            return super().get_schema(request, public)
        return _whole(get_language(), settings.ROOT_URLCONF)


@lru_cache(maxsize=8)
def _whole(language: str | None, urlconf: str) -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)
