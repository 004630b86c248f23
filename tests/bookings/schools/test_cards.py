"""The search page remembers how a card looks, and never what is free."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.bookings.schools import plans
from tests.bookings.schools.plans import NOW

pytestmark = pytest.mark.django_db


def page(client, language="sv", at=NOW, **asked):
    with time_machine.travel(at, tick=False):
        return client.get(reverse("schools:programmes"), asked, headers={"accept-language": language}).text


@pytest.fixture
def room():
    return plans.house()


@pytest.fixture
def programme(room):
    return plans.programme(room, title_sv="Vattnets väg", title_en="Ways of water")


def test_a_card_says_what_is_true_when_it_is_asked_for(programme, room):
    session, client = plans.create(programme, room, capacity=30, max_groups=2), Client()
    row = reverse("schools:book", args=[session.pk])
    for _ in range(2):
        assert "30 lediga platser" in page(client)
    booked = plans.book(session, 27)
    assert ">3 lediga platser" in page(client)
    assert "30 lediga platser" not in page(client)
    booked.pupils = 30
    booked.save()
    assert "Väntelista" in page(client)
    booked.status, booked.cancelled_at = "cancelled", NOW
    booked.save()
    assert "30 lediga platser" in page(client)
    programme.title_sv = "Vattnets långa väg"
    programme.save()
    assert "Vattnets långa väg" in page(client)
    programme.is_published = False
    programme.save()
    assert row not in page(client)


def test_a_card_is_of_the_language_and_of_the_search(programme, room):
    session, client = plans.create(programme, room), Client()
    row = reverse("schools:book", args=[session.pk])
    for _ in range(2):
        assert "Ways of water" not in page(client)
        assert "Vattnets väg" not in page(client, "en")
        assert f'{row}"' in page(client)
        assert f"{row}?arskurs=5&amp;elever=20" in page(client, arskurs="5", elever="20")


def test_a_card_writes_the_year_until_it_has_come(programme, room):
    plans.create(programme, room, day=dt.date(2027, 1, 12))
    client, new_year = Client(), dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)
    for _ in range(2):
        assert "12 januari 2027" in page(client) or "12 jan. 2027" in page(client)
        assert "2027</span>" not in page(client, at=new_year)


def test_fields_show_what_was_asked_and_what_was_wrong():
    client = Client()
    for _ in range(2):
        assert 'value="20"' in page(client, elever="20")
        assert 'value="21"' in page(client, elever="21")
        assert 'value="0"' in page(client, elever="0")
        assert 'aria-invalid="true"' in page(client, elever="0")
        assert 'aria-invalid="true"' not in page(client, elever="20")
