"""Who is invoiced, invoices with their lines, and the money that came: a file for each noun."""

from navet.payments.invoices.models.customers import Customer, Schedule, Way
from navet.payments.invoices.models.invoices import (
    Invoice,
    InvoiceLine,
    InvoiceQuerySet,
    InvoiceSeries,
    Kind,
    Reminder,
    State,
)
from navet.payments.invoices.models.payments import InvoicePayment, PaymentFile

__all__ = [
    "Customer",
    "Invoice",
    "InvoiceLine",
    "InvoicePayment",
    "InvoiceQuerySet",
    "InvoiceSeries",
    "Kind",
    "PaymentFile",
    "Reminder",
    "Schedule",
    "State",
    "Way",
]
