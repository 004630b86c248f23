"""Finance's pages and the API, by form and redirect, as a browser without scripts does it."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from navet.accounts.models import User
from navet.payments.invoices import ledger, sie
from navet.payments.invoices.models import Customer, Invoice, InvoicePayment, State
from navet.payments.invoices.operations import issuing, settling
from navet.payments.models import VatRule
from tests.navet.payments.invoices.making import AT, BY, TODAY, charge, customer, draft, issued
from tests.navet.payments.invoices.test_settling import bgmax
from tests.navet.payments.making import DINNER, order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


def of(role: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_user(f"{role}@navet.example", "-", roles=[role], name=role))
    return client


def test_from_what_waits_to_sent_and_paid():
    finance = of("finance")
    customer()
    waiting = order([DINNER])
    charge()
    page = finance.get("/ekonomi/att-fakturera/").content.decode()
    assert waiting.code in page
    assert "Sen avbokning" not in page
    drafted = finance.post(f"/ekonomi/att-fakturera/order/{waiting.pk}/")
    made = Invoice.objects.get()
    assert drafted["Location"] == f"/ekonomi/fakturor/{made.pk}/"
    shown = finance.get(drafted["Location"]).content.decode()
    assert "Middag" in shown
    assert "Ställ ut fakturan" in shown
    finance.post(f"{drafted['Location']}gor/stall-ut/")
    finance.post(f"{drafted['Location']}gor/skicka/")
    made.refresh_from_db()
    assert (made.state, made.number) == (State.SENT, 1001)
    assert "accesspunkt" in finance.get(drafted["Location"]).content.decode()
    assert finance.get(f"{drafted['Location']}pdf/").content.startswith(b"%PDF")
    assert b"<cbc:ID>1001</cbc:ID>" in finance.get(f"{drafted['Location']}e-faktura/").content
    assert "Inget att anmärka" in finance.get(f"{drafted['Location']}kontroll/").content.decode()
    file = SimpleUploadedFile("bg.txt", bgmax((made.ocr, made.payable_ore), ("123", 500)))
    assert finance.post("/ekonomi/inbetalningar/", {"file": file}).status_code == 302
    made.refresh_from_db()
    assert made.state == State.PAID
    unknown = InvoicePayment.objects.to_settle().get()
    assert "123" in finance.get("/ekonomi/inbetalningar/").content.decode()
    aside = finance.post(f"/ekonomi/inbetalningar/{unknown.pk}/", {"reason": "Inte vår"})
    assert aside.status_code == 302
    file = SimpleUploadedFile("bg.txt", b"trasig")
    assert finance.post("/ekonomi/inbetalningar/", {"file": file}).status_code == 422


def test_a_refusal_is_told_on_the_page():
    finance, made = of("finance"), draft()
    Customer.objects.update(endpoint_id="7381039100003")
    page = finance.post(f"/ekonomi/fakturor/{made.pk}/gor/stall-ut/", follow=True).content.decode()
    assert "PEPPOL-COMMON-R040" in page
    assert finance.post(f"/ekonomi/fakturor/{made.pk}/", {"reference": "YY9"}).status_code == 302
    finance.post(f"/ekonomi/fakturor/{made.pk}/kasta/")
    assert not Invoice.objects.exists()


def test_credit_pay_and_write_off_by_form():
    finance, made = of("finance"), issued([DINNER])
    base = f"/ekonomi/fakturor/{made.pk}/"
    paid = {"kronor": "100.50", "paid_date": "2026-04-20", "token": "a"}
    for _again in range(2):
        assert finance.post(f"{base}betalning/", paid).status_code == 302
    assert [one.amount_ore for one in InvoicePayment.objects.all()] == [10_050]
    assert finance.post(f"{base}betalning/", {**paid, "kronor": "x"}).status_code == 422
    assert finance.post(f"{base}aterbetalning/", paid).status_code == 422
    line = made.lines.get()
    credited = finance.post(f"{base}kreditera/", {"lines": [line.pk], "note": "Fel"})
    assert credited.status_code == 302
    assert Invoice.objects.get(credits=made).payable_ore == -made.payable_ore
    assert finance.post(f"{base}skriv-av/", {"reason": "x"}).status_code == 422


def test_an_order_that_changed_is_invoiced_anew_by_one_press():
    from navet.payments import orders

    finance, made = of("finance"), issued()
    orders.amend(made.order, [DINNER], at=AT)
    assert "Ändrat efter fakturan" in finance.get("/ekonomi/att-fakturera/").content.decode()
    settling.book_by_hand(made, amount_ore=made.payable_ore, paid_date=TODAY, key="1", by=BY, at=AT)
    finance.post(f"/ekonomi/att-fakturera/om/{made.order_id}/")
    assert sorted(Invoice.objects.values_list("kind", "state")) == [
        ("credit_note", "issued"), ("invoice", "credited"), ("invoice", "draft"),
    ]  # fmt: skip
    again = issuing.issue(Invoice.objects.get(state="draft"), by=BY, at=AT)
    base = f"/ekonomi/fakturor/{made.pk}/"
    assert "overforing" in finance.get(base).content.decode()
    for number in (made.number, 999_999, "x"):
        assert finance.post(f"{base}overforing/", {"number": number, "token": "a"}).status_code == 422
    for _again in range(2):
        assert finance.post(f"{base}overforing/", {"number": again.number, "token": "a"}).status_code == 302
    assert (settling.balance(made), settling.balance(again)) == (again.payable_ore - made.payable_ore, 0)
    assert sie.sums(ledger.vouchers(TODAY, TODAY))["1930"] == made.payable_ore


def test_the_books_and_their_file():
    finance, _made = of("finance"), issued()
    page = finance.get("/ekonomi/bokforing/").content.decode()
    assert "1510" in page
    file = finance.get("/ekonomi/bokforing/sie/?fran=2026-04-01&till=2026-04-30")
    assert file.content.startswith(b"#FLAGGA 0")
    assert finance.get("/ekonomi/bokforing/?fran=2026-04-01&till=2027-04-30").status_code == 400
    assert finance.get("/ekonomi/bokforing/sie/?fran=x").status_code == 302


def test_a_vat_rule_begins_and_ends_the_one_before():
    finance, _rules = of("finance"), order()
    new = {"treatment": "meal", "vat_permille": "60", "first_date": "2026-05-01", "source": "Beslut 7"}
    assert finance.post("/ekonomi/moms/", new).status_code == 302
    assert finance.post("/ekonomi/moms/", new).status_code == 422
    old, begun = VatRule.objects.filter(treatment="meal").order_by("valid")
    assert old.valid.upper == begun.valid.lower == dt.date(2026, 5, 1)
    assert finance.post("/ekonomi/moms/", {**new, "first_date": "2026-04-01"}).status_code == 422
    assert finance.post("/ekonomi/moms/", {**new, "vat_permille": "0"}).status_code == 422


def test_customers_are_entered_with_numbers_that_are_right():
    finance = of("finance")
    form = {
        "name": "Marks kommun", "organisation_number": "212000-1504", "street": "Boråsvägen 40", "postal_code": "511 80",
        "city": "Kinna", "language": "sv", "way": "e_invoice", "endpoint_scheme": "0007", "endpoint_id": "2120001504",
        "terms_days": "30", "charges_schedule": "half_yearly", "orders_schedule": "after_event",
        "reference_pattern": r"\d{5}", "reference_example": "12345",
    }  # fmt: skip
    for fault in (
        {"organisation_number": "2120001505"},
        {"endpoint_id": ""},
        {"reference_pattern": "(a+)+"},
        {"reference_example": "A"},
    ):
        assert finance.post("/ekonomi/kunder/ny/", form | fault).status_code == 422, fault
    assert finance.post("/ekonomi/kunder/ny/", form).status_code == 302
    assert Customer.objects.get().organisation_number == "2120001504"
    assert "Marks kommun" in finance.get("/ekonomi/kunder/?sok=mark").content.decode()


def test_lists_filter_and_leave_as_files(django_assert_max_num_queries):
    finance = of("finance")
    for _number in range(3):
        issued()
    assert finance.get("/ekonomi/fakturor/?lage=overdue").content.decode().count("Faktura 100") == 0
    assert finance.get("/ekonomi/fakturor/?sok=1002").content.decode().count("Faktura 1002") == 1
    with django_assert_max_num_queries(8):
        page = finance.get("/ekonomi/fakturor/").content.decode()
    assert page.count("Faktura 100") == 3
    assert b"1001" in finance.get("/ekonomi/fakturor/fil/csv/").content
    assert finance.get("/ekonomi/fakturor/fil/pdf/").status_code == 404
    for path in (
        "fakturor/?sok=%00",
        "kunder/?sok=%00",
        "fakturor/?lage=%00",
        "fakturor/?sok=99999999999999999999",
    ):
        assert finance.get(f"/ekonomi/{path}").status_code == 200


def test_charges_are_drafted_by_one_press():
    finance, payer = of("finance"), customer()
    charge(reference="YY5")
    path = f"/ekonomi/att-fakturera/kund/{payer.pk}/"
    assert finance.post(path, {"reference": "\x00"})["Location"] == "/ekonomi/att-fakturera/"
    assert finance.post(path, {"reference": "YY5"}).status_code == 302
    assert Invoice.objects.get().buyer_reference == "YY5"


def test_who_may():
    made = issued()
    manager, educator = of("management"), of("educator")
    assert manager.get("/ekonomi/fakturor/").status_code == 200
    assert manager.post(f"/ekonomi/fakturor/{made.pk}/gor/skicka/").status_code == 403
    assert manager.get(f"/ekonomi/fakturor/{made.pk}/").status_code == 200
    for path in ("fakturor/", "att-fakturera/", "kunder/", "inbetalningar/", "bokforing/", "moms/"):
        assert educator.get(f"/ekonomi/{path}").status_code == 403
    assert Client().get("/ekonomi/fakturor/").status_code == 302


def test_the_api_reads():
    made = issued()
    finance = of("finance")
    found = finance.get("/api/v1/invoices/?issued_from=2026-04-20").json()["results"]
    assert [(one["number"], one["balance"]["amount"]) for one in found] == [
        (1001, f"{made.payable_ore / 100:.2f}")
    ]
    assert finance.get("/api/v1/invoices/?state=paid").json()["results"] == []
    assert finance.get("/api/v1/invoices/?state=x").status_code == 400
    assert Client().get("/api/v1/invoices/").status_code in (401, 403)
    assert TODAY.isoformat() == found[0]["issue_date"]
