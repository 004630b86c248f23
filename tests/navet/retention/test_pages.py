import datetime as dt
from html import unescape

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone, translation

from navet.accounts.models import EmailCode
from navet.retention import decisions, engine, rules
from navet.retention.models import Decision
from tests.bookings.schools.classes import NOW
from tests.visitors.making import arrival, user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "status"), [("data_protection", 200), ("planner", 403), ("administrator", 403)]
)
def test_data_protection_alone_opens_the_page(client, role, status):
    client.force_login(user(role))
    assert client.get("/dataskydd/").status_code == status


def test_a_visitor_is_sent_to_log_in(client):
    assert client.get("/dataskydd/")["Location"].startswith("/konto/login/")


def test_a_dry_run_says_what_is_due_and_changes_nothing(client):
    client.force_login(user("data_protection"))
    EmailCode.objects.create(email="a@b.example", created_at=NOW, expires_at=NOW + (timezone.now() - NOW) / 2)
    tried = client.get("/dataskydd/?prova=1")
    assert tried.context["total"] == 1
    assert EmailCode.objects.count() == 1


def test_what_was_done_is_told_in_numbers(client):
    EmailCode.objects.create(
        email="zorba@b.example", created_at=NOW, expires_at=NOW + (timezone.now() - NOW) / 2
    )
    engine.run(rules.every(), why="night", at=timezone.now())
    client.force_login(user("data_protection"))
    page = client.get("/dataskydd/").content.decode()
    assert "<code>accounts.codes</code> 1" in page
    assert "Varje natt" in page
    assert "zorba" not in page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_privacy_page_says_of_every_rule_what_why_how_long_and_what_remains(client, language):
    page = unescape(client.get("/integritet/", HTTP_ACCEPT_LANGUAGE=language).content.decode())
    with translation.override(language):
        for rule in rules.every():
            for said in (rule.holds, rule.purpose, rule.lasts, rule.remains):
                assert str(said) in page, rule.key


def test_every_word_of_the_rules_is_in_swedish():
    for rule in rules.every():
        for said in (rule.holds, rule.purpose, rule.after, rule.remains, rule.stays):
            with translation.override("sv"):
                swedish = str(said)
            with translation.override("en"):
                assert not said or str(said) != swedish, rule.key


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "removed at once"),
        (1, "1 day"),
        (30, "30 days"),
        (365, "1 year"),
        (730, "2 years"),
        (2557, "7 years"),
    ],
)
def test_a_time_in_words(settings, days, said):
    settings.RETENTION = {"visitors.arrivals": days}
    with translation.override("en"):
        assert rules.named("visitors.arrivals").lasts == f"{said} after the visit"


def test_data_protection_decides_and_the_latest_decision_holds(client, settings):
    settings.RETENTION = {"visitors.arrivals": 25}
    client.force_login(user("data_protection"))
    for days, named in ((10, "KF 2026-11-02 § 80"), (20, "KF 2026-11-25 § 97")):
        answer = client.post("/dataskydd/visitors.arrivals/", {"days": days, "reference": named})
        assert answer.status_code == 302
    kept = {rule.key: rule for rule in decisions.in_force()}
    assert (kept["visitors.arrivals"].kept_days, kept["visitors.arrivals"].reference) == (
        20,
        "KF 2026-11-25 § 97",
    )
    assert kept["visitors.parties"].kept_days == 30
    assert "20 dagar efter besöket" in client.get("/integritet/").content.decode()
    assert "§ 80" in client.get("/dataskydd/visitors.arrivals/").content.decode()
    arrival(starts_at=NOW, contact_name="Maria")
    ended = NOW + dt.timedelta(hours=2)
    for days, contacts in ((19, 0), (21, 1)):
        done = engine.run([rules.named("visitors.arrivals")], why="night", at=ended + dt.timedelta(days=days))
        assert done.outcomes.count() == contacts
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Decision.objects.update(days=1)


@pytest.mark.parametrize(
    ("key", "said", "status"),
    [
        ("payments.orders", {"days": 30, "reference": "x"}, 422),
        ("visitors.arrivals", {"days": -1, "reference": "x"}, 422),
        ("visitors.arrivals", {"days": 30, "reference": " "}, 422),
        ("visitors.visits", {"days": 30, "reference": "x"}, 404),
    ],
)
def test_what_cannot_be_decided(client, key, said, status):
    client.force_login(user("data_protection"))
    assert client.post(f"/dataskydd/{key}/", said).status_code == status
    assert not Decision.objects.exists()


@pytest.mark.parametrize("role", ["management", "administrator"])
def test_nobody_else_decides(client, role):
    client.force_login(user(role))
    assert client.post("/dataskydd/visitors.arrivals/", {"days": 1, "reference": "x"}).status_code == 403
