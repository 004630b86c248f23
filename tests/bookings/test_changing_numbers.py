"""Tickets and groups: other numbers online, a reminder, and the audit that holds them against the desk."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from bookings.common import reminders
from bookings.common.links import mail_url
from bookings.groups import audit as groups_audit
from bookings.groups.operations import booking as groups
from bookings.groups.operations.refusals import GroupTooLarge
from bookings.tickets import audit
from bookings.tickets.models import TicketBooking
from bookings.tickets.operations import booking as tickets
from bookings.tickets.operations.refusals import SlotFull
from navet.outbox.models import Effect
from navet.pages import formats
from tests.bookings.groups import parties
from tests.bookings.tickets import shows
from tests.visitors.making import desk
from visitors import operations as visitors
from visitors.models import Arrival
from visitors.refusals import AlreadyCheckedIn

API = "/api/v1"
HERS = {"by": None, "at": shows.NOW}


@pytest.mark.django_db
def test_more_tickets_while_places_last_and_fewer_always():
    slot = shows.slot(shows.event(capacity=5))
    booking = shows.confirmed(slot)
    slot.event.prices.exclude(kind="companion").update(price_ore=99_900)
    with pytest.raises(SlotFull) as full:
        tickets.change(booking.code, tickets={"adult": 1, "child": 5}, **HERS)
    assert full.value.extra["free_places"] == 5
    more = tickets.change(booking.code, tickets={"adult": 1, "child": 4}, **HERS)
    assert (more.places, more.price_ore, more.version) == (
        5,
        12_000 + 4 * 8_000,
        2,
    )  # the price it was booked at
    arrival = Arrival.objects.get(code=booking.code)
    assert (arrival.booked_participants, arrival.expected_participants, arrival.expected_adults) == (2, 4, 1)
    assert tickets.change(booking.code, tickets={"adult": 1, "child": 4}, **HERS).version == 2
    slot.occasion.capacity = 3
    slot.occasion.save()
    assert tickets.change(booking.code, tickets={"adult": 1, "child": 3}, **HERS).places == 4
    assert len(shows.mails("changed")) == 2
    assert list(audit.differences()) == []


@pytest.mark.django_db
def test_a_group_changes_within_its_package_and_not_when_it_is_here():
    booking = parties.confirmed()
    changed = groups.change(booking.code, heads=12, adults=3, **HERS)
    assert changed.price_ore == 20_000 + 12 * 15_000
    with pytest.raises(GroupTooLarge):
        groups.change(booking.code, heads=16, adults=3, **HERS)
    assert list(groups_audit.differences()) == []
    start = changed.occasion.starts_at
    visitors.check_in(booking.code, participants=12, adults=3, by=desk(), at=start - dt.timedelta(minutes=9))
    with pytest.raises(AlreadyCheckedIn):
        groups.change(booking.code, heads=10, adults=3, by=None, at=start - dt.timedelta(minutes=5))


@pytest.mark.django_db
def test_a_reminder_is_promised_once_and_taken_back():
    booking = shows.confirmed()
    [promised] = shows.mails("reminder")
    assert promised.due_at == reminders.due(booking.occasion.starts_at)
    assert reminders.promise_due(TicketBooking, at=promised.due_at - dt.timedelta(hours=1)) == 0
    promised.delete()
    assert reminders.promise_due(TicketBooking, at=promised.due_at - dt.timedelta(hours=1)) == 1
    tickets.cancel(booking.code, **HERS)
    assert not Effect.objects.filter(payload__mail="tickets.reminder", state=Effect.State.PENDING).exists()


@pytest.mark.django_db
def test_the_audits_of_tickets_and_groups_tell_in_the_readers_language():
    booking, group = shows.confirmed(), parties.confirmed()
    Arrival.objects.filter(code=booking.code).update(expected_participants=9)
    Arrival.objects.filter(code=group.code).update(status="cancelled")
    with translation.override("sv"):
        [told] = map(str, audit.differences())
        [other] = map(str, groups_audit.differences())
    assert told.startswith(f"bokning {booking.code}")
    assert "förväntat 3, funnet 10" in told
    assert other.startswith(f"bokning {group.code}")
    assert "förväntat 12, funnet 0" in other


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["tickets", "groups"])
def test_the_page_changes_the_number_and_says_why_not(client, line, monkeypatch):
    made = shows.confirmed() if line == "tickets" else parties.confirmed()
    monkeypatch.setattr("django.utils.timezone.now", lambda: shows.NOW)
    page = reverse(f"{line}:change", args=[made.code])
    assert client.get(page).status_code == 302  # a stranger is asked for the code
    client.get(mail_url(made), follow=True)
    assert page in client.get(reverse(f"{line}:booking", args=[made.code])).content.decode()
    wrong = {"version": "1", "adult": "x", "heads": "400", "adults": "0"}
    assert client.post(page, wrong).status_code == 422
    right = {"version": "1", "adult": "2", "child": "2", "heads": "9", "adults": "0"}
    seen = client.post(page, right)
    new_sum, more = (40_000, 12_000) if line == "tickets" else (155_000, -15_000)
    assert (seen.status_code, seen.context["form"].after_ore, seen.context["more_ore"]) == (
        200,
        new_sum,
        more,
    )
    said = "mer" if more > 0 else "mindre"
    assert f"{formats.money(abs(more))} {said}" in seen.content.decode()
    made.refresh_from_db()
    assert made.version == 1  # nothing before it was seen
    assert client.post(page, {**right, "shown_price": "1"}).status_code == 200  # another sum than was seen
    assert (
        client.post(page, {**right, "shown_price": seen.context["form"]["shown_price"].value()}).status_code
        == 302
    )
    made.refresh_from_db()
    assert (made.version, made.price_ore) == (2, new_sum)
    assert client.post(page, {**right, "heads": "12", "adult": "3"}).status_code == 422  # changed meanwhile


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "change", "kronor"),
    [("ticket", {"tickets": {"adult": 2, "child": 2}}, "400.00"), ("group", {"heads": 11}, "1850.00")],
)
def test_the_api_changes_the_number_of_the_version_that_was_seen(client, line, change, kronor, monkeypatch):
    made = shows.confirmed() if line == "ticket" else parties.confirmed()
    monkeypatch.setattr("django.utils.timezone.now", lambda: shows.NOW)
    own = f"{API}/{line}-bookings/{made.code}/"

    def patch(version: str):
        return client.patch(own, change, content_type="application/json", headers={"If-Match": version})

    assert patch('"v1"').status_code == 404  # a stranger
    client.get(mail_url(made), follow=True)
    done = patch(client.get(own)["ETag"])
    assert (done.status_code, done["ETag"], done.json()["price"]["amount"]) == (200, '"v2"', kronor)
    assert patch('"v1"').status_code == 412
    if line == "group":
        assert (done.json()["heads"], done.json()["adults"]) == (11, made.adults)  # what is left out stays
