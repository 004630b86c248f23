"""Reading a finished UBL document: paths, amounts, and what a finding is."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from lxml import etree

from navet.payments.invoices.peppol import CAC, CBC

NAMES = {"cac": CAC, "cbc": CBC}
FATAL, WARNING = "fatal", "warning"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Finding:
    """`rule` is the name under which the rule is published; `message` is written to whoever made the invoice."""

    rule: str
    message: str | Promise
    severity: str = FATAL

    def __str__(self) -> str:
        return f"{self.message} ({self.rule})"


class Unreadable(ValueError):
    """Not an invoice or credit note of UBL."""


class Tree:
    """A parsed document; every text is read without the spaces around it."""

    def __init__(self, content: bytes) -> None:
        """Raises Unreadable. Entities are not resolved and nothing is fetched."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            self.root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as fault:
            raise Unreadable(str(fault)) from fault
        name = etree.QName(self.root).localname
        if name not in ("Invoice", "CreditNote"):
            raise Unreadable(name)
        self.is_credit = name == "CreditNote"

    def all(self, path: str, within: Any = None) -> list[Any]:
        return (self.root if within is None else within).xpath(path, namespaces=NAMES)

    def text(self, path: str, within: Any = None) -> str:
        """The text at the first element of the path; "" where there is none."""
        found = self.all(path, within)
        return (found[0].text or "").strip() if found else ""

    def number(self, path: str, within: Any = None) -> Decimal:
        """The number there; 0 where there is none, or something else."""
        try:
            number = Decimal(self.text(path, within) or "0")
        except InvalidOperation:
            return Decimal(0)
        return number if number.is_finite() else Decimal(0)

    def sum(self, path: str) -> Decimal:
        return sum((self.number(".", one) for one in self.all(path)), Decimal(0))

    @cached_property
    def lines(self) -> list[Any]:
        return self.all("cac:InvoiceLine | cac:CreditNoteLine")

    @cached_property
    def subtotals(self) -> list[Any]:
        return self.all("cac:TaxTotal/cac:TaxSubtotal")

    def categories(self) -> Iterator[tuple[str, Decimal]]:
        """Category and rate of each line."""
        for line in self.lines:
            category = "cac:Item/cac:ClassifiedTaxCategory/cbc:"
            yield self.text(f"{category}ID", line), self.number(f"{category}Percent", line)
