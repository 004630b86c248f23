"""A conference with a discount, all the way to finance: the same sums in order, PDF, e-invoice and ledger, worked out by hand."""

import datetime as dt

import pytest
import time_machine
from lxml import etree

from bookings.conferences.operations import changing
from navet import periods
from navet.payments.invoices import documents, ledger, peppol_rules, sie
from navet.payments.invoices.models import Invoice
from navet.payments.invoices.operations import crediting, drafting, issuing
from navet.payments.models import Order
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, NOW
from tests.navet.payments.invoices import making, published
from tests.navet.payments.invoices.test_rules import NAMES
from tests.navet.payments.invoices.test_sums import in_pdf, in_ubl

pytestmark = pytest.mark.django_db
AFTER = periods.at(DAY + dt.timedelta(days=1), dt.time(9))
# 13 persons at 595 kr and a show for 4 500 kr, both 25 %, and dinner at 395 kr, 12 %; 7 % off each.
NET_25, NET_12 = 7_735_00 + 4_500_00 - 541_45 - 315_00, 5_135_00 - 359_45
VAT_25, VAT_12 = 2_844_64, 573_07  # of 11 378,55 and 4 775,55
PAYABLE = 19_571_81


def invoiced() -> Invoice:
    with time_machine.travel(NOW, tick=False):
        day = rooms.day(rooms.room(), package=rooms.package().slug, add_ons=(rooms.show(), rooms.dinner()))
        made = rooms.booked(day, persons=13, settlement="invoice")
        changing.give_discount(made.code, percent=7, reason="Återkommande kund", by=rooms.host(), at=NOW)
    making.customer(
        organisation_number="5566778899", name="Företaget AB", vat_number="SE556677889901", reference_pattern="",
        reference_example="", endpoint_scheme="0007", endpoint_id="5566778899",
    )  # fmt: skip
    return issuing.issue(drafting.draft_order(Order.objects.get(), at=AFTER), by=making.BY, at=AFTER)


def in_each(ubl: bytes) -> dict[str, tuple[int, int]]:
    """Net and VAT by rate, as the e-invoice says."""
    found = etree.fromstring(ubl).xpath("//cac:TaxSubtotal", namespaces=NAMES)
    words = [[one.findtext(f".//cbc:{name}", namespaces=NAMES) for name in ("Percent", "TaxableAmount", "TaxAmount")] for one in found]  # fmt: skip
    return {rate: (round(float(net) * 100), round(float(vat) * 100)) for rate, net, vat in words}


def test_a_discounted_conference_comes_to_the_same_in_order_pdf_e_invoice_and_ledger():
    made = invoiced()
    ubl = documents.ubl_of(made)
    assert (Order.objects.get().payable_ore, made.payable_ore) == (PAYABLE, PAYABLE)
    assert peppol_rules.check(ubl) == []
    assert (in_ubl(ubl, "TaxExclusiveAmount"), in_ubl(ubl, "PayableAmount")) == (NET_25 + NET_12, PAYABLE)
    assert {float(rate): sums for rate, sums in in_each(ubl).items()} == {
        25.0: (NET_25, VAT_25), 12.0: (NET_12, VAT_12)
    }  # fmt: skip
    off = [
        line for line in documents.of(made).lines if line.text.startswith("Rabatt 7 %: Återkommande kund (")
    ]
    assert sorted(line.net_ore for line in off) == [-541_45, -359_45, -315_00]
    booked = sie.read(ledger.export(AFTER.date(), AFTER.date(), made=AFTER.date()))
    assert sie.sums(booked.vouchers) == {
        "1510": PAYABLE, "2610": -VAT_25, "2620": -VAT_12, "3000": -(NET_25 + NET_12)
    }  # fmt: skip
    if published.are_here():
        text = in_pdf(documents.pdf_of(made, today=AFTER.date()))
        for words in ("16154,10", "2844,64", "573,07", "19571,81", "541,45", "Rabatt7%"):
            assert words in text
    note = crediting.credit(made, by=making.BY, at=AFTER)
    both = [ledger.of_invoice(one, ledger.accounts()) for one in (made, note)]
    assert not any(sie.sums(both).values())
