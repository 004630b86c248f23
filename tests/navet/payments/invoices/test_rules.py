"""Our own check: nothing against a good invoice, and each thing that is broken is told by the name of its rule."""

from collections.abc import Callable

import pytest
from lxml import etree

from navet.payments.invoices import peppol, peppol_rules
from navet.payments.invoices.document import CREDIT_NOTE
from navet.payments.invoices.peppol import CAC, CBC
from navet.payments.invoices.peppol_rules import FATAL, WARNING
from tests.navet.payments.invoices.making import DAY, DINNER, ROOM, document

NAMES = {"cac": CAC, "cbc": CBC}
SELLER, BUYER = "//cac:AccountingSupplierParty/cac:Party/", "//cac:AccountingCustomerParty/cac:Party/"
VAT_NUMBER = f"{SELLER}cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']/cbc:CompanyID"
EXEMPT = "//cac:TaxSubtotal/cac:TaxCategory[cbc:ID='E']/"


def rules(content: bytes) -> dict[str, str]:
    return {one.rule: one.severity for one in peppol_rules.check(content)}


def broken(*changes: Callable[[etree._Element], None], of: bytes = b"") -> bytes:
    root = etree.fromstring(of or peppol.to_ubl(document()))
    for change in changes:
        change(root)
    return etree.tostring(root)


