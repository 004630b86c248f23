import pytest
from django.utils import timezone, translation

from navet.accounts.models import EmailCode
from navet.retention import engine, rules
from tests.bookings.schools.classes import NOW
from tests.visitors.making import user

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
    page = client.get("/integritet/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
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
