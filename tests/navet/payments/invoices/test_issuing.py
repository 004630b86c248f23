"""From what is owed to a draft, an invoice, and its way out: numbers without a gap, nothing changed afterwards."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.test import override_settings

from navet.money import kronor
from navet.outbox.mailbox import MailboxBackend  # noqa: F401 (settings name it)
from navet.outbox.models import Effect
from navet.payments import changes, orders
from navet.payments.invoices import (
    bankgiro,
    delivery,
    documents,
    mails,
    ocr,
    peppol_rules,
    reference_patterns,
    refusals,
    seller,
)
from navet.payments.invoices.models import Customer, Invoice, InvoiceLine, State, Way
from navet.payments.invoices.operations import crediting, drafting, issuing, sending, settling, standing
from navet.payments.models import Charge, Order, Settlement, Treatment
from navet.payments.orders import Line
from navet.retention import engine, rules
from tests.navet.payments.invoices.making import AT, BY, TODAY, charge, customer, draft, issued, order_of
from tests.navet.payments.making import BUYER, DAY_PACKAGE, DINNER, ROOM, order

pytestmark = pytest.mark.django_db
DISCOUNT = Line("Rabatt", Treatment.CONFERENCE, -1, 100_000)


def test_an_order_becomes_a_draft_and_an_invoice():
    made = draft([DAY_PACKAGE, DINNER, ROOM])
    assert (made.state, made.number, made.buyer_reference) == (State.DRAFT, None, "YY1")
    assert made.payable_ore == order_of(made).payable_ore
    done = issuing.issue(made, by=BY, at=AT)
    assert (done.state, done.number, done.issue_date) == (State.ISSUED, 1001, TODAY)
    assert done.due_date == TODAY + dt.timedelta(days=30)
    assert ocr.is_valid(done.ocr, length_digit=True)
    assert done.buyer["name"] == "Borås Stad"
    assert done.seller["is_demo"]


def test_what_is_drafted_is_not_drafted_twice_and_a_thrown_away_draft_waits_again():
    made = draft()
    with pytest.raises(refusals.AlreadyDrafted):
        drafting.draft_order(order_of(made), at=AT)
    assert standing.waiting() == []
    drafting.discard(made, at=AT)
    assert [one.order.pk for one in standing.waiting()] == [made.order_id]
    assert not InvoiceLine.objects.exists()


def test_an_order_paid_by_card_is_not_invoiced():
    paid = order(settlement=Settlement.CARD)
    assert standing.waiting() == []
    with pytest.raises(refusals.NothingToInvoice):
        drafting.draft_order(paid, at=AT)


def test_a_reference_that_the_customer_does_not_take_is_told_before_anything_is_numbered():
    made = draft(buyer=BUYER.__class__(**{**vars(BUYER), "reference": ""}))
    with pytest.raises(reference_patterns.ReferenceMissing):
        issuing.issue(made, by=BY, at=AT)
    drafting.set_reference(made, "AB12")
    with pytest.raises(reference_patterns.ReferenceWrong):
        issuing.issue(made, by=BY, at=AT)
    drafting.set_reference(made, "YY77")
    assert issuing.issue(made, by=BY, at=AT).number == 1001


def test_a_broken_e_invoice_is_not_issued_and_takes_no_number():
    made = draft()
    Customer.objects.update(endpoint_id="7381039100003")
    with pytest.raises(refusals.RulesBroken) as refused:
        issuing.issue(made, by=BY, at=AT)
    assert refused.value.extra["rules"] == ["PEPPOL-COMMON-R040"]
    assert "GLN" in str(refused.value)
    Customer.objects.update(endpoint_id="7381039100002")
    assert issuing.issue(made, by=BY, at=AT).number == 1001


def test_a_customer_without_an_address_and_a_house_without_numbers():
    made = draft()
    with override_settings(DEMO_ALLOWED=False), pytest.raises(seller.SellerNotSet) as unset:
        issuing.issue(made, by=BY, at=AT)
    assert "SELLER_BANKGIRO" in unset.value.extra["missing"]
    Customer.objects.update(street="")
    with pytest.raises(refusals.AddressMissing):
        issuing.issue(made, by=BY, at=AT)


def test_numbers_of_navets_own_are_used_when_they_are_set():
    ours = {
        "name": "Sjuhärads kommunalförbund", "organisation_number": "212000-1561", "vat_number": "SE212000156101",
        "bankgiro": "5050-1055", "street": "Vägen 1", "postal_code": "503 30", "city": "Borås", "email": "", "phone": "",
        "contact": "", "f_tax": False, "endpoint_scheme": "0007", "endpoint_id": "",
    }  # fmt: skip
    with override_settings(SELLER=ours, DEMO_ALLOWED=False):
        found = seller.current()
    assert (found.bankgiro, found.endpoint_id, found.is_demo) == ("50501055", "2120001561", False)


def test_a_draft_follows_its_order_and_keeps_the_reference_that_was_written_on_it():
    made = draft([DAY_PACKAGE])
    drafting.set_reference(made, "YY77")
    orders.amend(order_of(made), [DINNER, ROOM], supply_date=TODAY, at=AT)
    made.refresh_from_db()
    assert [line.text for line in made.lines.all()] == [DINNER.text, ROOM.text]
    assert (made.payable_ore, made.net_250_ore) == (order_of(made).payable_ore, 0)
    assert (made.supply_date, made.reference) == (TODAY, "YY77")
    assert issuing.issue(made, by=BY, at=AT).number == 1001
    late = draft([DAY_PACKAGE])
    orders.cancel(order_of(late), at=AT)
    assert not Invoice.objects.filter(pk=late.pk).exists()


def test_a_draft_that_did_not_follow_is_not_issued(monkeypatch):
    made = draft()
    monkeypatch.setattr(changes, "_followers", [])
    orders.amend(order_of(made), [DINNER], at=AT)
    with pytest.raises(refusals.DraftIsStale):
        issuing.issue(made, by=BY, at=AT)


def test_what_is_added_after_the_invoice_is_one_of_its_own_and_all_of_them_are_the_order_to_the_ore():
    odd = [Line(name, Treatment.CONFERENCE, 1, 33) for name in "abc"]
    first = issued(odd[:1])
    orders.amend(order_of(first), odd[:2], at=AT)
    assert [(one.order.pk, one.loose_ore) for one in standing.waiting()] == [(first.order_id, 42)]
    assert standing.changed() == []
    assert drafting.collect_due(at=AT) == 1
    added = Invoice.objects.get(state=State.DRAFT)
    orders.amend(order_of(first), odd, at=AT)  # the draft follows
    added = issuing.issue(Invoice.objects.get(pk=added.pk), by=BY, at=AT)
    assert [line.text for line in added.lines.all()] == ["b", "c"]
    assert "1001" in added.note
    assert peppol_rules.check(documents.ubl_of(added)) == []
    assert first.payable_ore + added.payable_ore == order_of(first).payable_ore
    note = crediting.credit(added, by=BY, at=AT)
    assert added.payable_ore + note.payable_ore == 0
    assert [one.loose_ore for one in standing.waiting()] == [added.payable_ore]


def invoiced_bit_by_bit(*ores: int) -> tuple[Order, list[Invoice]]:
    """An order to which a line is added after each invoice."""
    lines = [Line(str(ore), Treatment.CONFERENCE, 1, ore) for ore in ores]
    sold = draft(lines[:1]).order
    papers = []
    for count in range(1, len(lines) + 1):
        orders.amend(sold, lines[:count], at=AT)
        made = Invoice.objects.filter(state=State.DRAFT).first() or drafting.draft_order(sold, at=AT)
        papers.append(issuing.issue(made, by=BY, at=AT))
    sold.refresh_from_db()
    return sold, papers


@pytest.mark.parametrize("taken", [0, 1])
def test_one_of_two_invoices_credited_by_hand_is_invoiced_anew_and_the_order_still_agrees_to_the_ore(taken):
    # Half an öre of VAT each: one invoice has the whole, the other none.
    sold, papers = invoiced_bit_by_bit(2, 2)
    assert [one.payable_ore for one in papers] == [3, 2]
    crediting.credit(papers[taken], by=BY, at=AT)
    assert [one.loose_ore for one in standing.waiting()] == [papers[taken].payable_ore]
    again = issuing.issue(drafting.draft_order(sold, at=AT), by=BY, at=AT)
    assert peppol_rules.check(documents.ubl_of(again)) == []
    assert sum(one.payable_ore for one in sold.invoices.all()) == sold.payable_ore == 5


def test_where_rounding_piled_up_over_many_invoices_all_is_credited_and_invoiced_anew():
    # What is left for 2 + 1 + 1 would be three öre of VAT, where one is right.
    sold, papers = invoiced_bit_by_bit(2, 3, 1, 3, 1)
    for paper in papers[::2]:
        crediting.credit(paper, by=BY, at=AT)
    assert [one.order.pk for one in standing.changed()] == [sold.pk]
    assert standing.waiting() == []
    issuing.issue(crediting.renew(sold, by=BY, at=AT), by=BY, at=AT)
    assert sum(one.payable_ore for one in sold.invoices.all()) == sold.payable_ore
    for paper in sold.invoices.all():
        assert peppol_rules.check(documents.ubl_of(paper)) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ([[DAY_PACKAGE, DINNER]], [DINNER, ROOM]),
        ([[DAY_PACKAGE], [DAY_PACKAGE, DINNER]], [DAY_PACKAGE]),
        ([[DAY_PACKAGE], [DAY_PACKAGE, DINNER]], [DAY_PACKAGE, DINNER, DISCOUNT]),
    ],
    ids=["gone", "of-two-invoices", "less"],
)
def test_where_something_invoiced_is_gone_or_less_is_to_be_paid_all_is_credited_and_invoiced_anew(was, now):
    sold = draft(was[0]).order
    for lines in was:
        orders.amend(sold, lines, at=AT)
        issuing.issue(
            Invoice.objects.filter(state=State.DRAFT).first() or drafting.draft_order(sold, at=AT),
            by=BY,
            at=AT,
        )
    orders.amend(sold, now, at=AT)
    assert [one.order.pk for one in standing.changed()] == [sold.pk]
    assert standing.waiting() == []
    with pytest.raises(refusals.CreditFirst):
        drafting.draft_order(sold, at=AT)
    again = issuing.issue(crediting.renew(sold, by=BY, at=AT), by=BY, at=AT)
    sold.refresh_from_db()
    assert again.payable_ore == sold.payable_ore == sum(one.payable_ore for one in sold.invoices.all())
    assert standing.changed() == []
    with pytest.raises(refusals.NothingToInvoice):
        crediting.renew(sold, by=BY, at=AT)  # somebody else's page, which is old
    assert Invoice.objects.get(pk=again.pk).state == State.ISSUED


@pytest.mark.parametrize(
    "change", [{"payable_ore": 1, "net_0_ore": 1}, {"number": 9}, {"buyer": {}}, {"state": "draft"}]
)
def test_what_is_issued_never_changes(change):
    made = issued()
    with pytest.raises(DatabaseError), transaction.atomic():
        Invoice.objects.filter(pk=made.pk).update(**change)
    for forbidden in (made.lines.all().delete, made.delete, lambda: made.lines.update(text="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()


def test_charges_are_collected_by_month_once():
    customer()
    charge(250_000)
    charge(125_000)
    charge(1_000, reference="YY2")
    charge(99_900, arose=dt.date(2026, 4, 2))  # of this month: waits
    charge(5_000, organisation_number="5560360793")  # of nobody we know yet
    assert drafting.collect_due(at=AT) == 2
    assert drafting.collect_due(at=AT) == 0
    first = Invoice.objects.get(buyer_reference="YY1")
    assert (first.payable_ore, first.lines.count(), first.basis) == (375_000, 2, "gross")
    issuing.issue(first, by=BY, at=AT)
    assert Charge.objects.filter(state="invoiced").count() == 2


def test_half_yearly_waits_for_its_half_year():
    customer(charges_schedule="half_yearly")
    charge()
    assert drafting.collect_due(at=AT) == 0
    assert drafting.collect_due(at=AT.replace(month=7, day=2)) == 1


def test_orders_are_drafted_after_the_event_or_at_once():
    customer()
    order()
    before = AT.replace(day=10)
    assert drafting.collect_due(at=before) == 0
    customer(orders_schedule="at_once")
    assert drafting.collect_due(at=before) == 1


def test_a_charge_without_vat_needs_somebody_to_have_said_why():
    customer()
    charge(vat_permille=0)
    with pytest.raises(refusals.NoExemption):
        drafting.draft_charges(Customer.objects.get(), "YY1", until=TODAY, at=AT)
    assert drafting.collect_due(at=AT) == 0


def test_an_e_invoice_is_put_where_somebody_fetches_it(tmp_path):
    made = sending.send(issued(), by=BY, at=AT)
    assert (made.state, made.sent_way) == (State.SENT, Way.E_INVOICE)
    with override_settings(EINVOICE_FOLDER=str(tmp_path)):
        delivery.send(Effect.objects.get(kind="e_invoice"))
        delivery.send(Effect.objects.get(kind="e_invoice"))
    (file,) = tmp_path.iterdir()
    assert file.name == "faktura-1001.xml"
    assert peppol_rules.check(file.read_bytes()) == []
    sending.handed_over(made, by=BY, at=AT)
    with pytest.raises(refusals.MoveNotAllowed):
        sending.handed_over(made, by=BY, at=AT)


def test_its_file_goes_with_what_it_says(tmp_path, settings, django_capture_on_commit_callbacks):
    settings.EINVOICE_FOLDER = str(tmp_path / "e-invoices")
    sending.send(issued(), by=BY, at=AT)
    delivery.send(Effect.objects.get(kind="e_invoice"))
    (file,) = Path(settings.EINVOICE_FOLDER).iterdir()
    assert Path(settings.EINVOICE_FOLDER).stat().st_mode & 0o077 == 0
    for years, is_there in ((6, True), (9, False)):
        with django_capture_on_commit_callbacks(execute=True):
            engine.run(rules.every(), why="night", at=AT + dt.timedelta(days=years * 366))
        assert file.exists() == is_there
    assert Invoice.objects.get().buyer == {}


def test_a_pdf_goes_by_mail_and_so_do_reminders_in_their_steps():
    made = issued()
    Customer.objects.update(way=Way.MAIL)
    sending.send(made, by=BY, at=AT)
    mail = mails.invoice(invoice_id=made.pk)
    assert mail.to == ["faktura@boras.example"]
    assert mail.attachments[0].content.startswith(b"%PDF")
    assert made.ocr in mail.text
    with pytest.raises(refusals.NotOverdue):
        sending.remind(made, by=BY, at=AT)
    late = AT + dt.timedelta(days=30 + 7)
    assert sending.remind(made, by=BY, at=late).step == 1
    with pytest.raises(refusals.NotOverdue):
        sending.remind(made, by=BY, at=late)
    assert sending.remind(made, by=BY, at=late + dt.timedelta(days=14)).step == 2
    reminded = mails.reminder(invoice_id=made.pk, step=1)
    assert str(made.number) in reminded.subject
    for text in (mail.text, mail.html, reminded.text, reminded.html):
        assert f"Bankgiro: {bankgiro.pretty(made.seller['bankgiro'])}" in text
    settling.book_by_hand(made, amount_ore=made.payable_ore, paid_date=TODAY, key="1", by=BY, at=late)
    assert mails.reminder(invoice_id=made.pk, step=2) is None
    assert sending.remind_due(at=late) == 0


def test_english_is_english_all_through():
    made = issued([ROOM], language="en")
    document = documents.of(Invoice.objects.get(pk=made.pk))
    assert document.lines[0].exemption_text == "Letting of premises is exempt from VAT"
    assert kronor(document.payable_ore) == 3100
