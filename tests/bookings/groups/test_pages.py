"""The pages of groups, by form and redirect, as a browser without scripts does it."""

import datetime as dt
import re
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client

from bookings.common import links
from bookings.common.models import Status
from bookings.groups import mails
from bookings.groups.models import GroupBooking, GroupPackage
from tests.bookings.groups import parties
from tests.bookings.groups.parties import NOW, PARENT
from tests.bookings.schools import classes
from tests.bookings.schools.test_booking_pages import proved_client, token_of
from visitors.models import Arrival, CheckIn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def form(**fields: Any) -> dict[str, Any]:
    contact = {"contact_name": "Karin Ek", "contact_email": PARENT, "contact_phone": "070-174 06 05"}
    return {"group_name": "Elsas kalas", "heads": 10, "adults": 2, **contact, **fields}


def url(package: GroupPackage, starts_at: dt.datetime | None = None) -> str:
    return f"/grupper/{package.slug}/boka/?tid={quote((starts_at or parties.start()).isoformat())}"


def test_the_package_shows_free_and_taken_times(client):
    package = parties.package()
    parties.confirmed(package)
    assert package.title in client.get("/grupper/").content.decode()
    page = client.get(f"/grupper/{package.slug}/?fran=2026-03-03").content.decode()
    assert page.count("boka/?tid=") == 39  # twenty weekdays with two times each, one taken
    assert page.count("upptagen") == 1
    assert "150" in page
    assert client.get(f"/grupper/{package.slug}/?fran=x").status_code == 400


def test_book_confirm_by_code_and_cancel(client):
    package = parties.package()
    listed = client.get(f"/grupper/{package.slug}/?fran=2026-03-03").content.decode()
    link = re.search(r'href="(/grupper/[^"]+/boka/\?tid=[^"]+)"', listed)[1]
    sent = form(token=token_of(client.get(link)))
    held = client.post(link, sent)
    made = GroupBooking.objects.get()
    assert held["Location"] == f"/grupper/bokning/{made.code}/bekrafta/"
    assert client.post(link, sent)["Location"] == held["Location"]  # sent twice: once
    assert "1 700" in client.get(held["Location"]).content.decode().replace("\xa0", " ")
    done = client.post(held["Location"], {"pin": parties.pin_of(made.code)}, follow=True)
    assert "Elsas kalas" in done.content.decode()
    own = f"/grupper/bokning/{made.code}/"
    assert b"BEGIN:VEVENT" in client.get(f"{own}kalender.ics").content
    assert client.get(f"/bokning/{made.code}/")["Location"] == own
    version = GroupBooking.objects.get().version
    client.post(f"{own}avboka/", {"version": version})
    assert GroupBooking.objects.get().status == Status.CANCELLED


def test_whoever_proved_her_address_sees_the_price_before_it_is_booked():
    client, package = proved_client(PARENT), parties.package()
    first = client.post(url(package), form(token=token_of(client.get(url(package)))))
    assert (first.status_code, GroupBooking.objects.count()) == (200, 0)
    price = re.search(r'name="shown_price" value="(\d+)"', first.content.decode())[1]
    client.post(url(package), form(token=token_of(first), shown_price=price))
    assert GroupBooking.objects.get().status == Status.CONFIRMED


@pytest.mark.parametrize(
    ("kind", "ticked", "kept"), [("other", "on", True), ("other", "", False), ("party", "on", False)]
)
def test_an_association_says_that_it_is_one_and_a_birthday_child_is_not_asked(kind, ticked, kept):
    client, package = proved_client(PARENT), parties.package(kind=kind)
    first = client.post(url(package), form(is_organisation=ticked, token=token_of(client.get(url(package)))))
    page = first.content.decode()
    assert ('name="is_organisation"' in page) == (kind != "party")
    price = re.search(r'name="shown_price" value="(\d+)"', page)[1]
    client.post(url(package), form(is_organisation=ticked, token=token_of(first), shown_price=price))
    assert (GroupBooking.objects.get().is_organisation, Arrival.objects.get().is_organisation) == (kept, kept)


