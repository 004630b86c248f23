"""What guests are told by mail, in both languages, and that it is promised with what it tells of."""

import datetime as dt
import io
import re

import pytest
import time_machine
from django.conf import settings
from django.db import transaction

from bookings.common import links
from bookings.conferences import mails
from bookings.conferences.models import Reservation
from bookings.conferences.operations import changing, keeping, leaving, money, reserving
from navet import periods
from navet.outbox.models import Effect
from navet.pages import formats
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, NOW
from tests.navet.payments import paying
from tests.navet.payments.invoices import published

pytestmark = pytest.mark.django_db


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\xa0", " "))


def asked(language: str, wanted: str) -> Reservation:
    room, lunch = rooms.room(), rooms.lunch()
    contact = rooms.customer(mail_language=language)
    return rooms.reserve(rooms.wish(rooms.day(room, add_ons=(lunch,))), customer=contact, asked=wanted)


def mail_of(kind: str):
    """As the worker would send what was promised last."""
    promised = rooms.mails(kind)[-1].payload
    return getattr(mails, kind)(**promised["args"])


SAID = {
    ("option", "sv"): ("Hålls åt dig: Ledningsdag", "Lokalerna hålls åt dig till", "14 500 kr"),
    ("option", "en"): ("Held for you: Ledningsdag", "The rooms are held for you until", "SEK 14,500"),
    ("quote", "sv"): ("Offert: Ledningsdag", "Offerten gäller till", "14 500 kr"),
    ("quote", "en"): ("Quote: Ledningsdag", "The quote is valid until", "SEK 14,500"),
    ("confirmed", "sv"): ("Bokat: Ledningsdag", "Välkommen", "14 500 kr"),
    ("confirmed", "en"): ("Booked: Ledningsdag", "Everything below is booked", "SEK 14,500"),
    ("cancelled", "sv"): ("Avbokat: Ledningsdag", "Det kostar ingenting", "14 500 kr"),
    ("cancelled", "en"): ("Cancelled: Ledningsdag", "It costs nothing", "SEK 14,500"),
    ("called_off", "sv"): ("Inställt av Navet: Ledningsdag", "Skälet: Vattenläcka", "14 500 kr"),
    ("called_off", "en"): ("Called off by Navet: Ledningsdag", "The reason: Vattenläcka", "SEK 14,500"),
    ("changed", "sv"): ("Ändrat: Ledningsdag", "Så här ser det ut nu", "12 437,50 kr"),
    ("changed", "en"): ("Changed: Ledningsdag", "This is how it stands now", "SEK 12,437.50"),
    ("final_count", "sv"): ("Hur många blir ni? Ledningsdag", "Berätta på sidan senast", "14 500 kr"),
    ("final_count", "en"): ("How many will you be? Ledningsdag", "Tell us on the page by", "SEK 14,500"),
    ("to_pay", "sv"): ("Att betala: Ledningsdag", "Det är bokat när det är betalt", "14 500 kr"),
    ("to_pay", "en"): ("To be paid: Ledningsdag", "It is booked when it is paid", "SEK 14,500"),
    ("lapsed", "sv"): ("Hålls inte längre: Ledningsdag", "Du är inte skyldig något", "14 500 kr"),
    ("lapsed", "en"): ("No longer held: Ledningsdag", "Nothing is owed", "SEK 14,500"),
}


def happened(kind: str, language: str) -> Reservation:
    if kind in ("option", "quote"):
        return asked(language, kind)
    if kind == "lapsed":
        made = asked(language, "option")
        reserving.tidy(at=made.holds_until)
        return made
    if kind == "to_pay":
        room, lunch = rooms.room(), rooms.lunch()
        contact = rooms.customer(mail_language=language)
        return rooms.booked(rooms.day(room, add_ons=(lunch,)), customer=contact, settlement="card")
    made = asked(language, "book")
    if kind == "cancelled":
        leaving.cancel(made.code, by=rooms.guest(), at=NOW)
    elif kind == "called_off":
        leaving.call_off(made.code, reason="Vattenläcka", by=rooms.host(), at=NOW)
    elif kind == "changed":
        stands = changing.wish_of(keeping.lock(made.code, by=None, at=NOW))
        fewer = rooms.wish(*stands.days, persons=30)
        changing.change(made.code, fewer, by=rooms.guest(), at=NOW)
    return made


@pytest.mark.parametrize(("kind", "language"), SAID)
def test_a_mail_says(kind, language):
    made = happened(kind, language)
    made.refresh_from_db()
    subject, words, price = SAID[kind, language]
    mail = mail_of(kind)
    assert mail.subject.startswith(subject)
    assert words in plain(mail.text)
    assert words in plain(mail.html)
    assert price in plain(mail.text)
    standing = made.status not in ("cancelled", "lapsed")
    assert (links.mail_url(made) if standing else f"{settings.SITE_URL}/konferens/") in mail.text
    # Said of a link that opens the booking, and of no other.
    assert any(word in mail.text for word in ("utan kod", "without a code")) is standing
    assert list(mail.to) == [rooms.GUEST]


def buttons(mail) -> list[tuple[str, str]]:
    return re.findall(r'class="button" href="([^"]+)"[^>]*>([^<]+)<', mail.html)


