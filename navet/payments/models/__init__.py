"""What is owed, on which terms, and at which VAT."""

from navet.payments.models.charges import Charge, ChargeQuerySet
from navet.payments.models.orders import Basis, Order, OrderLine, OrderQuerySet, Settlement, Unit
from navet.payments.models.vat import VAT_RATES, Treatment, VatRule, VatRuleQuerySet

__all__ = [
    "VAT_RATES",
    "Basis",
    "Charge",
    "ChargeQuerySet",
    "Order",
    "OrderLine",
    "OrderQuerySet",
    "Settlement",
    "Treatment",
    "Unit",
    "VatRule",
    "VatRuleQuerySet",
]
