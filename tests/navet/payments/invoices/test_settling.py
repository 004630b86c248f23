"""Money against invoices: from the bank's file, by hand, too much, too little, for nothing known; credits and losses."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from navet.payments.invoices import bgfile, refusals
from navet.payments.invoices.models import Invoice, InvoicePayment, PaymentFile, State
from navet.payments.invoices.operations import crediting, settling
from tests.navet.payments.invoices.making import AT, BY, TODAY, checked, issued, order_of
from tests.navet.payments.making import DAY_PACKAGE, DINNER, ROOM

BANKGIRO = checked("5599999")


def bgmax(*payments: tuple[str, int], day: dt.date = TODAY, serial: int = 1) -> bytes:
    """A file with one deposit, as Bankgirot would make it; written from the layout, not by the reader's code."""
    lines = [
        "01" + "BGMAX".ljust(20) + "01" + "20260420173035010331" + "P",
        "05" + BANKGIRO.rjust(10, "0") + " " * 10 + "SEK",
    ]
    for number, (reference, ore) in enumerate(payments, serial):
        lines.append(f"20{'50501055':0>10}{reference:>25}{ore:018d}20{number:012d}0")
        lines.append("26" + "Borås Stad".ljust(35))
    total = sum(ore for _reference, ore in payments)
    lines.append(f"15{'':0>35}{day:%Y%m%d}{1:05d}{total:018d}SEK{len(payments):08d} ")
    lines.append(f"70{len(payments):08d}{0:08d}{0:08d}{1:08d}")
    return "\r\n".join(line.ljust(80) for line in lines).encode("latin-1") + b"\r\n"


def book(*payments: tuple[str, int], **how: int) -> PaymentFile:
    return settling.book_file(bgmax(*payments, **how), name="bg.txt", by=BY, at=AT)


def fresh(invoice: Invoice) -> Invoice:
    return Invoice.objects.get(pk=invoice.pk)


def test_the_file_is_read_whole():
    read = bgfile.read(bgmax(("1001642", 12_345), ("x", 5)))
    assert [(one.reference, one.amount_ore, one.paid_date, one.sender) for one in read.payments] == [
        ("1001642", 12_345, TODAY, "Borås Stad"),
        ("x", 5, TODAY, "Borås Stad"),
    ]
    assert read.payments[0].bankgiro == BANKGIRO


@given(st.data())
def test_a_file_that_was_cut_or_changed_is_refused_or_says_the_same(data):
    whole = bgmax(("1001642", 12_345), ("1001659", 500))
    cut = data.draw(st.integers(0, len(whole) - 81))
    with pytest.raises(bgfile.Broken):
        bgfile.read(whole[:cut])
    lines = whole.splitlines(keepends=True)
    del lines[
        data.draw(st.integers(0, len(lines) - 1).filter(lambda place: not lines[place].startswith(b"26")))
    ]
    with pytest.raises(bgfile.Broken):
        bgfile.read(b"".join(lines))


@given(st.binary(max_size=400))
def test_what_is_no_file_is_refused(content):
    with pytest.raises(bgfile.Broken):
        bgfile.read(content)


