"""An invoice as the payer gets it: plain figures and words, the same for PDF, UBL and ledger. Pure."""

import datetime as dt
from dataclasses import dataclass

INVOICE, CREDIT_NOTE = "invoice", "credit_note"
ORGANISATION, GLN = "0007", "0088"  # schemes of electronic addresses


@dataclass(frozen=True)
class Party:
    """A seller or a buyer as it was when the invoice was issued. What is not known is ""."""

    name: str
    organisation_number: str = ""
    vat_number: str = ""
    endpoint_scheme: str = ""
    endpoint_id: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "SE"
    email: str = ""
    phone: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Seller(Party):
    """`bankgiro` is digits only. `is_demo`: the numbers are made up."""

    bankgiro: str = ""
    f_tax: bool = False
    is_demo: bool = False


@dataclass(frozen=True)
class Line:
    """`unit_ore` is what one costs in the document's price basis; `net_ore` is the whole line without VAT."""

    position: int
    text: str
    quantity: int
    unit_ore: int
    net_ore: int
    vat_permille: int
    exemption_code: str = ""
    exemption_text: str = ""
    unit: str = "C62"  # UN/ECE recommendation 20


@dataclass(frozen=True)
class Vat:
    """One rate, or one reason for exemption: the sum of the nets and the VAT on it."""

    vat_permille: int
    net_ore: int
    vat_ore: int
    exemption_code: str = ""
    exemption_text: str = ""


@dataclass(frozen=True)
class Document:
    """Amounts are öre. Of a credit note all quantities and amounts are negative, so that it and what it credits add up to zero.

    `number` and `ocr` are "" in a draft; `credits` is the number and date of the invoice a credit note takes back.
    """

    kind: str
    number: str
    issue_date: dt.date
    due_date: dt.date | None
    ocr: str
    seller: Seller
    buyer: Party
    lines: tuple[Line, ...]
    vat: tuple[Vat, ...]
    rounding_ore: int
    payable_ore: int
    gross_basis: bool
    buyer_reference: str = ""
    order_reference: str = ""
    credits: tuple[str, dt.date] | None = None
    terms_days: int | None = None
    note: str = ""
    delivered_date: dt.date | None = None

    @property
    def net_ore(self) -> int:
        return sum(one.net_ore for one in self.vat)

    @property
    def vat_ore(self) -> int:
        return sum(one.vat_ore for one in self.vat)

    @property
    def is_credit(self) -> bool:
        return self.kind == CREDIT_NOTE
