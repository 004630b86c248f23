"""Rules about sums and VAT: whatever the invoice says, it says the same in every place."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from navet.payments.invoices.peppol_rules.tree import CENT, Finding, Tree

SLACK = Decimal("0.02")  # of PEPPOL-EN16931-R120
TOTALS = "cac:LegalMonetaryTotal/cbc:"
UNTAXED = {"E": "BR-E", "Z": "BR-Z", "O": "BR-O", "AE": "BR-AE"}


def totals(tree: Tree) -> Iterator[Finding]:
    lines = tree.sum("cac:InvoiceLine/cbc:LineExtensionAmount | cac:CreditNoteLine/cbc:LineExtensionAmount")
    line_total, exclusive = (
        tree.number(f"{TOTALS}LineExtensionAmount"),
        tree.number(f"{TOTALS}TaxExclusiveAmount"),
    )
    inclusive, payable = tree.number(f"{TOTALS}TaxInclusiveAmount"), tree.number(f"{TOTALS}PayableAmount")
    vat = tree.number("cac:TaxTotal/cbc:TaxAmount")
    prepaid, rounding = tree.number(f"{TOTALS}PrepaidAmount"), tree.number(f"{TOTALS}PayableRoundingAmount")
    added = tree.number(f"{TOTALS}ChargeTotalAmount") - tree.number(f"{TOTALS}AllowanceTotalAmount")
    sums = [
        ("BR-CO-10", line_total, lines, _("The sum of the lines is not what the total says.")),
        ("BR-CO-13", exclusive, line_total + added, _("The total without VAT is not the sum of the lines.")),
        ("BR-CO-14", vat, tree.sum("cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount"), _("The VAT is not the sum of the VAT per rate.")),
        ("BR-CO-15", inclusive, exclusive + vat, _("The total with VAT is not the total without VAT and the VAT.")),
        ("BR-CO-16", payable, inclusive - prepaid + rounding, _("The amount to pay is not the total, less what is paid, with the rounding.")),
    ]  # fmt: skip
    yield from (Finding(rule, message) for rule, said, right, message in sums if said != right)


def lines(tree: Tree) -> Iterator[Finding]:
    seen = set()
    for line in tree.lines:
        name = tree.text("cbc:ID", line)
        quantity = tree.number("cbc:InvoicedQuantity | cbc:CreditedQuantity", line)
        price = tree.number("cac:Price/cbc:PriceAmount", line)
        base = tree.number("cac:Price/cbc:BaseQuantity", line) or Decimal(1)
        said = tree.number("cbc:LineExtensionAmount", line)
        if abs(said - quantity * price / base) > SLACK:
            message = _("The amount of line %(line)s is not its quantity times its price.") % {"line": name}
            yield Finding("PEPPOL-EN16931-R120", message)
        if price < 0:
            yield Finding("BR-27", _("The price on line %(line)s is below zero.") % {"line": name})
        if not tree.text("cac:Item/cbc:Name", line):
            yield Finding("BR-25", _("Line %(line)s does not say what it is for.") % {"line": name})
        if not tree.text("cac:Item/cac:ClassifiedTaxCategory/cbc:ID", line):
            yield Finding("BR-CO-04", _("Line %(line)s has no VAT category.") % {"line": name})
        if not name or name in seen:
            yield Finding("BR-21", _("A line has no number of its own."))
        seen.add(name)


def decimals(tree: Tree) -> Iterator[Finding]:
    amounts = tree.all(
        "//cbc:LineExtensionAmount | //cbc:TaxAmount | //cbc:TaxableAmount | //cac:LegalMonetaryTotal/*"
    )
    if any(len((one.text or "").strip().partition(".")[2]) > 2 for one in amounts):
        yield Finding("BR-DEC-23", _("An amount has more than two decimals."))


def vat_groups(tree: Tree) -> Iterator[Finding]:
    groups = [_Group(tree, one) for one in tree.subtotals]
    if not groups:
        yield Finding("BR-CO-18", _("The VAT per rate is missing."))
    if not tree.text("cac:TaxTotal/cbc:TaxAmount"):
        yield Finding("BR-CO-14", _("The sum of the VAT is missing."))
    for group in groups:
        yield from _group(group)
    yield from _lines_against_groups(tree, groups)
    if any(group.category == "O" for group in groups) and len(groups) > 1:
        yield Finding(
            "BR-O-11", _("What is outside VAT cannot be on an invoice with other lines; use exempt.")
        )
    lined = {category for category, _rate in tree.categories()}
    if "O" in lined and lined != {"O"}:
        yield Finding(
            "BR-O-12", _("What is outside VAT cannot be on an invoice with other lines; use exempt.")
        )


class _Group:
    def __init__(self, tree: Tree, element: Any) -> None:
        self.category = tree.text("cac:TaxCategory/cbc:ID", element)
        self.rate = tree.number("cac:TaxCategory/cbc:Percent", element)
        self.net = tree.number("cbc:TaxableAmount", element)
        self.vat = tree.number("cbc:TaxAmount", element)
        self.reason = tree.text("cac:TaxCategory/cbc:TaxExemptionReason", element)
        self.reason_code = tree.text("cac:TaxCategory/cbc:TaxExemptionReasonCode", element)


def _group(group: _Group) -> Iterator[Finding]:
    if group.category == "S":
        right = (group.net * group.rate / 100).quantize(CENT, ROUND_HALF_UP)
        if (
            abs(group.vat - right) > CENT
        ):  # the published rule lets a whole krona pass; an öre comes of part credits
            yield Finding(
                "BR-S-09", _("The VAT at %(rate)s %% is not that rate of its sum.") % {"rate": group.rate}
            )
        if group.reason or group.reason_code:
            yield Finding("BR-S-10", _("What has VAT cannot have a reason for being exempt."))
        if group.rate <= 0:
            yield Finding("BR-S-05", _("Standard VAT has a rate above zero."))
        return
    family = UNTAXED.get(group.category)
    if family is None:
        yield Finding("BR-CL-17", _("A VAT category is none that the standard knows."))
        return
    if group.vat:
        yield Finding(f"{family}-09", _("What is exempt has VAT on it."))
    if group.category in ("E", "O", "AE") and not (group.reason or group.reason_code):
        yield Finding(f"{family}-10", _("What is exempt from VAT does not say why."))
    if group.category == "E" and group.rate:
        yield Finding("BR-E-05", _("What is exempt has a rate above zero."))


def _lines_against_groups(tree: Tree, groups: list[_Group]) -> Iterator[Finding]:
    nets: dict[tuple[str, Decimal], Decimal] = {}
    for (category, rate), line in zip(tree.categories(), tree.lines, strict=True):
        key = (category, rate)
        nets[key] = nets.get(key, Decimal(0)) + tree.number("cbc:LineExtensionAmount", line)
    said: dict[tuple[str, Decimal], Decimal] = {}
    for group in groups:
        if (group.category, group.rate) in said:
            family = UNTAXED.get(group.category, "BR-S")
            yield Finding(f"{family}-01", _("The same VAT rate is summed up twice."))
        said[(group.category, group.rate)] = group.net
    for key in nets.keys() | said.keys():
        if nets.get(key) != said.get(key):
            family = UNTAXED.get(key[0], "BR-S")
            rule = f"{family}-08" if key in nets and key in said else f"{family}-01"
            yield Finding(rule, _("The sum at a VAT rate is not the sum of its lines."))


RULES = [totals, lines, decimals, vat_groups]
