"""OpenAPI 3.1 that tells the whole truth: also what is refused, and how."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema as SpectacularSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, PolymorphicProxySerializer
from rest_framework import serializers

from navet.accounts.permissions import required_capability
from navet.api import idempotency
from navet.api.problems import CONTENT_TYPE
from navet.api.serializers import INT_MAX, TEXT_MAX, StrictSerializer

CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"
WRITES = {"POST", "PUT", "PATCH"}
TRY_LATER = OpenApiParameter(
    "Retry-After", int, OpenApiParameter.HEADER, response=[429, 503], description="Seconds to wait."
)
IDEMPOTENCY_KEY = OpenApiParameter(
    idempotency.HEADER,
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="The same key with the same body is one effect: a repetition gets the first answer, with "
    "`Idempotency-Replayed: true`. With another body it is refused with 422. Kept 48 hours.",
)
REPLAYED = OpenApiParameter(idempotency.REPLAYED, str, OpenApiParameter.HEADER, response=[200, 201])


class FieldErrorSerializer(serializers.Serializer):
    """One fault; `field` points into the body (`needs[0].count`) or names a parameter, null for the whole."""

    field = serializers.CharField(allow_null=True)
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """RFC 9457; `code` is stable, `detail` is written to people in the language of Accept-Language."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]  # DRF takes fields out of the class body


class DeviceScheme(OpenApiAuthenticationExtension):
    target_class = "navet.accounts.authentication.DeviceAuthentication"
    name = "device"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "The key of a desk device."}


class AutoSchema(SpectacularSchema):
    """Adds to every operation what our doors do for every operation."""

    def get_override_parameters(self) -> list[Any]:
        parameters: list[Any] = [TRY_LATER]
        if self._is_idempotent():
            parameters += [IDEMPOTENCY_KEY, REPLAYED]
        need = getattr(self.view, "if_match", {}).get(self.method)
        if need:
            text = "The ETag you saw."
            parameters.append(
                OpenApiParameter(
                    "If-Match", str, OpenApiParameter.HEADER, required=need == "required", description=text
                )
            )
        return parameters

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Public operations may be called by anybody; the others by whoever has the capability."""
        return [{}] if self._capability() is None else super().get_auth()

    def get_description(self) -> str:  # type: ignore[override]  # as drf-spectacular has it
        capability = self._capability()
        text = super().get_description() or ""
        return f"{text}\n\nAsks for the capability `{capability}`.".strip() if capability else text

    def _capability(self) -> str | None:
        return required_capability(self.view, self.method)

    def _is_idempotent(self) -> bool:
        return self.method == "POST" and getattr(self.view, "idempotent", False)

    def _statuses(self) -> list[int]:
        """Which problems this operation can answer with."""
        statuses = [400, 401, 403, 404, 406, 429, 503]
        if self.method in WRITES | {"DELETE"}:
            statuses += [409]
        if self.method in WRITES:
            statuses += [413, 415]
        if self._is_idempotent():
            statuses += [422]
        if getattr(self.view, "if_match", {}).get(self.method):
            statuses += [412, 428]
        return sorted(statuses)

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        for status in self._statuses():
            if str(status) not in bodies:
                problem = OpenApiResponse(ProblemSerializer, description=self._reason(status))
                bodies[str(status)] = self._get_response_for_code(
                    problem, str(status), [CONTENT_TYPE], direction
                )
        return bodies

    def _reason(self, status: int) -> str:
        if status == 409 and (reasons := getattr(self.view, "refusals", ())):
            return "Refused by a rule: " + ", ".join(f"`{refused.code}`" for refused in reasons)
        return REASONS[status]

    def _get_request_body(self, direction: Any = "request") -> dict[str, Any] | None:
        body = super()._get_request_body(direction)
        if body and isinstance(self.get_request_serializer(), PolymorphicProxySerializer):
            body["required"] = True  # one of the shapes, and none of them is nothing
        return body

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        schema = super()._map_basic_serializer(serializer, direction)
        if direction == "request" and isinstance(serializer, StrictSerializer):
            schema["additionalProperties"] = False
        return schema

    def _map_serializer_field(self, field: Any, direction: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        schema = super()._map_serializer_field(field, direction, *args, **kwargs)
        if schema.get("format") == "time":  # RFC 3339's has an offset; a clock on the wall has none
            schema = {
                **{k: v for k, v in schema.items() if k != "format"},
                "pattern": CLOCK,
                "example": "09:30",
            }
        if schema.get("type") == "array":
            schema = _lengths(field) | schema
        return self._bounded(schema) if direction == "request" and "$ref" not in schema else schema

    def _bounded(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The bounds that strict serializers have even where the field names none."""
        kind = schema.get("type")
        if kind == "integer":
            return {"minimum": -INT_MAX, "maximum": INT_MAX} | schema
        if kind == "string" and not schema.keys() & {"enum", "format", "const", "maxLength"}:
            return schema | {"maxLength": TEXT_MAX}
        return schema


REASONS = {
    400: "Malformed: the body, a parameter or the key.",
    401: "Not logged in, or the device's key is not valid.",
    403: "Logged in, but not allowed.",
    404: "Nothing there, or nothing that may be shown.",
    406: "Only JSON is spoken here.",
    409: "Refused by a rule of the house; `code` says which.",
    412: "Somebody else has changed it since.",
    413: "The body is larger than 1 MiB.",
    415: "The body must be application/json.",
    422: "The Idempotency-Key was used for another request.",
    428: "If-Match is missing.",
    429: "Too many requests.",
    503: "The database asks for a moment; try again.",
}


def _lengths(field: Any) -> dict[str, int]:
    """How short and how long a list may be, where its field says so."""
    least = {} if getattr(field, "allow_empty", True) else {"minItems": 1}
    most = getattr(field, "max_length", None)
    return least | ({"maxItems": most} if isinstance(most, int) else {})
