"""Dates in lists, telephone numbers, and how the house is reached."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

from bookings.schools.operations import refusals
from navet.outbox.mail import render
from navet.pages import contact, formats

TODAY = dt.date(2026, 11, 25)
SAID = {"headline": "Hej", "said": ["Hej."], "facts": [], "label": "Se", "url": "https://navet.test/"}


@pytest.mark.parametrize(
    ("day", "swedish", "english"),
    [
        (dt.date(2026, 12, 3), "tors 3 december", "Thu 3 December"),
        (dt.date(2027, 1, 8), "fre 8 januari 2027", "Fri 8 January 2027"),
    ],
)
def test_a_list_writes_every_date_alike_and_the_year_where_it_is_another(day, swedish, english):
    assert formats.near_date(day, today=TODAY) == swedish
    with translation.override("en"):
        assert formats.near_date(day, today=TODAY) == english


@pytest.mark.parametrize(
    ("phone", "email", "said", "html"),
    [
        ("+46701740605", "a@navet.test", "Ring Navet, 070-174 06 05.", '<a href="tel:+46701740605">'),
        ("", "a@navet.test", "Mejla Navet, a@navet.test.", '<a href="mailto:a@navet.test">'),
        ("", "", "Kontakta Navet.", "Kontakta Navet."),
    ],
)
def test_who_needs_a_person_is_told_what_the_house_has_set(settings, phone, email, said, html):
    settings.HOUSE_PHONE, settings.HOUSE_EMAIL = phone, email
    assert str(contact.ask_us()) == said
    assert str(refusals.MoveTooLate()) == f"Det är för sent att byta tillfälle här. {said}"
    assert html in Template("{% load navet %}{% ask_us %}").render(Context())


def test_a_number_nobody_can_parse_is_shown_and_dialled_as_it_stands(settings):
    settings.HOUSE_PHONE = "via växeln"
    assert (contact.house().phone, contact.house().phone_url) == ("via växeln", "tel:viaväxeln")


def test_pages_and_mails_say_how_to_reach_the_house_only_where_it_is_set(client, settings, db):
    settings.HOUSE_PHONE = settings.HOUSE_EMAIL = ""
    assert "tel:" not in client.get("/kontakt/").text
    settings.HOUSE_PHONE, settings.HOUSE_EMAIL = "070-174 06 05", "a@navet.test"
    for path in ("/", "/kontakt/"):
        page = client.get(path).text
        assert '<a href="tel:+46701740605">070-174 06 05</a>' in page
        assert "mailto:a@navet.test" in page
    mail = render("school_duties", to=["ada@navet.test"], language="sv", context=SAID)
    assert "070-174 06 05" in mail.text
    assert "tel:+46701740605" in mail.html


def test_the_lines_of_a_fact_keep_from_when_until_when_together_and_are_escaped():
    said = "tisdag 3 mars 13:00–16:00\n<b> & 9:00"
    page = Template("{% load navet %}{{ said|fact_lines }}").render(Context({"said": said}))
    assert page == 'tisdag 3 mars <span class="nowrap">13:00–16:00</span><br>&lt;b&gt; &amp; 9:00'
