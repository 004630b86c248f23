"""Many at once, on real connections: numbers without a gap, whatever is refused; money booked once."""

import pytest

from navet.payments.invoices.models import Customer, Invoice, InvoicePayment, InvoiceSeries, State
from navet.payments.invoices.operations import crediting, drafting, issuing, settling
from tests.bookings.schools.test_together import all_at_once
from tests.navet.payments.invoices.making import AT, BY, customer, draft, issued
from tests.navet.payments.invoices.test_settling import bgmax

pytestmark = pytest.mark.django_db(transaction=True)


def test_numbers_have_no_gap_though_some_are_refused():
    drafts = [draft() for _number in range(12)]
    for one in drafts[::3]:
        drafting.set_reference(one, "NEJ")  # is refused
    calls = [lambda one=one: issuing.issue(one, by=BY, at=AT) for one in [*drafts, *drafts[:2]]]
    answers = all_at_once(calls)
    numbers = sorted(Invoice.objects.issued().values_list("number", flat=True))
    assert numbers == list(range(1001, 1009)), answers
    assert InvoiceSeries.objects.get().next_number == 1009
    assert issuing.missing_numbers() == []


def test_two_drafts_of_one_order_and_two_credits_of_one_invoice_are_one():
    made = issued()
    notes = all_at_once([lambda: crediting.credit(made, by=BY, at=AT)] * 3)
    assert sum(isinstance(one, Invoice) for one in notes) == 1
    answers = all_at_once([lambda: drafting.draft_order(made.order, at=AT)] * 3)
    assert sum(isinstance(one, Invoice) for one in answers) == 1
    assert settling.balance(made) == 0


def test_the_same_file_at_once_is_booked_once():
    customer()
    made, other = issued(), issued()
    content = bgmax((made.ocr, made.payable_ore), (other.ocr, 100))
    all_at_once([lambda: settling.book_file(content, name="x", by=BY, at=AT)] * 3)
    assert InvoicePayment.objects.count() == 2
    assert Invoice.objects.get(pk=made.pk).state == State.PAID
    assert Customer.objects.count() == 1
