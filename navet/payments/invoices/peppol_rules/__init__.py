"""Our own check of a finished e-invoice, before it leaves: the common and the Swedish rules that an invoice of ours could break.

Written from the published descriptions; the published rules themselves are run in the tests (docs/invoicing.md). A document
without findings is one that a Swedish receiver takes.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from navet.payments.invoices.peppol_rules import common, sums, swedish
from navet.payments.invoices.peppol_rules.common import SELLER
from navet.payments.invoices.peppol_rules.tree import FATAL, WARNING, Finding, Tree, Unreadable

__all__ = ["FATAL", "WARNING", "Finding", "check"]


def check(content: bytes) -> list[Finding]:
    """Everything that is wrong with the UBL document, each with the name of the rule it breaks; [] for a good one."""
    try:
        tree = Tree(content)
    except Unreadable:
        return [Finding("UBL", _("This is not an invoice or a credit note in UBL."))]
    return list(_findings(tree))


def _findings(tree: Tree) -> Iterator[Finding]:
    rules = [*common.RULES, *sums.RULES]
    if tree.text(f"{SELLER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode") in ("SE", "Sverige", ""):
        rules += swedish.RULES
    for rule in rules:
        yield from rule(tree)
