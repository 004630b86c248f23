"""A guest has forty people, a show and lunch priced as she chooses: pays by card; a municipality takes it on invoice; a quote is
accepted from the mail; an option lapses and somebody else has its room."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from bookings.common.models import Status
from bookings.conferences.models import Reservation
from navet import periods
from navet.outbox.models import DeliveredMail, Effect
from navet.payments.models import Order, Payment
from tests.browser.hands import Hands, faults, rests
from tests.browser.test_booking_by_keyboard import confirm, read_mail
from tests.browser.test_paying import seen
from tests.browser.world import DAY, NOW
from tests.faults.launching import wait_until
from tests.navet.payments import line
from worker import tasks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GUEST, OTHER, TOWN = "eva@foretaget.example", "nils@bolaget.example", "kansli@kommun.example"
LINK = re.compile(r"http\S+/bokning/\S+")
COMPANY = ("Företag", "Företaget AB", "556677-8899")
MUNICIPALITY = ("Kommun, region eller stat", "Borås stad", "212000-1561")


class TestByCard:
    """The sandbox is a process of its own and lives now."""

    @pytest.fixture(autouse=True)
    def clock(self) -> None:
        """Nobody moves the time."""

    def test_forty_with_a_show_and_lunch_are_priced_booked_paid_and_in_writing(self, hands, sandbox, world):
        assert world.hall
        her = hands()
        wishes(her, a_day_ahead())
        told = price(her.page)
        assert told == "20 125 kr"  # 5 000 + 4 500 + 40 x 165 kronor, and 25 per cent
        asks(her, COMPANY, "Boka", GUEST, pays="Kort eller Swish")
        confirm(her, GUEST, "Bekräfta bokningen")
        her.says("Att betala").says("Lokalerna hålls åt dig till")
        looks_well(her.page, "conference-2-to-pay")
        booking = her.page.url

        her.follow("Betala")
        her.press("Betala 20")
        her.page.get_by_label("4242 4242 4242 4242").check()
        her.page.get_by_role("button", name="Betala med kort").press("Enter")
        wait_until(lambda: Effect.objects.filter(kind="stripe.event").exists())
        line.relay_all()
        her.says("Det är betalt")
        her.follow("Se kvittot")
        assert told in plain(her.text())
        looks_well(her.page, "conference-3-receipt")

        assert Reservation.objects.get().status == Status.CONFIRMED
        assert Order.objects.get().paid_ore == 2_012_500
        assert [one.state for one in Payment.objects.all()] == [Payment.State.PAID]
        mail = read_mail(her, GUEST, "Bokat: Ledningsdag")
        assert told in plain(mail)
        assert any(name.endswith(".ics") for name in files_of("Bokat: Ledningsdag"))

        her.go(booking).says("Det är bokat")
        calendar = her.page.get_by_role("link", name="Lägg in i kalendern")
        answer = her.page.request.get(calendar.get_attribute("href"))
        assert "BEGIN:VEVENT" in answer.text()
        assert her.complaints == []


class TestOnOtherTerms:
    """Time goes from a Monday morning in January."""

    @pytest.fixture(autouse=True)
    def clock(self) -> Iterator[time_machine.Traveller]:
        with time_machine.travel(NOW, tick=True) as moved:
            yield moved

    def test_a_municipality_takes_the_same_on_invoice(self, hands, world):
        assert world.hall
        her = hands()
        wishes(her, DAY)
        told = price(her.page)
        asks(her, MUNICIPALITY, "Boka", TOWN, pays="Faktura")
        confirm(her, TOWN, "Bekräfta bokningen")
        her.says("Det är bokat").says("Det betalas mot faktura")
        looks_well(her.page, "conference-4-on-invoice")
        assert told in plain(read_mail(her, TOWN, "Bokat: Ledningsdag"))
        assert Payment.objects.count() == 0
        assert her.complaints == []

    def test_a_quote_is_accepted_by_the_link_in_the_mail(self, hands, world):
        assert world.hall
        her = hands()
        wishes(her, DAY)
        told = price(her.page)
        asks(her, COMPANY, "Skicka en offert", GUEST)
        confirm(her, GUEST, "Bekräfta bokningen")
        looks_well(her.page, "conference-5-quote")
        mail = read_mail(her, GUEST, "Offert: Ledningsdag")
        assert told in plain(mail)
        pdf = her.page.request.get(her.page.get_by_role("link", name="PDF").get_attribute("href"))
        assert pdf.body().startswith(b"%PDF")

        later = hands()  # at the office, where nobody has confirmed anything
        later.go(LINK.search(mail)[0])
        later.press("Godkänn offerten")
        later.says("Det är bokat")
        assert Reservation.objects.get().status == Status.CONFIRMED
        assert her.complaints == later.complaints == []

    def test_an_option_lapses_and_another_has_the_room(self, hands, world, clock):
        assert world.hall
        her, him = hands(), hands()
        wishes(her, DAY)
        asks(her, COMPANY, "Håll lokalerna medan jag bestämmer mig", GUEST)
        confirm(her, GUEST, "Bekräfta bokningen")
        looks_well(her.page, "conference-6-option")
        wishes(him, DAY)
        expect(region(him.page)).not_to_contain_text("Ledigt den tiden")
        looks_well(him.page, "conference-7-taken")

        clock.move_to(Reservation.objects.get().holds_until + dt.timedelta(minutes=1))
        tasks.tidy_conferences()
        read_mail(her, GUEST, "Ledningsdag")
        her.page.reload()
        looks_well(her.page, "conference-8-lapsed")
        wishes(him, DAY)
        expect(region(him.page)).to_contain_text("Ledigt den tiden")
        asks(him, COMPANY, "Boka", OTHER, pays="Faktura")
        confirm(him, OTHER, "Bekräfta bokningen")
        him.says("Det är bokat")
        states = Reservation.objects.order_by("pk").values_list("contact_email", "status")
        assert list(states) == [(GUEST, Status.LAPSED), (OTHER, Status.CONFIRMED)]
        assert her.complaints == him.complaints == []


def wishes(hands: Hands, day: dt.date) -> None:
    """Forty people a whole day with a show and lunch, from the page of conferences on."""
    hands.go("/konferens/").follow("Sätt ihop din konferens")
    hands.page.get_by_label(re.compile("^Datum")).fill(day.isoformat())
    hands.choose("Tid", "Heldag 08:00–16:30").number("Personer", "40")
    for what in ("Konferenssalen", "Show", "Lunch"):
        hands.tick(what)
    rests(hands.page)


def asks(hands: Hands, who: tuple[str, str, str], what: str, email: str, *, pays: str = "") -> None:
    customer, organisation, number = who
    hands.write("Konferensens namn", "Ledningsdag").write("Ditt namn", "Eva Dahl")
    hands.write("E-postadress", email).write("Telefon", "070-174 06 05")
    hands.choose("Du bokar för", customer).write("Organisation", organisation)
    hands.write("Organisationsnummer", number).write("Fakturareferens", "Eva Dahl")
    hands.write("Gata", "Storgatan 1").write("Postnummer", "503 30").write("Ort", "Borås")
    hands.page.get_by_role("radio", name=what).check()
    if pays:
        hands.choose("Betalning", pays)
    looks_well(hands.page, "conference-1-wish")
    hands.press("Fortsätt")


def region(page: Page) -> Locator:
    return page.get_by_role("region", name="Pris", exact=True)


def price(page: Page) -> str:
    """What the page says it comes to, with VAT, before anything is sent."""
    here = region(page)
    expect(here).to_contain_text("Ledigt den tiden")
    return re.search(r"Inklusive moms\s*([\d ,]+ kr)", plain(here.inner_text()))[1]


def files_of(subject: str) -> list[str]:
    return [one["name"] for one in DeliveredMail.objects.get(subject__startswith=subject).attachments]


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def a_day_ahead() -> dt.date:
    """A working day in six weeks or soon after."""
    first = periods.local_day(timezone.now()) + dt.timedelta(weeks=6)
    return next(
        day for day in periods.dates(first, first + dt.timedelta(weeks=2)) if periods.is_working_day(day)
    )


def looks_well(page: Page, name: str) -> None:
    seen(page, name)
    assert faults(page) == []
