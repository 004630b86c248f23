import pytest
from django.urls import reverse

from navet.accounts.models import User
from navet.outbox import failures, relay
from navet.outbox.models import DeliveredMail, Effect

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def embedded(settings):
    settings.EMBEDDED = True
    settings.STAFF_SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def log_in(client):
    def as_(role: str) -> User:
        user = User.objects.create_user(f"{role}@navet.example", name=role, roles=[role])
        client.force_login(user)
        return user

    return as_


@pytest.fixture
def mail(promised, now) -> DeliveredMail:
    promised("mail", payload={"mail": "greeting", "args": {}})
    relay.relay(now)
    return DeliveredMail.objects.get()


def test_the_mailbox_lists_mails_and_says_that_it_is_open(client, mail):
    page = client.get("/brevlada/").content.decode()
    assert "Välkommen" in page
    assert "klass@skola.example" in page
    assert "demobrevlåda" in page


@pytest.mark.parametrize(
    ("asked", "found"), [("KLASS@", True), ("annan", False), ("%", False), ("\x00", True)]
)
def test_the_mailbox_is_searched_by_recipient(client, mail, asked, found):
    page = client.get("/brevlada/", {"till": asked}).content.decode()
    assert ("Välkommen" in page) is found


def test_the_mailbox_takes_as_many_queries_for_many_mails_as_for_one(client, mail, django_assert_num_queries):
    for number in range(5):
        DeliveredMail.objects.create(message_id=str(number), sender="", subject="s", text="")
    with django_assert_num_queries(2):
        client.get("/brevlada/")


@pytest.mark.parametrize("name", ["mailbox", "mail", "mail-html", "attachment"])
def test_there_is_no_mailbox_where_mails_leave_the_house(client, mail, settings, name):
    settings.MAILBOX_ENABLED = False
    arguments = {"mailbox": [], "attachment": [mail.pk, 0]}.get(name, [mail.pk])
    assert client.get(reverse(f"outbox:{name}", args=arguments)).status_code == 404


@pytest.mark.parametrize("asked", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}])
def test_the_mailbox_is_for_staff_when_asked_from_another_machine(client, mail, asked, log_in):
    assert client.get("/brevlada/", **asked).status_code == 302
    log_in("desk")
    assert client.get("/brevlada/", **asked).status_code == 403
    log_in("planner")
    assert client.get("/brevlada/", **asked).status_code == 200


def test_the_mailbox_is_for_staff_outside_embedded_mode(client, mail, settings):
    settings.EMBEDDED = False
    assert client.get("/brevlada/").status_code == 302


def test_one_mail_shows_text_headers_and_a_sandboxed_frame(client, mail):
    page = client.get(f"/brevlada/{mail.pk}/").content.decode()
    assert "Hej på er" in page
    assert "Auto-Submitted" in page
    assert f'src="/brevlada/{mail.pk}/html/"' in page
    assert "sandbox=" in page


def test_a_mails_html_can_run_and_fetch_nothing(client, mail):
    response = client.get(f"/brevlada/{mail.pk}/html/")
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups")
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "<b>på</b>" in response.content.decode()


def test_an_attachment_is_downloaded(client, mail):
    response = client.get(f"/brevlada/{mail.pk}/bilaga/0/")
    assert response["Content-Type"].startswith("text/calendar")
    assert response["Content-Disposition"] == 'attachment; filename="bokning.ics"'
    assert response.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert client.get(f"/brevlada/{mail.pk}/bilaga/1/").status_code == 404


def test_an_attachment_that_a_browser_would_run_is_sent_as_bytes(client, mail):
    DeliveredMail.objects.update(
        attachments=[{"name": "a.html", "content_type": "text/html", "content": "PGI+"}]
    )
    response = client.get(f"/brevlada/{mail.pk}/bilaga/0/")
    assert response["Content-Type"] == "application/octet-stream"


# --- /personal/utskick/ -----------------------------------------------------------------------------------------

DEAD = {"kind": "mail", "payload": {"mail": "school.confirmed", "args": {"booking_id": 1}}, "state": "dead"}


def test_the_outbox_shows_what_was_given_up_with_its_reason_and_a_masked_recipient(client, promised, log_in):
    promised(**DEAD, attempts=8, last_error="SMTPDataError 452", recipient_hint="m•••@s.example")
    log_in("data_protection")
    page = client.get("/personal/utskick/").content.decode()
    assert "school.confirmed" in page
    assert "SMTPDataError 452" in page
    assert "m•••@s.example" in page
    assert "/forsok/" not in page  # may look, may not retry


@pytest.mark.parametrize(
    ("kept", "language", "said"),
    [
        (failures.NO_ADDRESS, "sv", "mottagarens adress är ingen mejladress"),
        (failures.NO_ADDRESS, "en", "the recipient&#x27;s address is not an address"),
        (f"{failures.REFUSED} 550", "sv", "avvisat av mejlservern: 550"),
    ],
)
def test_a_reason_is_told_in_the_readers_language(client, promised, log_in, kept, language, said):
    promised(**DEAD, attempts=1, last_error=kept)
    log_in("planner")
    assert said in client.get("/personal/utskick/", headers={"accept-language": language}).text


def test_the_outbox_takes_as_many_queries_for_many_as_for_one(
    client, promised, log_in, django_assert_max_num_queries
):
    log_in("planner")
    for number in range(12):
        promised(**DEAD, key=str(number))
    with django_assert_max_num_queries(6):
        assert client.get("/personal/utskick/").status_code == 200


def test_the_outbox_is_closed_to_those_without_the_capability(client, promised, log_in):
    effect = promised(**DEAD)
    assert client.get("/personal/utskick/").status_code == 302
    log_in("desk")
    assert client.get("/personal/utskick/").status_code == 403
    log_in("data_protection")
    for name in ("retry", "withdraw"):
        assert client.post(reverse(f"outbox:{name}", args=[effect.pk])).status_code == 403
    assert client.post("/personal/utskick/forsok-alla/").status_code == 403
    effect.refresh_from_db()
    assert effect.state == "dead"


def test_staff_retry_one_and_all(client, promised, log_in):
    effects = [promised(**DEAD, key=key) for key in "abc"]
    log_in("planner")
    client.post(f"/personal/utskick/{effects[0].pk}/forsok/")
    assert Effect.objects.dead().count() == 2
    page = client.post("/personal/utskick/forsok-alla/", follow=True).content.decode()
    assert "2 skickas på nytt." in page
    assert not Effect.objects.dead().exists()


def test_withdrawing_asks_first_and_a_second_time_says_that_it_is_over(client, promised, log_in):
    effect = promised(**DEAD)
    log_in("planner")
    url = f"/personal/utskick/{effect.pk}/dra-tillbaka/"
    assert "Dra tillbaka?" in client.get(url).content.decode()
    client.post(url)
    effect.refresh_from_db()
    assert effect.state == "withdrawn"
    assert "redan skickat eller tillbakadraget" in client.post(url, follow=True).content.decode()
    assert client.post("/personal/utskick/999999/forsok/").status_code == 404
