"""Every VAT case against the published rules, as far as they are here; what is left out is said at the end of the run."""

import pytest
from lxml import etree

from navet.payments.invoices import peppol
from navet.payments.invoices.document import CREDIT_NOTE
from navet.payments.invoices.documents import ubl_of
from navet.payments.invoices.operations import crediting
from navet.payments.models import Basis, Treatment
from navet.payments.orders import Line
from tests.navet.payments.invoices import published
from tests.navet.payments.invoices.making import AT, BY, DAY, DINNER, ROOM, document, issued
from tests.navet.payments.invoices.test_rules import BROKEN, broken
from tests.navet.payments.making import ROOM as ROOM_SOLD

pytestmark = pytest.mark.skipif(not published.are_here(), reason=published.WITHOUT_RULES)
needs_peppol = pytest.mark.skipif(not published.peppol(), reason=published.WITHOUT_PEPPOL)
CASES = {
    "conference at 25 %": document(DAY),
    "bare room, exempt": document(ROOM),
    "dinner at 12 %": document(DINNER),
    "mixed": document(),
    "order number": document(buyer_reference="", order_reference="4500012345"),
    "credit note": document(kind=CREDIT_NOTE),
    "credit note of what is exempt": document(ROOM, kind=CREDIT_NOTE),
}
# Ours alone: units and currencies are fewer here, an öre is less than the krona the published rule lets pass.
STRICTER = {"PEPPOL-EN16931-CL007"}


@pytest.mark.parametrize("case", CASES)
def test_the_schema_and_en_16931_have_nothing_against_it(case):
    content = peppol.to_ubl(CASES[case])
    assert published.schema_faults(content) == []
    assert published.broken(content) == []


@pytest.mark.django_db
def test_prices_with_vat_and_their_rounding():
    """Three lines whose net is rounded up each: an öre too much, which the rounding takes back."""
    coffee = [Line(f"Fika {number}", Treatment.MEAL, 1, 33_333) for number in (1, 2, 3)]
    made = issued([*coffee, ROOM_SOLD], basis=Basis.GROSS)
    note = crediting.credit(made, by=BY, at=AT)
    assert made.rounding_ore == -1
    for one in (made, note):
        content = ubl_of(one)
        assert b"PayableRoundingAmount" in content
        assert (published.schema_faults(content), published.broken(content)) == ([], [])
        if published.peppol():
            assert published.broken(content, published.peppol()) == []


@pytest.mark.parametrize("name", [name for name, (_c, rule, _s) in BROKEN.items() if rule.startswith("BR-")])
def test_en_16931_refuses_it_too(name):
    changes, _rule, _severity = BROKEN[name]
    content = broken(*changes)
    assert published.broken(content) or published.schema_faults(content)


@needs_peppol
@pytest.mark.parametrize("case", CASES)
def test_peppol_has_nothing_against_it(case):
    assert published.broken(peppol.to_ubl(CASES[case]), published.peppol()) == []


@needs_peppol
@pytest.mark.parametrize(
    "name", [name for name, (_c, rule, _s) in BROKEN.items() if not rule.startswith("BR-")]
)
def test_peppol_finds_what_we_find(name):
    changes, rule, _severity = BROKEN[name]
    assert rule in STRICTER or rule in published.broken(broken(*changes), published.peppol())


def test_the_schema_is_really_asked():
    root = etree.fromstring(peppol.to_ubl(document()))
    root.insert(0, root[-1])
    assert published.schema_faults(etree.tostring(root))
