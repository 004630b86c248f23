"""A quote as PDF, tagged (PDF/UA-1), in the guest's language: what it is for, prices before and after VAT per rate, validity, terms."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from bookings.common import links
from bookings.common.lines import Facts
from bookings.conferences import terms
from bookings.conferences.line import facts
from bookings.conferences.models import Quote, Reservation
from bookings.conferences.operations import money
from bookings.conferences.pricing import Line
from navet import periods
from navet.outbox.mail import Attachment
from navet.pages import contact, formats
from navet.pages.pdf import made

TEMPLATE = Path(__file__).with_name("quote.typ")


def attachment(reservation: Reservation, quote: Quote) -> Attachment:
    """Reads the reservation whole. Raises NoVatRule."""
    with override(reservation.mail_language):
        name = _("quote-%(number)s.pdf") % {"number": quote}
        return Attachment(name, "application/pdf", made(TEMPLATE, _data(reservation, quote)))


def _data(reservation: Reservation, quote: Quote) -> dict[str, Any]:
    day = periods.local_day(reservation.occasion.starts_at)
    priced = money.priced([Line(**line) for line in quote.lines], day)
    totals = money.totals([Line(**line) for line in quote.lines], day)
    house, heading = contact.house(), _("Quote %(quote)s") % {"quote": quote}
    until = f"{formats.local_date(quote.valid_until, 'long')} {formats.local_time(quote.valid_until)}"
    return {
        "language": reservation.mail_language,
        "title": f"{heading}, {house.name}",
        "heading": heading,
        "house": house.name,
        "foot": [part for part in (house.place, house.phone, house.email) if part],
        "valid": _("Valid until %(when)s") % {"when": until},
        "words": _words(),
        "facts": _facts(quote, facts(reservation)),
        "lines": [
            [
                line.text,
                formats.count(line.quantity),
                formats.decimals(line.unit_ore),
                _rate(line.vat_permille),
                formats.decimals(line.quantity * line.unit_ore),
            ]
            for line in priced
        ],
        "rates": [
            [_rate(one.vat_permille), formats.decimals(one.net_ore), formats.decimals(one.vat_ore)]
            for one in totals.rates
        ],
        "net": formats.decimals(totals.net_ore),
        "vat": formats.decimals(totals.vat_ore),
        "gross": formats.money(totals.payable_ore),
        "terms": terms.said(quote.terms),
        "how": _("Accept it on the page before that. The rooms are held for you meanwhile."),
        "url": links.booking_url(reservation),
    }


def _words() -> dict[str, str]:
    return {
        "page": _("Page"),
        "about": _("What is offered"),
        "lines": _("Prices excluding VAT, kronor"),
        "text": _("What"),
        "quantity": _("Number"),
        "price": _("Each"),
        "vat": _("VAT"),
        "amount": _("Sum"),
        "sum": _("In all"),
        "net": _("Excluding VAT"),
        "vat_amount": _("VAT amount"),
        "total": _("In all"),
        "gross": _("Including VAT"),
        "terms": _("If you cancel"),
        "accept": _("How to accept"),
    }


def _facts(quote: Quote, told: Facts) -> list[list[str]]:
    """Of the page's facts those that have no line of their own; the price is in the table."""
    skipped = {_("Price including VAT"), _("Booking code")}
    first = [_("Date"), formats.local_date(quote.made_at, "long")]
    rows = [[name, ", ".join(text.splitlines())] for name, text in told if text and name not in skipped]
    return [first, *rows]


def _rate(permille: int) -> str:
    return formats.percent(permille / 1000) if permille else _("exempt")
