import base64
import smtplib

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from navet.outbox import mail, relay
from navet.outbox.failures import Undeliverable, describe
from navet.outbox.mail import Attachment, Mail
from navet.outbox.models import DeliveredMail, Effect
from tests.navet.outbox import handlers

pytestmark = pytest.mark.django_db


def greet(promised, key="a", **args) -> Effect:
    return promised("mail", key=key, payload={"mail": "greeting", "args": args})


def test_a_promised_mail_is_delivered_with_text_html_and_calendar(promised, now):
    greet(promised)
    relay.relay(now)
    delivered = DeliveredMail.objects.get()
    assert (delivered.recipients, delivered.subject) == (["klass@skola.example"], "Välkommen")
    assert delivered.text.strip() == "Hej på er"
    assert "<b>på</b>" in delivered.html
    [calendar] = delivered.attachments
    assert calendar["name"] == "bokning.ics"
    assert calendar["content_type"] == 'text/calendar; method="PUBLISH"; charset="utf-8"'
    assert base64.b64decode(calendar["content"]) == handlers.CALENDAR


def test_a_mail_says_that_a_machine_sent_it(promised, now):
    greet(promised)
    relay.relay(now)
    headers = dict(DeliveredMail.objects.get().headers)
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Content-Language"] == "sv"
    assert "List-Id" not in headers


def test_a_subscribers_mail_names_its_list_and_the_way_out():
    letter = Mail(["a@b.example"], "s", "t", list_id="capacity", unsubscribe_url="https://navet.example/ut/")
    message = mail.compose(letter, key="k").message()
    assert message["List-Id"] == "<capacity.navet.example>"
    assert message["List-Unsubscribe"] == "<https://navet.example/ut/>"


def test_every_attempt_at_a_mail_has_the_same_message_id_and_it_does_not_tell_the_key():
    assert mail.message_id("school.confirmed:7") == mail.message_id("school.confirmed:7")
    assert mail.message_id("school.confirmed:7") != mail.message_id("school.confirmed:8")
    assert "school" not in mail.message_id("school.confirmed:7")


def test_the_mailbox_takes_a_message_id_once(promised, now):
    greet(promised)
    relay.relay(now)
    Effect.objects.update(state="pending", done_at=None, payload={"mail": "greeting", "args": {}})
    relay.relay(now)
    assert DeliveredMail.objects.count() == 1


def test_a_mail_with_nothing_left_to_say_is_done(promised, now):
    effect = promised("mail", payload={"mail": "nothing", "args": {}})
    relay.relay(now)
    effect.refresh_from_db()
    assert (effect.state, DeliveredMail.objects.count()) == (Effect.State.DONE, 0)


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b.example\nBcc: all@b.example", "a@b.example, c@d.example", "a b@c.example"]
)
def test_an_impossible_address_is_given_up_at_once(promised, now, address):
    effect = greet(promised, to=address)
    relay.relay(now)
    effect.refresh_from_db()
    assert effect.state == Effect.State.DEAD
    assert effect.last_error == "the recipient's address is not an address"
    assert not DeliveredMail.objects.exists()


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x0b", "\u2028", "\x00"])
def test_a_line_break_in_a_name_becomes_no_header(line_break):
    letter = Mail(
        ["a@b.example"], f"5A{line_break}Bcc: all@b.example", "t", "<p>t</p>",
        (Attachment(f"a{line_break}X-Evil: 1.ics", f"text/calendar{line_break}; method=PUBLISH", b"x"),),
    )  # fmt: skip
    message = mail.compose(letter, key="k").message()
    assert message["Bcc"] is None
    assert message["Subject"] == "5A Bcc: all@b.example"
    parts = list(message.walk())
    assert all(part["X-Evil"] is None for part in parts)
    assert parts[-1].get_filename() == "a X-Evil: 1.ics"
    assert b"\nBcc:" not in message.as_bytes()


def test_an_attachments_swedish_name_survives(promised, now):
    greet(promised, name="Röda klassen – åk 5.ics")
    relay.relay(now)
    assert DeliveredMail.objects.get().attachments[0]["name"] == "Röda klassen – åk 5.ics"


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("maria.lind@skola.example", "m•••@skola.example"),
        ("Maria <m@s.example>", "m•••@s.example"),
        ("x", "•••"),
    ],
)
def test_masked_shows_a_letter_and_the_domain(address, hint):
    assert mail.masked(address) == hint


