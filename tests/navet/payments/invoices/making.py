"""Customers, documents and invoices for tests."""

import datetime as dt
import itertools
from typing import Any

from stdnum import luhn

from navet import periods
from navet.accounts.actor import Actor
from navet.payments.invoices import ocr
from navet.payments.invoices.document import CREDIT_NOTE, INVOICE, Document, Line, Party, Seller, Vat
from navet.payments.invoices.models import Customer, Invoice, Way
from navet.payments.invoices.operations import drafting, issuing
from navet.payments.models import Order
from navet.payments.operations import note_charge
from tests.navet.payments.making import DAY_PACKAGE, order

AT = dt.datetime(2026, 4, 20, 8, 0, tzinfo=dt.UTC)  # after the event of tests.navet.payments.making
TODAY = periods.local_day(AT)
BY = Actor()
EXEMPT = "Uthyrning av lokal är momsfri"
_numbers = itertools.count(1)


def checked(body: str) -> str:
    return body + luhn.calc_check_digit(body)


ORGANISATION = checked("559999999")
SELLER = Seller(
    name="Navet", organisation_number=ORGANISATION, vat_number=f"SE{ORGANISATION}01", endpoint_scheme="0007",
    endpoint_id=ORGANISATION, street="Skaraborgsvägen", postal_code="503 30", city="Borås",
    email="faktura@navet.example", bankgiro=checked("5599999"), f_tax=True,
)  # fmt: skip
BUYER = Party(
    name="Borås Stad", organisation_number="2120001561", vat_number="SE212000156101", endpoint_scheme="0088",
    endpoint_id="7381039100002", street="Kungsgatan 55", postal_code="501 80", city="Borås",
)  # fmt: skip
DAY = Line(1, "Konferensdag", 40, 59_500, 2_380_000, 250)
ROOM = Line(2, "Sal utan tjänster", 1, 310_000, 310_000, 0, "VATEX-EU-135-1", EXEMPT)
DINNER = Line(3, "Middag", 40, 39_500, 1_580_000, 120)


def vat_of(lines: tuple[Line, ...]) -> tuple[Vat, ...]:
    """By hand, so that it is not the code under test that is asked: nets are whole hundreds here."""
    rates: dict[int, int] = {}
    for line in lines:
        rates[line.vat_permille] = rates.get(line.vat_permille, 0) + line.net_ore
    reason = ("VATEX-EU-135-1", EXEMPT)
    return tuple(Vat(rate, net, net * rate // 1000, *(() if rate else reason)) for rate, net in rates.items())


def document(*lines: Line, **changed: Any) -> Document:
    """An invoice of these lines; as a credit note (kind=CREDIT_NOTE) with all of it taken back."""
    lines = lines or (DAY, ROOM, DINNER)
    vat = vat_of(lines)
    fields: dict[str, Any] = {
        "kind": INVOICE, "number": "1001", "issue_date": TODAY, "due_date": TODAY + dt.timedelta(days=30),
        "ocr": ocr.make(1001, length_digit=True), "seller": SELLER, "buyer": BUYER, "lines": lines, "vat": vat,
        "rounding_ore": 0, "payable_ore": sum(one.net_ore + one.vat_ore for one in vat), "gross_basis": False,
        "buyer_reference": "YY1234", "terms_days": 30,
    }  # fmt: skip
    if changed.get("kind") == CREDIT_NOTE:
        mirrored = tuple(_mirrored(line) for line in lines)
        fields |= {
            "lines": mirrored, "vat": vat_of(mirrored), "payable_ore": -fields["payable_ore"], "due_date": None,
            "number": "1002", "credits": ("1001", TODAY),
        }  # fmt: skip
    return Document(**fields | changed)


def _mirrored(line: Line) -> Line:
    reason = (line.exemption_code, line.exemption_text)
    return Line(
        line.position, line.text, -line.quantity, line.unit_ore, -line.net_ore, line.vat_permille, *reason
    )


def customer(**changed: Any) -> Customer:
    """Borås Stad, which wants e-invoices with a code that begins with YY."""
    number = changed.pop("organisation_number", "2120001561")
    wanted = {
        "name": "Borås Stad", "vat_number": "SE212000156101", "street": "Kungsgatan 55", "postal_code": "501 80",
        "city": "Borås", "email": "faktura@boras.example", "way": Way.E_INVOICE, "endpoint_scheme": "0088",
        "endpoint_id": "7381039100002", "reference_pattern": r"YY\d{1,6}", "reference_example": "YY1234",
    }  # fmt: skip
    return Customer.objects.update_or_create(organisation_number=number, defaults=wanted | changed)[0]


def draft(lines: Any = (DAY_PACKAGE,), **of_order: Any) -> Invoice:
    customer()
    return drafting.draft_order(order(lines, **of_order), at=AT)


def issued(lines: Any = (DAY_PACKAGE,), **of_order: Any) -> Invoice:
    return issuing.issue(draft(lines, **of_order), by=BY, at=AT)


def order_of(invoice: Invoice) -> Order:
    return Order.objects.get(pk=invoice.order_id)


def charge(amount_ore: int = 250_000, *, arose: dt.date = dt.date(2026, 3, 10), **changed: Any) -> None:
    number = next(_numbers)
    wanted = {
        "key": f"test:{number}", "organisation_number": "2120001561", "payer": "Borås Stad", "reference": "YY1",
        "description": f"Sen avbokning {number}", "amount_ore": amount_ore, "vat_permille": 250, "arose_date": arose,
    }  # fmt: skip
    note_charge(**wanted | changed)
