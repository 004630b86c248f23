"""The mailbox of embedded mode and of the tests: mails are kept in the database instead of leaving the house."""

import base64
from collections.abc import Iterable, Sequence
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from navet.outbox.models import DeliveredMail


class MailboxBackend(BaseEmailBackend):
    """Django's e-mail backend that writes DeliveredMail: in the caller's transaction, once per message id."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        mails = [_delivered(message) for message in email_messages if message.recipients()]
        DeliveredMail.objects.bulk_create(mails, ignore_conflicts=True)
        return len(mails)


def _delivered(message: EmailMessage) -> DeliveredMail:
    mime = message.message()
    parts = [part for part in mime.walk() if not part.is_multipart()]
    return DeliveredMail(
        message_id=str(mime["Message-ID"])[:200],
        sender=message.from_email[:200],
        recipients=message.recipients(),
        subject=" ".join(message.subject.split())[:300],
        text=_body(parts, "text/plain"),
        html=_body(parts, "text/html"),
        headers=[[name, str(make_header(decode_header(value)))] for name, value in mime.items()],
        attachments=[_attached(part) for part in parts if part.get_filename()],
    )


def _body(parts: Sequence[Message], content_type: str) -> str:
    """The first body part of this type, as a reader would see it."""
    for part in parts:
        if part.get_content_type() == content_type and not part.get_filename():
            return _content(part).decode(part.get_content_charset() or "utf-8", "replace").replace("\x00", "")
    return ""


def _content(part: Message) -> bytes:
    """What a part holds that is no container of parts."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attached(part: Message) -> dict[str, Any]:
    return {
        "name": part.get_filename(),
        "content_type": part["Content-Type"],
        "content": base64.b64encode(_content(part)).decode(),
        "cid": str(part["Content-ID"] or "").strip("<>"),
    }