# --- Mail servers that say no -----------------------------------------------------------------------------------


class Server(BaseEmailBackend):
    """A mail server that answers every mail with `fault`."""

    fault: Exception
    opened = closed = 0

    def open(self):
        type(self).opened += 1

    def close(self):
        type(self).closed += 1

    def send_messages(self, email_messages):
        raise self.fault


@pytest.mark.parametrize(
    ("fault", "state", "words"),
    [
        (smtplib.SMTPRecipientsRefused({"m@s.example": (550, b"no m@s.example")}), "dead", "refused by the mail server: 550"),
        (smtplib.SMTPRecipientsRefused({"m@s.example": (451, b"greylisted")}), "pending", "SMTPRecipientsRefused 451"),
        (smtplib.SMTPDataError(554, b"m@s.example: spam"), "dead", "refused by the mail server: 554"),
        (smtplib.SMTPDataError(452, b"full"), "pending", "SMTPDataError 452"),
        (smtplib.SMTPSenderRefused(550, b"who", "bokning@navet.example"), "pending", "SMTPSenderRefused 550"),
        (smtplib.SMTPAuthenticationError(535, b"m@s.example"), "pending", "SMTPAuthenticationError 535"),
        (ConnectionRefusedError(111, "refused"), "pending", "ConnectionRefusedError errno 111"),
        (TimeoutError("timed out"), "pending", "TimeoutError"),
    ],
)  # fmt: skip
def test_a_no_for_good_is_given_up_and_any_other_tried_again(
    promised, now, settings, monkeypatch, fault, state, words
):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr(Server, "fault", fault, raising=False)
    effect = greet(promised, to="m@s.example")
    relay.relay(now)
    effect.refresh_from_db()
    assert (effect.state, effect.attempts) == (state, 1)
    assert effect.last_error.startswith(words)
    assert "m@s" not in effect.last_error
    assert effect.recipient_hint == "m•••@s.example"


def test_a_connection_that_failed_is_closed_before_the_next_mail(promised, now, settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr(Server, "fault", smtplib.SMTPServerDisconnected("gone"), raising=False)
    monkeypatch.setattr(Server, "opened", 0)
    monkeypatch.setattr(Server, "closed", 0)
    greet(promised, key="a")
    greet(promised, key="b")
    with mail.one_connection():
        relay.relay(now)
    assert (Server.opened, Server.closed) == (2, 3)


def test_one_connection_carries_many_mails(promised, now, settings, monkeypatch):
    used = []
    monkeypatch.setattr(Server, "send_messages", lambda self, mails: used.append(self) or len(mails))
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    for key in "abc":
        greet(promised, key=key)
    with mail.one_connection():
        relay.relay(now)
    assert len(used) == 3
    assert len(set(used)) == 1


def test_undeliverable_is_described_by_its_reason():
    assert describe(Undeliverable("no recipient")) == "no recipient"


def test_render_says_it_in_the_language_asked_for_and_escapes_only_html(tmp_path, settings):
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "t.subject.txt").write_text("{{ name }}\n x\n")
    (folder / "t.txt").write_text("{% extends 'mails/base.txt' %}{% block main %}{{ name }}{% endblock %}")
    (folder / "t.html").write_text("{% extends 'mails/base.html' %}{% block main %}{{ name }}{% endblock %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]
    swedish = mail.render("t", to=["a@b.example"], language="sv", context={"name": "5A & <b>"})
    english = mail.render("t", to=["a@b.example"], language="en", context={"name": "5A & <b>"})
    assert swedish.subject == "5A & <b> x"
    assert swedish.text.startswith("5A & <b>\n")
    assert "5A &amp; &lt;b&gt;" in swedish.html
    assert '<html lang="sv"' in swedish.html
    assert '<html lang="en"' in english.html
    assert "booking system" in english.text
    assert "bokningssystem" in swedish.text
    assert "bokningssystem" in swedish.html
    assert 'src="http' not in swedish.html
