"""A document as Peppol BIS Billing 3.0 (UBL 2.1): invoices and credit notes. Pure; nothing is judged here, see peppol_rules."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from navet.money import CURRENCY, kronor
from navet.payments.invoices.document import Document, Line, Party, Seller, Vat

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CAC, CBC = f"{UBL}CommonAggregateComponents-2", f"{UBL}CommonBasicComponents-2"
CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
CREDIT_TRANSFER, BANKGIRO = "30", "SE:BANKGIRO"
F_TAX = "Godkänd för F-skatt"
PRICE_DECIMALS = 8  # so that quantity times price is the line's amount to the öre, whatever the quantity


def to_ubl(document: Document) -> bytes:
    """The whole XML file. Amounts of a credit note are written positive, as the standard wants them."""
    return _Writer(document).write()


class _Writer:
    """Writes elements in the order of the schema; empty ones are never written (PEPPOL-EN16931-R008)."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sign = -1 if document.is_credit else 1
        self.name = "CreditNote" if document.is_credit else "Invoice"
        spaces: dict[str | None, str] = {None: f"{UBL}{self.name}-2", "cac": CAC, "cbc": CBC}
        self.root = etree.Element(f"{{{spaces[None]}}}{self.name}", nsmap=spaces)

    def write(self) -> bytes:
        self._head()
        self._party("AccountingSupplierParty", self.document.seller)
        self._party("AccountingCustomerParty", self.document.buyer)
        if self.document.delivered_date:
            self._text(
                self._group(self.root, "Delivery"), "ActualDeliveryDate", _iso(self.document.delivered_date)
            )
        self._payment()
        self._tax()
        self._totals()
        for line in self.document.lines:
            self._line(line)
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

    def _head(self) -> None:
        document = self.document
        self._text(self.root, "CustomizationID", CUSTOMIZATION)
        self._text(self.root, "ProfileID", PROFILE)
        self._text(self.root, "ID", document.number)
        self._text(self.root, "IssueDate", _iso(document.issue_date))
        if document.due_date and not document.is_credit:
            self._text(self.root, "DueDate", _iso(document.due_date))
        self._text(self.root, f"{self.name}TypeCode", "381" if document.is_credit else "380")
        self._text(self.root, "Note", document.note)
        self._text(self.root, "DocumentCurrencyCode", CURRENCY)
        self._text(self.root, "BuyerReference", document.buyer_reference)
        if document.order_reference:
            self._text(self._group(self.root, "OrderReference"), "ID", document.order_reference)
        if document.credits:
            number, issued = document.credits
            credited = self._group(self._group(self.root, "BillingReference"), "InvoiceDocumentReference")
            self._text(credited, "ID", number)
            self._text(credited, "IssueDate", _iso(issued))

    def _party(self, role: str, party: Party) -> None:
        about = self._group(self._group(self.root, role), "Party")
        self._text(about, "EndpointID", party.endpoint_id, schemeID=party.endpoint_scheme)
        self._text(self._group(about, "PartyName"), "Name", party.name)
        self._address(about, party)
        if party.vat_number:
            self._tax_scheme(about, party.vat_number, "VAT")
        if isinstance(party, Seller) and party.f_tax:
            self._tax_scheme(about, F_TAX, "TAX")
        legal = self._group(about, "PartyLegalEntity")
        self._text(legal, "RegistrationName", party.name)
        self._text(legal, "CompanyID", party.organisation_number, schemeID="0007")
        self._contact(about, party)

    def _address(self, about: etree._Element, party: Party) -> None:
        address = self._group(about, "PostalAddress")
        self._text(address, "StreetName", party.street)
        self._text(address, "CityName", party.city)
        self._text(address, "PostalZone", party.postal_code)
        self._text(self._group(address, "Country"), "IdentificationCode", party.country)

    def _contact(self, about: etree._Element, party: Party) -> None:
        if not (party.contact or party.phone or party.email):
            return
        contact = self._group(about, "Contact")
        self._text(contact, "Name", party.contact)
        self._text(contact, "Telephone", party.phone)
        self._text(contact, "ElectronicMail", party.email)

    def _tax_scheme(self, about: etree._Element, number: str, scheme: str) -> None:
        group = self._group(about, "PartyTaxScheme")
        self._text(group, "CompanyID", number)
        self._text(self._group(group, "TaxScheme"), "ID", scheme)

    def _payment(self) -> None:
        """Where to pay; a credit note is set off, so it says nothing of it."""
        document = self.document
        if document.is_credit:
            return
        if document.seller.bankgiro:
            means = self._group(self.root, "PaymentMeans")
            self._text(means, "PaymentMeansCode", CREDIT_TRANSFER)
            self._text(means, "PaymentID", document.ocr)
            account = self._group(means, "PayeeFinancialAccount")
            self._text(account, "ID", document.seller.bankgiro)
            self._text(self._group(account, "FinancialInstitutionBranch"), "ID", BANKGIRO)
        if document.terms_days is not None:
            days = f"{document.terms_days} dagar netto"
            self._text(self._group(self.root, "PaymentTerms"), "Note", days)

    def _tax(self) -> None:
        total = self._group(self.root, "TaxTotal")
        self._amount(total, "TaxAmount", self.document.vat_ore)
        for vat in _merged(self.document.vat):
            subtotal = self._group(total, "TaxSubtotal")
            self._amount(subtotal, "TaxableAmount", vat.net_ore)
            self._amount(subtotal, "TaxAmount", vat.vat_ore)
            category = self._category(subtotal, "TaxCategory", vat.vat_permille)
            if not vat.vat_permille:
                self._text(category, "TaxExemptionReasonCode", vat.exemption_code)
                self._text(category, "TaxExemptionReason", vat.exemption_text)
            self._text(self._group(category, "TaxScheme"), "ID", "VAT")

    def _totals(self) -> None:
        document = self.document
        totals = self._group(self.root, "LegalMonetaryTotal")
        self._amount(totals, "LineExtensionAmount", sum(line.net_ore for line in document.lines))
        self._amount(totals, "TaxExclusiveAmount", document.net_ore)
        self._amount(totals, "TaxInclusiveAmount", document.net_ore + document.vat_ore)
        if document.rounding_ore:
            self._amount(totals, "PayableRoundingAmount", document.rounding_ore)
        self._amount(totals, "PayableAmount", document.payable_ore)

    def _line(self, line: Line) -> None:
        group = self._group(self.root, f"{self.name}Line")
        self._text(group, "ID", str(line.position))
        verb = "CreditedQuantity" if self.document.is_credit else "InvoicedQuantity"
        self._text(group, verb, str(self.sign * line.quantity), unitCode=line.unit)
        self._amount(group, "LineExtensionAmount", line.net_ore)
        item = self._group(group, "Item")
        self._text(item, "Name", line.text)
        category = self._category(item, "ClassifiedTaxCategory", line.vat_permille)
        self._text(self._group(category, "TaxScheme"), "ID", "VAT")
        price = self._group(group, "Price")
        self._text(
            price, "PriceAmount", net_price(line, gross_basis=self.document.gross_basis), currencyID=CURRENCY
        )

    def _category(self, parent: etree._Element, name: str, vat_permille: int) -> etree._Element:
        category = self._group(parent, name)
        self._text(category, "ID", "S" if vat_permille else "E")
        self._text(category, "Percent", _plain(Decimal(vat_permille) / 10))
        return category

    def _amount(self, parent: etree._Element, name: str, ore: int) -> None:
        self._text(parent, name, f"{kronor(self.sign * ore):.2f}", currencyID=CURRENCY)

    def _group(self, parent: etree._Element, name: str) -> etree._Element:
        return etree.SubElement(parent, f"{{{CAC}}}{name}")

    def _text(self, parent: etree._Element, name: str, text: str, **attributes: str) -> None:
        if text:
            etree.SubElement(parent, f"{{{CBC}}}{name}", attributes).text = text


