"""What a product line does when its order is paid or not: it registers here, because the kernel knows no product line."""

import datetime as dt
import logging
from typing import Protocol

from navet.payments import differences
from navet.payments.models import Difference, Order

log = logging.getLogger(__name__)


class Handler(Protocol):
    """Called in the transaction that records what happened, the line's own rows locked first and the order's after them."""

    def lock(self, order: Order) -> None:
        """Lock what `paid` and `unpaid` are going to change, in the order of docs/architecture.md."""

    def paid(self, order: Order, *, at: dt.datetime) -> bool:
        """The order is paid in full. False when it is no longer wanted, a late payment for instance: the money goes back."""

    def unpaid(self, order: Order, *, at: dt.datetime) -> None:
        """It was not paid in time and has lapsed: free what was held."""

    def address(self, order: Order) -> str:
        """The path of the page where its buyer sees what was booked; "" where there is none."""


class _Nobody:
    """The line of an order whose kind nobody registered, of one that is gone for instance: the money is kept, and finance told."""

    def lock(self, order: Order) -> None:
        """Nothing is known of it."""

    def paid(self, order: Order, *, at: dt.datetime) -> bool:
        log.error("order %s of the kind %s is paid, and nobody knows what it is", order.pk, order.kind)
        payment = order.payments.paid().order_by("-paid_at", "-pk").first()
        ours = f"{order.paid_ore} sek"
        differences.note(Difference.Kind.NOBODYS, order.code, payment=payment, ours=ours, at=at)
        return True

    def unpaid(self, order: Order, *, at: dt.datetime) -> None:
        """Nothing was held."""

    def address(self, order: Order) -> str:
        return ""


_handlers: dict[str, Handler] = {}
_NOBODY = _Nobody()


def register(kind: str, handler: Handler) -> None:
    """Once per product line, when its app is ready."""
    _handlers[kind] = handler


def of(order: Order) -> Handler:
    """Its line; for a kind that nobody registered one that keeps the money and tells finance."""
    return _handlers.get(order.kind, _NOBODY)
