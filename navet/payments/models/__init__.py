"""What is owed, on which terms, and at which VAT."""

from navet.payments.models.balance import BalanceEntry, Payout
from navet.payments.models.charges import Charge, ChargeQuerySet
from navet.payments.models.movements import Movement
from navet.payments.models.orders import Basis, Order, OrderLine, OrderQuerySet, Settlement, Unit
from navet.payments.models.payments import (
    CURRENCY,
    Difference,
    Dispute,
    Payment,
    Reconciliation,
    Refund,
    StripeEvent,
)
from navet.payments.models.vat import VAT_RATES, Treatment, VatRule, VatRuleQuerySet

__all__ = [
    "CURRENCY",
    "VAT_RATES",
    "BalanceEntry",
    "Basis",
    "Charge",
    "ChargeQuerySet",
    "Difference",
    "Dispute",
    "Movement",
    "Order",
    "OrderLine",
    "OrderQuerySet",
    "Payment",
    "Payout",
    "Reconciliation",
    "Refund",
    "Settlement",
    "StripeEvent",
    "Treatment",
    "Unit",
    "VatRule",
    "VatRuleQuerySet",
]
