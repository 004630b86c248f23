"""Rules that hold for every Peppol invoice, whoever sends it: what must be there, and in which form."""

import re
from collections.abc import Iterator

from babel import Locale
from django.utils.translation import gettext_lazy as _

from navet.payments.invoices import identifiers
from navet.payments.invoices.peppol import CUSTOMIZATION, PROFILE
from navet.payments.invoices.peppol_rules.tree import Finding, Tree

SELLER, BUYER = "cac:AccountingSupplierParty/cac:Party", "cac:AccountingCustomerParty/cac:Party"
# Codes of UN/ECE recommendation 20 that this house counts in; any other is refused, though the list holds many more.
UNITS = frozenset({"C62", "H87", "EA", "IE", "HUR", "DAY", "MIN", "SET"})
# Territories that Unicode has and ISO 3166 has not.
_NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
COUNTRIES = frozenset(
    str(code) for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(code))
) - frozenset(_NOT_COUNTRIES)
CURRENCIES = frozenset({"SEK"})  # this house sends no other


def must_be_there(tree: Tree) -> Iterator[Finding]:
    if not tree.text("cbc:ProfileID"):
        yield Finding("PEPPOL-EN16931-R001", _("The business process is missing."))
    elif tree.text("cbc:ProfileID") != PROFILE:
        yield Finding("PEPPOL-EN16931-R007", _("The business process is another than Peppol's for invoices."))
    if tree.text("cbc:CustomizationID") != CUSTOMIZATION:
        yield Finding(
            "PEPPOL-EN16931-R004", _("The document does not say that it follows Peppol BIS Billing 3.")
        )
    if len(tree.all("cbc:Note")) > 1:
        yield Finding("PEPPOL-EN16931-R002", _("There is more than one note on the invoice."))
    if not (tree.text("cbc:BuyerReference") or tree.text("cac:OrderReference/cbc:ID")):
        yield Finding("PEPPOL-EN16931-R003", _("Neither the buyer's reference nor an order number is there."))
    if not tree.text(f"{BUYER}/cbc:EndpointID"):
        yield Finding("PEPPOL-EN16931-R010", _("The buyer has no electronic address."))
    if not tree.text(f"{SELLER}/cbc:EndpointID"):
        yield Finding("PEPPOL-EN16931-R020", _("The seller has no electronic address."))


def basic_terms(tree: Tree) -> Iterator[Finding]:
    kind = tree.text("cbc:InvoiceTypeCode | cbc:CreditNoteTypeCode")
    terms = [
        ("BR-02", tree.text("cbc:ID"), _("The invoice has no number.")),
        ("BR-03", tree.text("cbc:IssueDate"), _("The invoice has no date.")),
        ("BR-04", kind, _("The document does not say whether it is an invoice or a credit note.")),
        ("BR-05", tree.text("cbc:DocumentCurrencyCode"), _("The currency is missing.")),
        (
            "BR-06",
            tree.text(f"{SELLER}/cac:PartyLegalEntity/cbc:RegistrationName"),
            _("The seller has no name."),
        ),
        (
            "BR-07",
            tree.text(f"{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName"),
            _("The buyer has no name."),
        ),
        ("BR-08", tree.all(f"{SELLER}/cac:PostalAddress"), _("The seller has no address.")),
        ("BR-10", tree.all(f"{BUYER}/cac:PostalAddress"), _("The buyer has no address.")),
        ("BR-16", tree.lines, _("The invoice has no lines.")),
    ]
    yield from (Finding(rule, message) for rule, found, message in terms if not found)
    for party, rule in ((SELLER, "BR-09"), (BUYER, "BR-11")):
        if not tree.text(f"{party}/cac:PostalAddress/cac:Country/cbc:IdentificationCode"):
            yield Finding(rule, _("An address has no country."))


def codes(tree: Tree) -> Iterator[Finding]:
    for country in tree.all("//cac:Country/cbc:IdentificationCode"):
        if (country.text or "").strip() not in COUNTRIES:
            yield Finding("BR-CL-14", _("A country is not written as its code of two letters, such as SE."))
    for quantity in tree.all("//cbc:InvoicedQuantity | //cbc:CreditedQuantity"):
        if quantity.get("unitCode") not in UNITS:
            yield Finding("BR-CL-23", _("The unit of a line is not a code that the standard knows."))
    kind = tree.text("cbc:InvoiceTypeCode | cbc:CreditNoteTypeCode")
    if kind and kind != ("381" if tree.is_credit else "380"):
        rule = "PEPPOL-EN16931-P0101" if tree.is_credit else "PEPPOL-EN16931-P0100"
        yield Finding(rule, _("The kind of the document does not fit what it is."))
    for amount in tree.all("//*[@currencyID]"):
        if amount.get("currencyID") != tree.text("cbc:DocumentCurrencyCode"):
            yield Finding("PEPPOL-EN16931-R051", _("An amount is in another currency than the invoice."))
            return
    if tree.text("cbc:DocumentCurrencyCode") not in CURRENCIES:
        yield Finding("PEPPOL-EN16931-CL007", _("The currency is not one that this house sends."))


def form(tree: Tree) -> Iterator[Finding]:
    for element in tree.root.iter():
        if not len(element) and not (element.text or "").strip():
            yield Finding("PEPPOL-EN16931-R008", _("The document has an empty element."))
            break
    dates = tree.all("//cbc:IssueDate | //cbc:DueDate | //cbc:ActualDeliveryDate")
    if any(not re.fullmatch(r"\d{4}-\d{2}-\d{2}", (date.text or "").strip()) for date in dates):
        yield Finding("PEPPOL-EN16931-F001", _("A date is not written as year, month and day."))


def endpoints(tree: Tree) -> Iterator[Finding]:
    numbers = tree.all(
        "//*[@schemeID='0007' and (self::cbc:EndpointID or self::cbc:CompanyID or self::cbc:ID)]"
    )
    if any(not identifiers.is_organisation_number((one.text or "").strip()) for one in numbers):
        yield Finding(
            "PEPPOL-COMMON-R049",
            _(
                "An organisation number must be ten digits without a dash, the last of which checks the others."
            ),
        )
    numbers = tree.all("//*[@schemeID='0088']")
    if any(not identifiers.is_gln((one.text or "").strip()) for one in numbers):
        yield Finding(
            "PEPPOL-COMMON-R040", _("A GLN must be thirteen digits, the last of which checks the others.")
        )
    for one in tree.all("//cbc:EndpointID"):
        if one.get("schemeID") not in ("0007", "0088", "9955"):
            yield Finding(
                "PEPPOL-EN16931-CL008", _("The kind of an electronic address is not one that we send to.")
            )


RULES = [must_be_there, basic_terms, codes, form, endpoints]
