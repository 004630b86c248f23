"""What Sweden adds, where the seller is Swedish: numbers, rates, F-tax and bankgiro."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from navet.payments.invoices import identifiers
from navet.payments.invoices.peppol import BANKGIRO, CREDIT_TRANSFER, F_TAX
from navet.payments.invoices.peppol_rules.common import BUYER, SELLER
from navet.payments.invoices.peppol_rules.tree import WARNING, Finding, Tree

SWEDISH_RATES = (6, 12, 25)
_CATEGORIES = "//cac:TaxCategory | //cac:ClassifiedTaxCategory"
_COUNTRY = "cac:PostalAddress/cac:Country/cbc:IdentificationCode"


def seller_numbers(tree: Tree) -> Iterator[Finding]:
    vat = tree.text(f"{SELLER}/cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']/cbc:CompanyID")
    if vat and len(vat) != 14:
        yield Finding("SE-R-001", _("The seller's VAT number must be SE and twelve digits."))
    elif vat and not (vat[2:].isascii() and vat[2:].isdigit()):
        yield Finding("SE-R-002", _("The seller's VAT number must end with twelve digits."))
    if not vat and any(category == "S" for category, _rate in tree.categories()):
        yield Finding("BR-S-02", _("The seller charges VAT and has no VAT number."))
    if not vat and any(category == "E" for category, _rate in tree.categories()):
        yield Finding("BR-E-02", _("The seller has lines exempt from VAT and no VAT number."))
    number = tree.text(f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyID")
    if not number:
        return
    if not (number.isascii() and number.isdigit()):
        yield Finding("SE-R-003", _("The seller's organisation number must be digits only."))
    if len(number) != 10:
        yield Finding("SE-R-004", _("The seller's organisation number must have ten digits."))
    if not identifiers.is_organisation_number(number):
        yield Finding("SE-R-013", _("The last digit of the seller's organisation number is not right."))


def f_tax(tree: Tree) -> Iterator[Finding]:
    said = tree.all(f"{SELLER}/cac:PartyTaxScheme[not(cac:TaxScheme/cbc:ID='VAT')]/cbc:CompanyID")
    if any((one.text or "").strip().upper() != F_TAX.upper() for one in said):
        yield Finding("SE-R-005", _("The seller's tax registration must read “Godkänd för F-skatt”."))


def rates(tree: Tree) -> Iterator[Finding]:
    found = [(tree.text("cbc:ID", one), tree.number("cbc:Percent", one)) for one in tree.all(_CATEGORIES)]
    if any(category == "S" and rate not in SWEDISH_RATES for category, rate in found):
        yield Finding("SE-R-006", _("A VAT rate is not a Swedish one: 6, 12 or 25 per cent."))


def bankgiro_number(tree: Tree) -> Iterator[Finding]:
    for means in tree.all("cac:PaymentMeans"):
        code = tree.text("cbc:PaymentMeansCode", means)
        if code in ("50", "56"):
            yield Finding(
                "SE-R-011", _("A bankgiro is paid by code 30, with SE:BANKGIRO as its branch."), WARNING
            )
        if code == "31" and tree.text(f"{BUYER}/{_COUNTRY}") == "SE":
            yield Finding("SE-R-012", _("Between Swedish parties a credit transfer has code 30."), WARNING)
        account = tree.text("cac:PayeeFinancialAccount/cbc:ID", means)
        branch = tree.text("cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID", means)
        if code == CREDIT_TRANSFER and branch == BANKGIRO:
            if not (account.isascii() and account.isdigit()):
                yield Finding("SE-R-008", _("The bankgiro number must be digits only."), WARNING)
            if not 7 <= len(account) <= 8:
                yield Finding("SE-R-009", _("The bankgiro number must have seven or eight digits."), WARNING)
        if code == CREDIT_TRANSFER and not account:
            yield Finding("BR-61", _("There is no account to pay to."))


RULES = [seller_numbers, f_tax, rates, bankgiro_number]
