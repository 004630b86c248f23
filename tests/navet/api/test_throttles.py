"""Rates: generous, per caller, and gone rather than in the way when Redis is away."""

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from rest_framework.settings import api_settings

from navet.accounts import browser
from navet.accounts.models import User
from navet.api import throttles
from navet.api.throttles import Throttle

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.navet.api.probes")]


@pytest.fixture(autouse=True)
def nobody_came(monkeypatch):
    monkeypatch.setattr(throttles, "_came", {})


@pytest.fixture
def few(monkeypatch):
    """Three a day for everybody, so that no window ends while we count."""
    monkeypatch.setattr(
        Throttle, "THROTTLE_RATES", dict.fromkeys(api_settings.DEFAULT_THROTTLE_RATES, "3/day")
    )


def get(client, **meta):
    return client.get("/api/v1/me/", **meta)


def test_the_fourth_of_three_is_429_and_told_when(client, few):
    answers = [get(client) for _n in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["code"] == "throttled"
    assert 0 < int(answers[3]["Retry-After"]) <= 86_400


def test_addresses_and_users_are_counted_apart(client, few):
    for _n in range(3):
        get(client)
    assert get(client, REMOTE_ADDR="192.0.2.7").status_code == 200

    client.force_login(User.objects.create_user("a@navet.example"))
    assert get(client).status_code == 200


def test_staff_are_counted_each_by_herself_and_told_when(client, few, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    caches.close_all()  # nobody who has logged in waits for Redis
    for email in ("a@navet.example", "b@navet.example"):
        client.force_login(User.objects.create_user(email))
        answers = [get(client) for _n in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert 0 < int(answers[3]["Retry-After"]) <= 86_400


def book(client, url="/api/v1/probe/booked/"):
    return client.post(url, {"name": "A", "count": 1}, content_type="application/json").status_code


def proved(email, *, at=None):
    """A browser that has proved this address."""
    client = Client()
    session = client.session
    session[browser.KEY] = {"email": email, "at": (at or timezone.now()).isoformat()}
    session.save()
    return client


def test_who_books_is_counted_by_the_address_that_the_browser_has_proved(few):
    """Teachers of one school have one network address, and none uses up another's bookings."""
    teachers = [proved("a@skola.example"), proved("b@skola.example")]
    assert [[book(client) for _n in range(4)] for client in teachers] == [[201, 201, 201, 429]] * 2
    assert [book(Client()) for _n in range(4)] == [201, 201, 201, 429]  # a stranger, by network address


def test_a_proof_is_no_leave_to_guess(few):
    url = "/api/v1/probe/throttled/"
    assert [book(proved(f"{n}@skola.example"), url) for n in range(4)] == [201, 201, 201, 429]


def test_a_proof_that_has_run_out_makes_a_stranger(few):
    client = proved("a@skola.example", at=timezone.now() - browser.LASTS)
    assert [book(client) for _n in range(3)] == [201] * 3
    assert book(Client()) == 429


def test_no_process_remembers_more_callers_than_it_has_room_for(monkeypatch):
    monkeypatch.setattr(throttles, "MOST_CALLERS", 3)
    for n in range(10):
        throttles._count_here(f"email-{n}", 1)
    assert len(throttles._came) <= 3


def test_a_new_window_begins_at_one():
    assert [throttles._count_here("user-1", window) for window in (1, 1, 2, 2, 3)] == [1, 2, 1, 2, 1]


def test_a_forwarded_address_is_not_believed_without_a_proxy(client, few):
    answers = [get(client, headers={"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(4)]

    assert answers[3].status_code == 429


def test_the_views_scope_is_counted_apart(client, few):
    for _n in range(4):
        get(client)

    answer = client.post(
        "/api/v1/probe/throttled/", {"name": "A", "count": 1}, content_type="application/json"
    )

    assert answer.status_code == 201


def test_without_redis_everybody_may(client, few, settings):
    away = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": away}
    caches.close_all()

    assert {get(client).status_code for _n in range(5)} == {200}
