"""What waits to be invoiced, for staff to see: orders, charges by payer and reference, and who of them has no customer yet."""

import datetime as dt
from dataclasses import dataclass, field

from navet.payments.invoices.models import Customer
from navet.payments.models import Charge


@dataclass
class Owed:
    """Charges of one payer under one reference; `customer` is None where nobody has entered the payer."""

    organisation_number: str
    reference: str
    payer: str
    customer: Customer | None
    charges: list[Charge] = field(default_factory=list)

    @property
    def amount_ore(self) -> int:
        return sum(charge.amount_ore for charge in self.charges)

    @property
    def first_date(self) -> dt.date:
        return min(charge.arose_date for charge in self.charges)


def charges() -> list[Owed]:
    """Two queries, however many there are."""
    customers = {one.organisation_number: one for one in Customer.objects.exclude(organisation_number="")}
    waiting = Charge.objects.to_invoice().filter(invoice_line__isnull=True, amount_ore__gt=0)
    found: dict[tuple[str, str], Owed] = {}
    for charge in waiting.order_by("payer", "reference", "arose_date", "pk"):
        key = (charge.organisation_number, charge.reference)
        if key not in found:
            found[key] = Owed(*key, charge.payer, customers.get(charge.organisation_number))
        found[key].charges.append(charge)
    return list(found.values())
