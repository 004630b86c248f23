"""For any order, the same sums in order, invoice, PDF, UBL and ledger; and a full cancellation leaves nothing anywhere."""

import datetime as dt
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from navet.payments import orders
from navet.payments.invoices import documents, ledger, peppol_rules, sie
from navet.payments.invoices.models import Invoice
from navet.payments.invoices.operations import crediting, settling
from navet.payments.models import Basis, Treatment
from navet.payments.orders import Line
from tests.navet.payments.invoices import published
from tests.navet.payments.invoices.making import AT, BY, TODAY, issued, order_of
from tests.navet.payments.invoices.test_rules import NAMES

pytestmark = pytest.mark.django_db
SOLD = st.builds(
    Line,
    text=st.sampled_from(["Konferensdag", "Åäö & <b>", 'Citat "x" #let', "Kaffe"]),
    treatment=st.sampled_from([Treatment.CONFERENCE, Treatment.ROOM, Treatment.MEAL, Treatment.FOOD, Treatment.FEE]),
    quantity=st.integers(1, 400),
    unit_ore=st.integers(1, 10**7),
)  # fmt: skip
ORDERS = st.lists(SOLD, min_size=1, max_size=8)
DISCOUNT = Line("Rabatt", Treatment.CONFERENCE, -1, 1)


def in_ubl(content: bytes, path: str) -> int:
    (found,) = etree.fromstring(content).xpath(f"//cac:LegalMonetaryTotal/cbc:{path}", namespaces=NAMES) or [
        None
    ]
    return 0 if found is None else round(float(found.text) * 100)


def in_pdf(content: bytes) -> str:
    """The text, without the spaces that numbers and lines have."""
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def figure(ore: int) -> str:
    return f"{abs(ore) // 100},{abs(ore) % 100:02d}"


@given(lines=ORDERS, basis=st.sampled_from(Basis.values), discount=st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_same_sums_everywhere_and_nothing_left_of_what_is_cancelled(lines, basis, discount):
    made = issued([*lines, DISCOUNT] if discount else lines, basis=basis)
    order, document, ubl = order_of(made), documents.of(made), documents.ubl_of(made)
    assert made.payable_ore == order.payable_ore == document.payable_ore
    assert made.payable_ore == made.net_ore + made.vat_ore + made.rounding_ore
    assert in_ubl(ubl, "PayableAmount") == made.payable_ore
    assert in_ubl(ubl, "TaxExclusiveAmount") == made.net_ore == sum(line.net_ore for line in document.lines)
    assert in_ubl(ubl, "PayableRoundingAmount") == made.rounding_ore
    assert peppol_rules.check(ubl) == []
    voucher = ledger.of_invoice(made, ledger.accounts())
    by_account = sie.sums([voucher])
    assert sum(by_account.values()) == 0
    assert by_account["1510"] == made.payable_ore
    assert -sum(ore for number, ore in by_account.items() if number.startswith("26")) == made.vat_ore
    if published.are_here():
        text = in_pdf(documents.pdf_of(made, today=TODAY))
        for ore in (made.net_ore, made.vat_ore, *(vat.net_ore for vat in document.vat)):
            assert figure(ore) in text
    note = crediting.credit(made, by=BY, at=AT)
    assert peppol_rules.check(documents.ubl_of(note)) == []
    both = sie.sums([voucher, ledger.of_invoice(note, ledger.accounts())])
    assert not any(both.values())
    assert settling.balance(made) == 0
    assert orders.cancel(order, at=AT).payable_ore == 0


@given(lines=st.lists(SOLD, min_size=2, max_size=6), basis=st.sampled_from(Basis.values), data=st.data())
@settings(max_examples=10, deadline=None)
def test_credits_by_lines_in_any_order_leave_nothing(lines, basis, data):
    made = issued(lines, basis=basis)
    left = data.draw(st.permutations([line.pk for line in made.lines.all()]))
    while left:
        taken = left[: data.draw(st.integers(1, len(left)))]
        left = left[len(taken) :]
        note = crediting.credit(made, line_ids=taken, by=BY, at=AT)
        assert peppol_rules.check(documents.ubl_of(note)) == []
    every = [made, *Invoice.objects.filter(credits=made).prefetch_related("lines")]
    assert not any(sie.sums(ledger.of_invoice(one, ledger.accounts()) for one in every).values())
    assert settling.balance(made) == 0


def test_the_last_line_of_a_rate_leaves_no_vat_for_a_line_of_another():
    """Two notes of 25 % round one way and their sum another: the öre between them is not left for a note of the other rate."""
    conference = Line("Konferensdag", Treatment.CONFERENCE, 1, 2)
    made = issued([conference, conference, Line("Middag", Treatment.MEAL, 1, 100)], basis=Basis.NET)
    for line in made.lines.all():
        note = crediting.credit(made, line_ids=[line.pk], by=BY, at=AT)
        assert peppol_rules.check(documents.ubl_of(note)) == []
    assert [note.vat_ore for note in made.credit_notes.order_by("pk")] == [0, -1, -12]
    assert settling.balance(made) == 0


TEXTS = st.text(st.characters(codec="cp437").filter(str.isprintable), max_size=30)
VOUCHERS = st.builds(
    lambda number, text, ore: sie.Voucher(
        "F", str(number), dt.date(2026, 4, 20), text, (sie.Row("1510", ore, text), sie.Row("3000", -ore))
    ),
    st.integers(1, 999), TEXTS, st.integers(-(10**9), 10**9),
)  # fmt: skip


@given(st.lists(VOUCHERS, max_size=5), TEXTS)
def test_what_is_written_as_sie_is_read_back(vouchers, name):
    year = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    said = sie.Ledger(name, "2120001561", year, {"1510": name, "3000": "Intäkt"}, tuple(vouchers))
    assert sie.read(sie.write(said, made=TODAY)) == said


def test_a_voucher_that_does_not_balance_is_not_written():
    wrong = sie.Voucher("F", "1", TODAY, "", (sie.Row("1510", 1),))
    with pytest.raises(sie.Unbalanced):
        sie.write(sie.Ledger("x", "2120001561", (TODAY, TODAY), {}, (wrong,)), made=TODAY)


def test_the_ledgers_file_has_invoices_money_and_losses():
    paid, lost = issued(), issued()
    settling.book_by_hand(paid, amount_ore=paid.payable_ore, paid_date=TODAY, key="1", by=BY, at=AT)
    settling.write_off(lost, reason="Konkurs", by=BY, at=AT)
    read = sie.read(ledger.export(dt.date(2026, 4, 1), dt.date(2026, 4, 30), made=TODAY))
    assert [one.series for one in read.vouchers] == ["B", "F", "F", "K"]
    assert sie.sums(read.vouchers)["1510"] == 0
    assert read.accounts["1510"]
    with pytest.raises(ValueError, match="two years"):
        ledger.export(dt.date(2025, 12, 1), dt.date(2026, 1, 31), made=TODAY)