@pytest.mark.django_db
class TestBooking:
    def test_a_file_pays_its_invoices_once(self):
        made = issued()
        content = bgmax((made.ocr, made.payable_ore))
        settling.book_file(content, name="a", by=BY, at=AT)
        assert fresh(made).state == State.PAID
        assert order_of(made).owed_ore == 0
        with pytest.raises(refusals.FileKnown):
            settling.book_file(content, name="b", by=BY, at=AT)
        # The same payment in another file of the day is the same payment.
        settling.book_file(content + b"\r\n", name="c", by=BY, at=AT)
        assert InvoicePayment.objects.count() == 1

    def test_too_little_too_much_and_back(self):
        made = issued()
        book((made.ocr, 1_000))
        assert (fresh(made).state, settling.balance(made)) == (State.ISSUED, made.payable_ore - 1_000)
        book((made.ocr, made.payable_ore), serial=5)
        assert (fresh(made).state, settling.balance(made)) == (State.PAID, -1_000)
        with pytest.raises(refusals.NoSurplus):
            settling.pay_back(made, amount_ore=1_001, paid_date=TODAY, key="1", by=BY, at=AT)
        for _again in range(2):
            settling.pay_back(made, amount_ore=1_000, paid_date=TODAY, key="1", by=BY, at=AT)
        assert settling.balance(made) == 0

    def test_a_credit_note_has_no_surplus_its_invoice_has(self):
        made = issued()
        note = crediting.credit(made, by=BY, at=AT)
        other = issued()
        Invoice.objects.filter(pk=other.pk).update(customer=made.customer)
        with pytest.raises(refusals.NoSurplus):
            settling.pay_back(note, amount_ore=1_000, paid_date=TODAY, key="1", by=BY, at=AT)
        with pytest.raises(refusals.NoSurplus):
            settling.carry_over(note, fresh(other), key="1", by=BY, at=AT)
        assert not InvoicePayment.objects.exists()

    def test_money_for_nothing_known_waits_and_is_assigned_or_set_aside(self):
        made = issued()
        book(("12345", 700), ("", 800), (made.ocr[:-1] + str((int(made.ocr[-1]) + 1) % 10), made.payable_ore))
        assert InvoicePayment.objects.to_settle().count() == 3
        large = InvoicePayment.objects.get(amount_ore=made.payable_ore)
        settling.assign(large, made, by=BY, at=AT)
        assert fresh(made).state == State.PAID
        with pytest.raises(refusals.AlreadySettled):
            settling.set_aside(large, reason="x", by=BY, at=AT)
        for one in InvoicePayment.objects.to_settle():
            settling.set_aside(one, reason="Inte vår", by=BY, at=AT)
        assert not InvoicePayment.objects.to_settle().exists()
        assert InvoicePayment.objects.count() == 3

    def test_what_came_is_never_lost_nor_changed(self):
        book(("12345", 700))
        money = InvoicePayment.objects.get()
        with pytest.raises(DatabaseError), transaction.atomic():
            money.delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            InvoicePayment.objects.update(amount_ore=701)

    def test_a_broken_file_books_nothing(self):
        made = issued()
        with pytest.raises(refusals.BrokenFile):
            settling.book_file(bgmax((made.ocr, 5))[:-90], name="x", by=BY, at=AT)
        assert not InvoicePayment.objects.exists()

    def test_by_hand_once_a_key(self):
        made = issued()
        for _again in range(2):
            settling.book_by_hand(made, amount_ore=100, paid_date=TODAY, key="a", by=BY, at=AT)
        assert settling.balance(made) == made.payable_ore - 100

    def test_what_is_given_up_says_why_and_may_be_paid_after_all(self):
        made = issued()
        settling.write_off(made, reason="Konkurs", by=BY, at=AT)
        assert fresh(made).written_off_ore == made.payable_ore
        with pytest.raises(refusals.MoveNotAllowed):
            settling.write_off(made, reason="Igen", by=BY, at=AT)
        book((made.ocr, made.payable_ore))
        assert fresh(made).state == State.PAID

    def test_a_full_credit_mirrors_every_line(self):
        made = issued([DAY_PACKAGE, DINNER, ROOM])
        note = crediting.credit(made, by=BY, at=AT)
        assert (note.number, note.payable_ore, note.state) == (1002, -made.payable_ore, State.ISSUED)
        assert [line.net_ore for line in note.lines.all()] == [-line.net_ore for line in made.lines.all()]
        assert (fresh(made).state, settling.balance(made)) == (State.CREDITED, 0)
        with pytest.raises(refusals.AlreadyCredited):
            crediting.credit(made, by=BY, at=AT)
        with pytest.raises(refusals.NotIssued):
            crediting.credit(note, by=BY, at=AT)

    def test_credits_by_lines_come_to_zero_together(self):
        made = issued([DAY_PACKAGE, DINNER, ROOM])
        first, *rest = made.lines.all()
        crediting.credit(made, line_ids=[first.pk], by=BY, at=AT)
        assert fresh(made).state == State.ISSUED
        with pytest.raises(refusals.AlreadyCredited):
            crediting.credit(made, line_ids=[first.pk], by=BY, at=AT)
        crediting.credit(made, line_ids=[line.pk for line in rest], by=BY, at=AT)
        assert (fresh(made).state, settling.balance(made)) == (State.CREDITED, 0)

    def test_a_paid_invoice_that_is_credited_leaves_a_surplus(self):
        made = issued()
        book((made.ocr, made.payable_ore))
        crediting.credit(made, by=BY, at=AT)
        assert settling.balance(made) == -made.payable_ore
