"""`/betalning/<code>/`: what an order comes to, paying it, and its receipt. Whoever has the code may pay; it names nobody."""

import functools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from navet import codes
from navet.accounts import actor, browser
from navet.api.throttles import Throttle
from navet.errors import Refused
from navet.payments import handlers, payments, shown
from navet.payments import stripe_gateway as gateway
from navet.payments.models import Order, Payment

Page = Callable[..., HttpResponse]


def with_order(page: Page) -> Page:
    """Gives the page the order of a code as people type it. A code that does not exist counts as a guess."""

    @functools.wraps(page)
    @never_cache
    def found(request: HttpRequest, code: str) -> HttpResponse:
        normal = codes.normalise(code)
        order = Order.objects.filter(code=normal).first() if codes.is_code(normal) else None
        if order is not None:
            return page(request, order)
        if not Throttle().allow_request(request, SimpleNamespace(throttle_scope="guess")):  # type: ignore[arg-type]  # it reads the scope alone
            return render(request, "429.html", status=429)
        raise Http404

    return found


@require_http_methods(["GET", "HEAD", "POST"])
@with_order
def pay(request: HttpRequest, order: Order) -> HttpResponse:
    """What is to be paid; POST leads to Checkout. Coming back says nothing of whether it was paid: Stripe does."""
    status = 200
    if request.method == "POST":
        try:
            language = (get_language() or "sv")[:2]
            return redirect(payments.begin(order, language=language, at=timezone.now()).url)
        except Refused as refused:
            messages.error(request, str(refused))
            status = refused.status
            order.refresh_from_db()
    _hasten(request, order)
    answer = render(request, "payments/pay.html", _shown(request, order), status=status)
    if order.owed_ore > 0 and gateway.is_configured():
        # Browsers hold a form to where its answer leads, so the one page that leads to Checkout names it.
        answer._csp_update = {"form-action": [gateway.page_origin()]}  # type: ignore[attr-defined]  # django-csp's own
    return answer


@require_safe
@with_order
def state(request: HttpRequest, order: Order) -> HttpResponse:
    """The part of the page that says how it stands, asked for again and again by whoever waits."""
    return render(request, "payments/_state.html", _shown(request, order))


@require_safe
@with_order
def receipt(request: HttpRequest, order: Order) -> HttpResponse:
    """What was paid, to print and keep."""
    paid = list(order.payments.paid().order_by("paid_at"))
    if not paid:
        return redirect("payments:pay", code=order.code)
    context = _shown(request, order) | {
        "paid": paid,
        "seller": shown.seller(),
        "buyer": shown.buyer(order) if _may_see_buyer(request, order) else None,
    }
    return render(request, "payments/receipt.html", context)


def _shown(request: HttpRequest, order: Order) -> dict[str, Any]:
    at = timezone.now()
    standing = order.payments.standing().first()
    came_back = _came_back(request)
    is_awaited = standing is not None and came_back == str(standing.pk)
    return shown.bill(order) | {
        "is_awaited": is_awaited and order.owed_ore > 0,
        "came_back": came_back,
        "is_payable": _is_payable(order, at),
        "is_configured": gateway.is_configured(),
        "is_sandbox": gateway.is_sandbox(),
        "has_paid": order.payments.paid().exists(),
        "booking_url": handlers.of(order).address(order),
    }


def _is_payable(order: Order, at: Any) -> bool:
    try:
        payments.refuse_unless_owing(order, at=at)
    except Refused:
        return False
    return True


def _came_back(request: HttpRequest) -> str:
    """The number of the payment that Checkout sent somebody back from; "" where none or nonsense was said."""
    said = request.GET.get("klar", "")
    return said if said.isascii() and said.isdigit() and len(said) < 19 else ""


def _hasten(request: HttpRequest, order: Order) -> None:
    """Whoever comes back from Checkout has the worker ask Stripe, once, should the webhook not come."""
    came_back = _came_back(request)
    if request.method == "GET" and came_back:
        payment = order.payments.filter(pk=int(came_back), state=Payment.State.OPEN).first()
        if payment is not None:
            payments.promise_look(payment, at=timezone.now())


def _may_see_buyer(request: HttpRequest, order: Order) -> bool:
    if actor.of(request).has_capability("payments.view"):
        return True
    email = browser.verified_email(request, at=timezone.now())
    return bool(email) and email == order.buyer_email.lower()
