"""Handlers and builders that the tests of the outbox promise effects to."""

import smtplib

from navet.outbox.failures import Undeliverable
from navet.outbox.mail import Attachment, Mail
from navet.outbox.models import DeliveredMail, Effect

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


def note(effect: Effect) -> None:
    """Leaves a row behind, so that a test sees how often it ran."""
    DeliveredMail.objects.create(
        message_id=f"{effect.key}:{DeliveredMail.objects.count()}", sender="", subject=effect.key, text=""
    )


def note_and_break(effect: Effect) -> None:
    note(effect)
    raise ValueError("maria.lind@skola.example is not a number")


def refuse(effect: Effect) -> None:
    raise Undeliverable("refused")


def break_the_database(effect: Effect) -> None:
    Effect.objects.create(kind="mail", key=effect.key, due_at=effect.due_at)


def greeting(
    *, to: str = "klass@skola.example", subject: str = "Välkommen", name: str = "bokning.ics"
) -> Mail:
    return Mail(
        to=[to],
        subject=subject,
        text="Hej på er",
        html="<!doctype html><html><head><title>Hej</title></head><body><p>Hej <b>på</b> er</p></body></html>",
        attachments=(Attachment(name, "text/calendar; method=PUBLISH", CALENDAR),),
    )


def nothing() -> None:
    return None


def rejected_recipient() -> Mail:
    raise smtplib.SMTPRecipientsRefused({"nobody@skola.example": (550, b"no such nobody@skola.example")})