def test_a_taken_time_proposes_others(client):
    package = parties.package()
    parties.confirmed(package)
    page = client.post(url(package), form())
    assert page.status_code == 422
    text = page.content.decode()
    assert "Närmaste lediga" in text
    assert text.count('href="?tid=') == 3
    assert "Elsas kalas" in text


@pytest.mark.parametrize("tid", ["", "x", "2026-03-03T11:00", "9999-03-03T11:00:00+01:00"])
def test_a_time_that_is_none_leads_back(client, tid):
    package = parties.package()
    assert (
        client.get(f"/grupper/{package.slug}/boka/", {"tid": tid})["Location"] == f"/grupper/{package.slug}/"
    )


def test_the_code_alone_shows_no_contact(client):
    made = parties.confirmed()
    page = client.get(f"/grupper/bokning/{made.code}/").content.decode()
    assert "Karin" not in page
    assert "Elsas" not in page


def test_planners_make_a_package_price_it_and_call_a_group_off():
    room, client = parties.house(), Client()
    client.force_login(parties.planner().user)
    said = {
        "slug": "kalas", "kind": "party", "title_sv": "Kalas", "title_en": "Party", "summary_sv": "Fira.",
        "summary_en": "Celebrate.", "length_minutes": 90, "min_heads": 5, "max_heads": 12, "at_once": 1,
        "weekdays": [1, 5], "times": "11:00, 13:30", "notice_days": 3, "horizon_days": 90, "rooms": [room.pk],
        "is_published": "on",
    }  # fmt: skip
    assert client.post("/planering/grupper/ny/", said)["Location"] == "/planering/grupper/kalas/priser/"
    price = {"from_date": "2026-01-01", "per_head": "150", "per_group": "0", "vat_permille": 60}
    assert client.post("/planering/grupper/kalas/priser/", price).status_code == 302
    package = GroupPackage.objects.get()
    assert (package.times, package.prices.get().per_head_ore) == ([dt.time(11), dt.time(13, 30)], 15_000)
    again = client.get("/planering/grupper/kalas/").content.decode()
    assert "11:00, 13:30" in again
    made = parties.confirmed(package)
    assert "Elsas kalas" in client.get("/planering/grupper/").content.decode()
    off = client.post(f"/planering/grupper/bokning/{made.code}/stall-in/", {"reason": "Vattenläcka"})
    assert off.status_code == 302
    assert GroupBooking.objects.get().cancel_reason == "Vattenläcka"


def test_the_desk_receives_a_group_once_however_often_it_is_sent():
    client = Client()
    client.force_login(classes.staff("desk").user)
    token = token_of(client.get("/reception/grupp/"))
    said = {
        "kind": "leisure",
        "group_name": "Scouterna",
        "is_organisation": "on",
        "heads": 14,
        "adults": 2,
        "token": token,
    }
    assert client.post("/reception/grupp/", said).status_code == 302
    assert client.post("/reception/grupp/", said).status_code == 302
    assert CheckIn.objects.get().participants == 14
    assert (Arrival.objects.get().label, Arrival.objects.get().is_organisation) == (
        "Scouterna, Fritidsbesök",
        True,
    )
    assert client.post("/reception/grupp/", said | {"heads": 0, "token": ""}).status_code == 422


@pytest.mark.parametrize("path", ["/planering/grupper/", "/planering/grupper/ny/"])
def test_only_planners_plan(client, path):
    client.force_login(classes.staff("desk").user)
    assert client.get(path).status_code == 403


def test_the_mails_say_what_was_booked():
    made = parties.confirmed()
    mail = mails.confirmed(booking_id=made.pk)
    assert "Elsas kalas" in mail.text
    assert links.mail_url(made) in mail.text
    assert [one.content_type.split(";")[0] for one in mail.attachments] == ["text/calendar", "image/png"]
    assert mails.called_off(booking_id=made.pk) is None


def test_the_planners_list_takes_as_many_queries_for_three_as_for_one(client, django_assert_max_num_queries):
    client.force_login(parties.planner().user)
    for _ in range(3):
        parties.confirmed()
    with django_assert_max_num_queries(14):
        client.get("/planering/grupper/")
