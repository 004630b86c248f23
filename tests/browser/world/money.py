"""Orders, payments and invoices."""

import datetime as dt
from functools import cached_property

from navet.accounts.actor import Actor
from navet.payments import differences, handlers, refunds
from navet.payments.invoices.models import Invoice, InvoicePayment
from navet.payments.invoices.operations import settling
from navet.payments.models import Difference, Order, Payment, Settlement
from tests.browser.world.base import NOW, Base
from tests.navet.payments import making as orders_of_tests
from tests.navet.payments.invoices import making as invoices
from tests.navet.payments.invoices.test_settling import bgmax
from tests.navet.payments.line import Line
from tests.navet.payments.paying import told_of_as_paid


class Money(Base):
    """Orders, payments and invoices."""

    @cached_property
    def unpaid(self) -> Order:
        """A conference for forty, to be paid by card within a week."""
        handlers.register("test", Line())
        terms = {"settlement": Settlement.CARD, "pay_by": NOW + dt.timedelta(days=7), "at": NOW}
        return orders_of_tests.order([orders_of_tests.DAY_PACKAGE, orders_of_tests.ROOM], **terms)

    @cached_property
    def payment(self) -> Payment:
        """The unpaid one's twin, paid by card; a part of it is on its way back, and Stripe does not agree."""
        handlers.register("test", Line())
        order = orders_of_tests.order(settlement=Settlement.CARD, at=NOW)
        paid = told_of_as_paid(order, at=NOW)
        refunds.give(paid, 100_00, note="Projektorn var trasig", by=Actor(user=self.user("finance")), at=NOW)
        differences.note(Difference.Kind.REFUND, paid.key, payment=paid, ours="1 sek", theirs="2 sek", at=NOW)
        return paid

    @cached_property
    def draft(self) -> Invoice:
        """Of an order that was changed into it; charges wait beside it."""
        invoices.charge()
        invoices.charge(organisation_number="5560360793", payer="Friskolan")
        return invoices.draft()

    @cached_property
    def invoice(self) -> Invoice:
        """Issued, and not paid."""
        return invoices.issued()

    @cached_property
    def unknown_money(self) -> InvoicePayment:
        """That came with a reference of nobody's."""
        made = settling.book_file(bgmax(("12345", 70_000)), name="bg.txt", by=invoices.BY, at=invoices.AT)
        return made.payments.get()
