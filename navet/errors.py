"""What the house says when a rule forbids something."""

from typing import Any

from django.utils.functional import Promise


class Refused(Exception):
    """A rule of the house said no, and nothing was changed.

    `code` is stable and part of the API; `message` is written to the visitor, in their language; `field` names
    the input it concerns, if one does; `extra` carries figures a client may show (free places, for instance).
    Every reason is a subclass beside the operation that raises it.
    """

    code = "refused"
    message: str | Promise = ""
    field: str | None = None
    status = 409

    def __init__(self, message: str | Promise = "", **extra: Any) -> None:
        self.message = message or self.message
        self.extra = extra
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message)
