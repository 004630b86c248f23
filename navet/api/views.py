"""What every view of the API starts from."""

from typing import Any, ClassVar

from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from navet.api.filters import known_parameters, refuse_unknown_parameters
from navet.api.idempotency import IdempotentCreateMixin
from navet.api.serializers import parsed


class View(GenericAPIView):
    """Declare `required_capability` (a name, a dict by method, or None for public) and `serializer_class`.

    `query_parameters` names what the view reads itself, beside its filterset; all else is refused with 400.
    `throttle_scope` is "booking" or "guess" where the public's ordinary rate is too generous.
    """

    query_parameters: ClassVar[frozenset[str]] = frozenset()
    throttle_scope: ClassVar[str | dict[str, str] | None] = None
    pagination_class: Any = None
    filter_backends: Any = ()
    # The schema names it: `If-Match` is asked for on these methods, "required" or "optional".
    if_match: ClassVar[dict[str, str]] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, known_parameters(self))

    def validated(self, request: Request) -> dict[str, Any]:
        """The body, through the view's serializer. Raises ValidationError."""
        return parsed(self.get_serializer_class(), request.data)


class ListView(ListModelMixin, View):
    """A list in pages by cursor: declare `queryset` or `get_queryset`, `ordering` and a `filterset_class`."""

    pagination_class = api_settings.DEFAULT_PAGINATION_CLASS
    filter_backends = api_settings.DEFAULT_FILTER_BACKENDS

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)


class CreateView(IdempotentCreateMixin, View):
    """POST creates, once per Idempotency-Key: write `create`."""
