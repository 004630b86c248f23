"""Made-up invoices in every state, by the operations themselves: numbers, dates and money as finance would have them."""

import datetime as dt

from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.payments import orders
from navet.payments.invoices import ocr
from navet.payments.invoices.models import Customer, Invoice, InvoicePayment, Way
from navet.payments.invoices.operations import crediting, drafting, issuing, sending, settling
from navet.payments.models import Basis, Settlement, Treatment
from navet.payments.operations import note_charge
from navet.payments.orders import Buyer, Line

# Real municipalities have real addresses for e-invoices; these are nobody's.
_CUSTOMERS = [
    ("Exempelkommunen (demo)", "2299999991", r"YY\d{4}", "YY1234"),
    ("Provstadens friskolor AB (demo)", "5599999975", "", ""),
    ("Mönsterföretaget AB (demo)", "5599999967", r"\d{5}", "12345"),
]
_SOLD = [
    Line("Konferens heldag (demo)", Treatment.CONFERENCE, 40, 49_500),
    Line("Middag (demo)", Treatment.MEAL, 40, 32_000),
]
_ROOM = [Line("Sal utan tjänster (demo)", Treatment.ROOM, 1, 310_000)]


def make_invoices(now: dt.datetime, *, by: User) -> None:
    """Paid, credited, overdue, sent, written off, a draft, what waits, and money for nothing known."""
    town, schools, company = [_customer(*one) for one in _CUSTOMERS]
    actor = Actor(user=by)
    paid = _issued(town, _SOLD, "YY1234", now - dt.timedelta(days=120), actor)
    _pay(paid, now - dt.timedelta(days=95), actor)
    lost = _issued(company, _ROOM, "12345", now - dt.timedelta(days=110), actor)
    settling.write_off(lost, reason="Konkurs (demo)", by=actor, at=now - dt.timedelta(days=10))
    credited = _issued(schools, _ROOM, "", now - dt.timedelta(days=70), actor)
    crediting.credit(credited, note="Avbokat (demo)", by=actor, at=now - dt.timedelta(days=69))
    if credited.order:
        orders.cancel(credited.order, at=now - dt.timedelta(days=69))
    _issued(company, _SOLD, "54321", now - dt.timedelta(days=50), actor)  # overdue
    sending.send(_issued(town, _ROOM, "YY7777", now - dt.timedelta(days=5), actor), by=actor, at=now)
    drafting.draft_order(_order(schools, _SOLD, "", now - dt.timedelta(days=2)), at=now)
    _order(company, _ROOM, "11111", now - dt.timedelta(days=1))
    for number in range(3):
        note_charge(
            key=f"demo:{number}", organisation_number=town.organisation_number, payer=town.name, reference="YY1234",
            description=f"Sen avbokning {number + 1} (demo)", amount_ore=125_000, vat_permille=250,
            arose_date=(now - dt.timedelta(days=40 + number)).date(),
        )  # fmt: skip
    InvoicePayment.objects.create(
        key="demo:unknown", amount_ore=70_000, paid_date=(now - dt.timedelta(days=3)).date(), came_unknown=True,
        reference=ocr.make(99, length_digit=True), sender="Okänd avsändare (demo)", at=now, by=by,
    )  # fmt: skip


def _customer(name: str, number: str, pattern: str, example: str) -> Customer:
    is_town = bool(pattern) and pattern.startswith("YY")
    return Customer.objects.create(
        name=name, organisation_number=number, street="Exempelgatan 1", postal_code="500 00", city="Exempelstad",
        email=f"faktura-{number}@kund.example", way=Way.E_INVOICE if is_town else Way.MAIL,
        endpoint_scheme="0007" if is_town else "", endpoint_id=number if is_town else "",
        reference_pattern=pattern, reference_example=example, is_demo=True,
    )  # fmt: skip


def _order(customer: Customer, lines: list[Line], reference: str, at: dt.datetime) -> orders.Order:
    buyer = Buyer(
        name=customer.name, email=customer.email, organisation_number=customer.organisation_number,
        reference=reference, street=customer.street, postal_code=customer.postal_code, city=customer.city,
    )  # fmt: skip
    return orders.place(
        key=f"demo-invoice:{customer.pk}:{at:%Y%m%d}", kind="demo", title="Konferens (demo)", buyer=buyer, lines=lines,
        settlement=Settlement.INVOICE, basis=Basis.NET, supply_date=(at - dt.timedelta(days=3)).date(), at=at,
    )  # fmt: skip


def _issued(customer: Customer, lines: list[Line], reference: str, at: dt.datetime, by: Actor) -> Invoice:
    draft = drafting.draft_order(_order(customer, lines, reference, at), at=at)
    return issuing.issue(draft, by=by, at=at)


def _pay(invoice: Invoice, at: dt.datetime, by: Actor) -> None:
    settling.book_by_hand(
        invoice, amount_ore=invoice.payable_ore, paid_date=at.date(), key=f"demo:{invoice.pk}", by=by, at=at
    )
