"""`/stripe/webhook/`: who may come in is decided by the signature alone; everything else is refused before it is read."""

import logging
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from navet.api.throttles import Throttle
from navet.payments import stripe_gateway as gateway
from navet.payments import webhooks

log = logging.getLogger(__name__)


@csrf_exempt
@never_cache
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """200 once the event is kept, whether it is new or not; what it means is the worker's to find out."""
    if request.content_type != "application/json":
        return _refused(request, 415, "wrong_content_type")
    try:
        body = _body(request)
    except UnreadablePostError:
        return _refused(request, 400, "cut_short")
    if body is None:
        return _refused(request, 413, "too_large")
    try:
        event = gateway.event_of(body, request.headers.get("Stripe-Signature", ""))
    except gateway.Forged as forged:
        return _refused(request, 400, forged.reason)
    webhooks.receive(event, at=timezone.now())
    return HttpResponse(status=200)


def _body(request: HttpRequest) -> bytes | None:
    """The bytes as they came; None for more than an event is."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > gateway.MAX_BODY:
        return None
    body = request.read(gateway.MAX_BODY + 1)
    return body if len(body) <= gateway.MAX_BODY else None


def _refused(request: HttpRequest, status: int, code: str) -> HttpResponse:
    """Whoever guesses is slowed down; what Stripe signed is never counted."""
    view = SimpleNamespace(throttle_scope="guess")
    if not Throttle().allow_request(request, view):  # type: ignore[arg-type]  # reads no more than Django's own has
        status, code = 429, "too_many"
    log.warning("a webhook was refused: %s", code)
    return JsonResponse({"code": code}, status=status)