def test_the_button_of_what_is_to_be_paid_leads_to_where_it_is_paid(client):
    made = happened("to_pay", "sv")
    order, mail = money.order_of(made), mail_of("to_pay")
    url = f"{settings.SITE_URL}/betalning/{order.code}/"
    assert buttons(mail) == [(url, f"Betala {formats.money(order.owed_ore)} med kort eller Swish")]
    assert f"med kort eller Swish:\n{url}\n" in mail.text
    assert f'<a href="{links.mail_url(made)}">' in mail.html
    assert "Adressen öppnar" in plain(mail.html)
    page = client.get(url.removeprefix(settings.SITE_URL))
    assert page.status_code == 200
    assert plain(formats.money(order.owed_ore)) in plain(page.content.decode())


def test_days_and_add_ons_stand_on_lines_of_their_own_in_the_mail():
    hall, add_ons = rooms.room(), (rooms.lunch(), rooms.dinner())
    rooms.booked(*(rooms.day(hall, date=DAY + dt.timedelta(days=n), add_ons=add_ons) for n in range(2)))
    mail = mail_of("confirmed")
    for said in (
        "tisdag 3 mars 2026 08:00–16:30<br>onsdag 4 mars 2026 08:00–16:30",
        "12:00 Lunch<br>",
    ):
        assert said in plain(mail.html)
    assert mail.subject == "Bokat: Ledningsdag, tis 3 mars och 1 dag till"


def test_the_button_of_what_is_invoiced_leads_to_the_booking():
    made = happened("confirmed", "sv")
    assert buttons(mail_of("confirmed")) == [(links.mail_url(made), "Se, ändra eller avboka")]


def test_a_late_cancellation_says_what_it_costs_in_kronor_on_the_page_and_in_the_mail(client):
    made = asked("sv", "book")
    late = periods.at(DAY - dt.timedelta(days=2), dt.time(9))
    client.force_login(rooms.host().user)
    with time_machine.travel(late, tick=False):
        page = client.get(f"/konferens/bokning/{made.code}/avboka/").content.decode()
    leaving.cancel(made.code, by=rooms.guest(), at=late)
    owed = money.order_of(made).payable_ore
    assert owed == made.price_ore
    for said in (page, mail_of("cancelled").text):
        assert "100 % av priset: 14 500 kr inklusive moms" in plain(said)
        assert "Det faktureras." in plain(said)
    client.force_login(rooms.host().user)
    left = plain(client.get(f"/konferens/bokning/{made.code}/").content.decode())
    assert "Avbokningen kostar 14 500 kr inklusive moms. Det faktureras." in left
    assert "Om du avbokar" not in left


def test_who_paid_by_card_and_leaves_is_told_what_goes_back_on_the_page_and_in_the_mail(client):
    made = rooms.booked(rooms.day(rooms.room()), settlement="card")
    paying.told_of_as_paid(money.order_of(made), at=NOW)
    client.force_login(rooms.host().user)
    with time_machine.travel(NOW, tick=False):
        page = client.get(f"/konferens/bokning/{made.code}/avboka/").content.decode()
    leaving.cancel(made.code, by=rooms.guest(), at=NOW)
    sum_ = plain(formats.money(made.price_ore))
    assert f"{sum_} av det du har betalat går tillbaka" in plain(page)
    assert f"{sum_} går tillbaka" in plain(mail_of("cancelled").text)
    left = plain(client.get(f"/konferens/bokning/{made.code}/").content.decode())
    assert f"Det kostar ingenting. {sum_} av det du har betalat går tillbaka" in left
    assert "Se kvittot" in left


def test_what_was_paid_too_much_is_said_to_go_back():
    made = asked("sv", "book")
    said = "9 162,21 kr går tillbaka"
    assert said in plain(mails.changed(booking_id=made.pk, back_ore=916_221).text)
    assert said not in plain(mails.changed(booking_id=made.pk).text)


def test_a_mail_is_promised_with_what_it_tells_or_not_at_all():
    room, before = rooms.room(), Effect.objects.count()
    with transaction.atomic():
        rooms.booked(rooms.day(room))
        assert rooms.mails("confirmed")
        transaction.set_rollback(True)
    assert Effect.objects.count() == before


def test_what_is_no_longer_true_is_not_said():
    made = asked("sv", "option")
    reserving.book(made.code, by=rooms.guest(), at=NOW)
    assert mails.option(booking_id=made.pk) is None
    assert mails.confirmed(booking_id=made.pk) is not None


@pytest.mark.skipif(not published.are_here(), reason=published.WITHOUT_RULES)
def test_the_quote_is_mailed_as_an_accessible_pdf_with_vat_per_rate_and_its_validity():
    from pypdf import PdfReader

    room, lunch, show = rooms.room(), rooms.lunch(), rooms.show()
    made = rooms.reserve(rooms.wish(rooms.day(room, add_ons=(lunch, show))), asked="quote")
    (file,) = [one for one in mails.quote(booking_id=made.pk).attachments if one.name.endswith(".pdf")]
    pdf = PdfReader(io.BytesIO(file.content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "sv"
    assert b"pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data()
    said = plain(" ".join(page.extract_text() for page in pdf.pages))
    for words in (f"Offert {made.code}-1", "Gäller till", "16 100,00", "25 %", "20 125 kr", "Ledningsdag"):
        assert words in said
    assert DAY.strftime("%Y") in said
