"""How Stripe says no."""

from typing import Any


class ApiError(Exception):
    """An error answer; `is_kept` where Stripe would replay it to a repetition under the same idempotency key."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str = "",
        param: str = "",
        is_kept: bool = False,
    ) -> None:
        self.status, self.is_kept = status, is_kept
        told = {"type": kind, "message": message, "code": code, "param": param}
        self.body: dict[str, Any] = {"error": {name: value for name, value in told.items() if value}}
        super().__init__(message)


def missing(kind: str, id_: str) -> ApiError:
    return ApiError(f"No such {kind}: '{id_}'", status=404, code="resource_missing", param="id")