def put(path: str, text: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        found = root.xpath(path, namespaces=NAMES)
        assert found, path
        for one in found:
            one.text = text

    return change


def without(path: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        found = root.xpath(path, namespaces=NAMES)
        assert found, path
        for one in found:
            one.getparent().remove(one)

    return change


def attribute(path: str, name: str, value: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        root.xpath(path, namespaces=NAMES)[0].set(name, value)

    return change


def another_note(root: etree._Element) -> None:
    before = root.find(f"{{{CBC}}}DocumentCurrencyCode")
    for text in ("Ett", "Två"):
        note = etree.Element(f"{{{CBC}}}Note")
        note.text = text
        before.addprevious(note)


def endpoint(party: str, scheme: str, number: str) -> tuple[Callable[[etree._Element], None], ...]:
    path = f"{party}cbc:EndpointID"
    return put(path, number), attribute(path, "schemeID", scheme)


# The table of DOMAIN.md section 3, row by row, then the cheap ones around it.
BROKEN = {
    "no reference": ([without("//cbc:BuyerReference")], "PEPPOL-EN16931-R003", FATAL),
    "seller without address": ([without(f"{SELLER}cbc:EndpointID")], "PEPPOL-EN16931-R020", FATAL),
    "buyer without address": ([without(f"{BUYER}cbc:EndpointID")], "PEPPOL-EN16931-R010", FATAL),
    "org.nr with dash": (endpoint(BUYER, "0007", "212000-1561"), "PEPPOL-COMMON-R049", FATAL),
    "org.nr with wrong check digit": (endpoint(BUYER, "0007", "2120001562"), "PEPPOL-COMMON-R049", FATAL),
    "GLN with wrong check digit": (endpoint(BUYER, "0088", "7381039100003"), "PEPPOL-COMMON-R040", FATAL),
    "short VAT number": ([put(VAT_NUMBER, "SE5599999991")], "SE-R-001", FATAL),
    "VAT number with letters": ([put(VAT_NUMBER, "SE55999999910X")], "SE-R-002", FATAL),
    "another F-tax": (
        [put(f"{SELLER}cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='TAX']/cbc:CompanyID", "F-skatt")], "SE-R-005", FATAL,
    ),
    "seller's org.nr not numeric": ([put(f"{SELLER}cac:PartyLegalEntity/cbc:CompanyID", "55999A9991")], "SE-R-003", FATAL),
    "seller's org.nr not ten": ([put(f"{SELLER}cac:PartyLegalEntity/cbc:CompanyID", "559999999")], "SE-R-004", FATAL),
    "seller's org.nr wrong": ([put(f"{SELLER}cac:PartyLegalEntity/cbc:CompanyID", "5599999992")], "SE-R-013", FATAL),
    "24 per cent": (
        [put("//cac:TaxCategory[cbc:ID='S']/cbc:Percent", "24"), put("//cac:ClassifiedTaxCategory[cbc:ID='S']/cbc:Percent", "24")],
        "SE-R-006", FATAL,
    ),
    "exempt without reason": (
        [without(f"{EXEMPT}cbc:TaxExemptionReason"), without(f"{EXEMPT}cbc:TaxExemptionReasonCode")], "BR-E-10", FATAL,
    ),
    "outside VAT beside others": ([put("//cac:TaxCategory[cbc:ID='E']/cbc:ID", "O")], "BR-O-11", FATAL),
    "a line outside VAT beside others": ([put("//cac:ClassifiedTaxCategory[cbc:ID='E']/cbc:ID", "O")], "BR-O-12", FATAL),
    "bankgiro with dash": ([put("//cac:PayeeFinancialAccount/cbc:ID", "5599-9999")], "SE-R-008", WARNING),
    "bankgiro too long": ([put("//cac:PayeeFinancialAccount/cbc:ID", "559999999")], "SE-R-009", WARNING),
    "code 56": ([put("//cbc:PaymentMeansCode", "56")], "SE-R-011", WARNING),
    "code 31": ([put("//cbc:PaymentMeansCode", "31")], "SE-R-012", WARNING),
    "rounding unsaid": ([put("//cbc:PayableAmount", "50946.00")], "BR-CO-16", FATAL),
    "line is not quantity times price": (
        [put("//cac:InvoiceLine[1]/cac:Price/cbc:PriceAmount", "594.99")], "PEPPOL-EN16931-R120", FATAL,
    ),
    "an empty element": ([put(f"{BUYER}cac:PostalAddress/cbc:StreetName", " ")], "PEPPOL-EN16931-R008", FATAL),
    "two notes": ([another_note], "PEPPOL-EN16931-R002", FATAL),
    "another customization": ([put("//cbc:CustomizationID", "urn:cen.eu:en16931:2017")], "PEPPOL-EN16931-R004", FATAL),
    "Sverige": ([put(f"{BUYER}cac:PostalAddress/cac:Country/cbc:IdentificationCode", "Sverige")], "BR-CL-14", FATAL),
    "seller in Sverige": ([put(f"{SELLER}cac:PostalAddress/cac:Country/cbc:IdentificationCode", "Sverige")], "BR-CL-14", FATAL),
    "unit st": ([attribute("//cbc:InvoicedQuantity", "unitCode", "st")], "BR-CL-23", FATAL),
    "no process": ([without("//cbc:ProfileID")], "PEPPOL-EN16931-R001", FATAL),
    "another process": ([put("//cbc:ProfileID", "urn:x")], "PEPPOL-EN16931-R007", FATAL),
    "no number": ([without("/*/cbc:ID")], "BR-02", FATAL),
    "no lines": ([without("//cac:InvoiceLine")], "BR-16", FATAL),
    "a date in words": ([put("//cbc:IssueDate", "20 april")], "PEPPOL-EN16931-F001", FATAL),
    "kronor and euro": ([attribute("//cbc:PayableAmount", "currencyID", "EUR")], "PEPPOL-EN16931-R051", FATAL),
    "the kind of a credit note": ([put("//cbc:InvoiceTypeCode", "381")], "PEPPOL-EN16931-P0100", FATAL),
    "line total": ([put("//cac:LegalMonetaryTotal/cbc:LineExtensionAmount", "1.00")], "BR-CO-10", FATAL),
    "total without VAT": ([put("//cbc:TaxExclusiveAmount", "1.00")], "BR-CO-13", FATAL),
    "VAT in all": ([put("//cac:TaxTotal/cbc:TaxAmount", "1.00")], "BR-CO-14", FATAL),
    "total with VAT": ([put("//cbc:TaxInclusiveAmount", "1.00")], "BR-CO-15", FATAL),
    "VAT of a rate": ([put("//cac:TaxSubtotal[cac:TaxCategory/cbc:Percent='25']/cbc:TaxAmount", "1.00")], "BR-S-09", FATAL),
    "sum of a rate": ([put("//cac:TaxSubtotal[cac:TaxCategory/cbc:Percent='25']/cbc:TaxableAmount", "1.00")], "BR-S-08", FATAL),
    "VAT on what is exempt": ([put("//cac:TaxSubtotal[cac:TaxCategory/cbc:ID='E']/cbc:TaxAmount", "1.00")], "BR-E-09", FATAL),
    "a rate is not summed up": ([without("//cac:TaxSubtotal[cac:TaxCategory/cbc:ID='E']")], "BR-E-01", FATAL),
    "price below zero": ([put("//cac:InvoiceLine[1]/cac:Price/cbc:PriceAmount", "-1")], "BR-27", FATAL),
    "a line for nothing": ([without("//cac:InvoiceLine[1]/cac:Item/cbc:Name")], "BR-25", FATAL),
    "three decimals": ([put("//cbc:PayableAmount", "50946.000")], "BR-DEC-23", FATAL),
    "VAT without a VAT number": ([without(f"{SELLER}cac:PartyTaxScheme")], "BR-S-02", FATAL),
    "nowhere to pay to": ([without("//cac:PayeeFinancialAccount/cbc:ID")], "BR-61", FATAL),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_by_the_name_of_its_rule(name):
    changes, rule, severity = BROKEN[name]
    found = rules(broken(*changes))
    assert found.get(rule) == severity, found


@pytest.mark.parametrize(
    "good",
    [
        document(),
        document(DAY),
        document(ROOM),
        document(DINNER),
        document(kind=CREDIT_NOTE),
        document(buyer_reference="", order_reference="4500012345"),
    ],
)
def test_nothing_is_said_against_a_good_one(good):
    assert peppol_rules.check(peppol.to_ubl(good)) == []


def test_a_credit_note_is_checked_as_one():
    note = peppol.to_ubl(document(kind=CREDIT_NOTE))
    assert rules(broken(put("//cbc:CreditNoteTypeCode", "380"), of=note)) == {"PEPPOL-EN16931-P0101": FATAL}
    wrong = broken(put("//cac:CreditNoteLine[1]/cac:Price/cbc:PriceAmount", "1"), of=note)
    assert rules(wrong) == {"PEPPOL-EN16931-R120": FATAL}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<Invoice",
        b"<x/>",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Invoice>&e;</Invoice>',
    ],
)
def test_what_is_no_invoice_is_told(content):
    assert peppol_rules.check(content)


def test_every_finding_is_a_sentence_in_swedish():
    for changes, rule, _severity in BROKEN.values():
        said = [str(one) for one in peppol_rules.check(broken(*changes)) if one.rule == rule]
        assert all(rule in one and len(one) > len(rule) + 10 for one in said)