def net_price(line: Line, *, gross_basis: bool) -> str:
    """What one costs without VAT, kronor: the price itself, or so many decimals that the line comes out right (R120)."""
    if not gross_basis:
        return _plain(kronor(line.unit_ore))
    if not line.quantity:
        net = Decimal(line.unit_ore) / (Decimal(1000 + line.vat_permille) / 1000)
    else:
        net = Decimal(line.net_ore) / line.quantity
    return _plain((net / 100).quantize(Decimal(1).scaleb(-PRICE_DECIMALS), ROUND_HALF_UP))


def _merged(vat: tuple[Vat, ...]) -> list[Vat]:
    """One group per rate: the standard has room for one exempt group only (BR-E-01), so several reasons are said together."""
    taxed = [one for one in vat if one.vat_permille]
    exempt = [one for one in vat if not one.vat_permille]
    if len(exempt) < 2:
        return taxed + exempt
    codes = {one.exemption_code for one in exempt}
    texts = dict.fromkeys(one.exemption_text for one in exempt if one.exemption_text)
    code = codes.pop() if len(codes) == 1 else ""
    together = Vat(
        0, sum(one.net_ore for one in exempt), 0, code, "; ".join(texts) or "; ".join(sorted(codes))
    )
    return [*taxed, together]


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros that say nothing, at least two decimals of what has any: 40 -> "40", 0.5 -> "0.5"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _iso(day: dt.date) -> str:
    return day.isoformat()
