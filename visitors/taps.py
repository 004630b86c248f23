"""A tap is one effect, however often the tablet sends it."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest

from navet.api.models import IdempotencyRecord


def once(request: HttpRequest, token: str, effect: Callable[[], object]) -> bool:
    """Run `effect` unless this person sent this token here before; whether it ran. What it raises undoes both.

    Two at once: the second waits for the first. Without a token it always runs.
    """
    with transaction.atomic():
        if token:
            _record, fresh = IdempotencyRecord.objects.get_or_create(
                scope=f"page {request.user.pk} {request.path}"[:120], key=token
            )
            if not fresh:
                return False
        effect()
    return True
