"""A teacher without a mouse: finds, books, confirms by the code from her mail, changes, cancels, and waits her turn."""

import re

import pytest

from bookings.schools.models import SchoolBooking
from navet import codes
from tests.bookings.schools import classes
from tests.browser.hands import Hands, faults, relay_mails

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Status = SchoolBooking.Status
TEACHER = "maria.lind@altorp.example"
COLLEAGUE = "ove.berg@altorp.example"
CODE = re.compile(r"\b\d{6}\b")


def read_mail(hands: Hands, to: str, subject: str) -> str:
    """What the newest mail with `subject` to an address says, read in the mailbox's page in another tab."""
    relay_mails()
    tab = Hands(hands.page.context.new_page(), scripts=hands.scripts)
    tab.go(f"/brevlada/?till={to}").follow(subject)
    text = tab.page.locator(".mail-text").inner_text()
    assert tab.complaints == []
    assert not hands.scripts or faults(tab.page) == []  # axe is a script
    tab.page.close()
    return text


def fill_in(hands: Hands, *, email: str = TEACHER, pupils: str = "24", class_name: str = "5A") -> None:
    """The form of a session, from top to bottom."""
    hands.ask("Skola", "altorp", role="searchbox")
    hands.page.get_by_role("radio", name="Altorpskolan").wait_for()
    hands.to("radio", "Altorpskolan")
    hands.page.keyboard.press("Space")
    hands.write("Klass", class_name)
    hands.choose("Årskurs", "Årskurs 5")
    hands.number("Elever", pupils)
    hands.number("Medföljande vuxna", "2")
    hands.write("Ditt namn", "Maria Lind")
    hands.write("E-postadress", email)
    hands.write("Telefon", "070-174 06 05")


def confirm(hands: Hands, email: str, button: str) -> None:
    """Enter the code that the form's answer asks for."""
    hands.says("Koden i mejlet *")
    code = CODE.search(read_mail(hands, email, "kod"))[0]
    hands.write("Koden i mejlet", code)
    hands.press(button)


def test_find_book_confirm_change_and_cancel(hands, world):
    assert world.open
    assert world.school
    her = hands()

    her.go("/skolprogram/")
    her.choose("Årskurs", "Årskurs 5")
    her.page.wait_for_url("**arskurs=5**")
    her.follow("Boka Rymden runt på en timme")
    assert her.page.get_by_label("Årskurs").input_value() == "5"  # the search is not asked again

    fill_in(her, email="maria.lind@altorp.exmaple")
    her.says(
        "Kostnadsfritt"
    )  # Herrljunga has an agreement, and the price stands there before anything is sent
    assert faults(her.page) == []
    her.press("Fortsätt")
    made = SchoolBooking.objects.get()
    assert (made.status, made.school) == (Status.HELD, world.school)
    assert made.code in her.page.url
    assert faults(her.page) == []

    her.follow("Rätta adressen")
    assert faults(her.page) == []
    her.write("E-postadress", TEACHER)
    her.press("Skicka en ny kod")
    her.write("Koden i mejlet", "000000")
    her.press("Bekräfta bokningen")
    her.says("Koden")
    assert SchoolBooking.objects.get().status == Status.HELD
    confirm(her, TEACHER, "Bekräfta bokningen")
    her.says("Klassen är bokad")
    assert SchoolBooking.objects.get().status == Status.CONFIRMED
    picture = her.page.get_by_role("img", name=f"QR-kod för {made.code}")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    assert "Altorpskolan" in read_mail(her, TEACHER, "Bokat")

    for pupils in (18, 27):
        her.follow("Ändra antal")
        her.number("Elever", str(pupils))
        her.press("Spara")
        assert SchoolBooking.objects.get().pupils == pupils

    her.follow("Ändra antal")
    her.number("Elever", "31")
    her.press("Spara")
    assert SchoolBooking.objects.get().pupils == 27
    assert her.page.evaluate("document.activeElement.className") == "error-summary"
    assert faults(her.page) == []
    her.to("link", "30")
    her.page.keyboard.press("Enter")
    assert her.focused() == ("spinbutton", her.focused()[1])
    assert her.page.evaluate("document.activeElement.name") == "pupils"
    her.page.keyboard.press("ControlOrMeta+a")
    her.page.keyboard.type("26")
    her.press("Spara")
    assert SchoolBooking.objects.get().pupils == 26

    her.follow("Byt kontaktperson")
    her.write("Namn", "Ove Berg")
    her.write("E-postadress", COLLEAGUE)
    her.press("Spara")
    confirm(her, COLLEAGUE, "Byt adress")
    her.says("Mejlen går till " + COLLEAGUE)
    assert "annan e-postadress" in read_mail(her, TEACHER, "kontaktperson")
    assert "Ove" not in read_mail(her, COLLEAGUE, "Ändrat")

    her.follow("Avboka")
    her.says("Att avboka nu kostar ingenting.")
    her.press("Avboka")
    her.says("Bokningen är avbokad")
    assert (SchoolBooking.objects.get().status, SchoolBooking.objects.get().owed_ore) == (Status.CANCELLED, 0)
    assert "avbok" in read_mail(her, COLLEAGUE, "Avbok").lower()
    assert her.complaints == []


def test_the_second_class_waits_is_offered_the_place_and_accepts(hands, world):
    first = world.booking(pupils=30, contact_email=classes.TEACHER)
    assert world.school
    second = hands()

    second.go(f"/skolprogram/{world.programme.slug}/").follow("Väntelista")
    fill_in(second, pupils="20")
    if not second.page.get_by_label("Ställ klassen på väntelistan").is_checked():
        second.tick("Ställ klassen på väntelistan")
    second.press("Fortsätt")
    confirm(second, TEACHER, "Ställ klassen i kö")
    second.says("Nummer 1 i kön")
    waiting = SchoolBooking.objects.exclude(pk=first.pk).get()
    assert waiting.status == Status.WAITING
    assert faults(second.page) == []

    relay_mails()
    link = re.search(r"http\S+/bokning/\S+", read_mail(second, classes.TEACHER, "Bokat"))[0]
    other = hands()
    other.go(link).follow("Avboka")
    other.press("Avboka")
    other.says("Bokningen är avbokad")

    link = re.search(r"http\S+/bokning/\S+", read_mail(second, TEACHER, "Plats"))[0]
    second.go(link).says("Det finns plats för din klass")
    assert faults(second.page) == []
    second.press("Tacka ja")
    second.says("Klassen är bokad")
    waiting.refresh_from_db()
    assert waiting.status == Status.CONFIRMED
    assert second.complaints == other.complaints == []


def test_her_bookings_open_with_a_code(hands, world):
    booked = world.booked
    her = hands()

    her.go("/mina-bokningar/").write("E-postadress", classes.TEACHER)
    her.press("Skicka en kod")
    assert faults(her.page) == []
    confirm(her, classes.TEACHER, "Visa mina bokningar")

    her.follow(booked.session.programme.title_sv).says(codes.pretty(booked.code))
    assert her.complaints == []
