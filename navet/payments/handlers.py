"""What a product line does when its order is paid or not: it registers here, because the kernel knows no product line."""

import datetime as dt
from typing import Protocol

from navet.payments.models import Order


class Handler(Protocol):
    """Called in the transaction that records what happened, the line's own rows locked first and the order's after them."""

    def lock(self, order: Order) -> None:
        """Lock what `paid` and `unpaid` are going to change, in the order of docs/architecture.md."""

    def paid(self, order: Order, *, at: dt.datetime) -> bool:
        """The order is paid in full. False when it is no longer wanted, a late payment for instance: the money goes back."""

    def unpaid(self, order: Order, *, at: dt.datetime) -> None:
        """It was not paid in time and has lapsed: free what was held."""

    def address(self, order: Order) -> str:
        """The path of the page where its buyer sees what was booked."""


_handlers: dict[str, Handler] = {}


def register(kind: str, handler: Handler) -> None:
    """Once per product line, when its app is ready."""
    _handlers[kind] = handler


def of(order: Order) -> Handler:
    """Raises KeyError for a kind that nobody registered."""
    return _handlers[order.kind]
