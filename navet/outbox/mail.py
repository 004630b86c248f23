"""Mails: worded by builders when they are sent, never earlier, so that they say how things are now."""

import hmac
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from email.encoders import encode_base64
from email.message import Message
from email.mime.base import MIMEBase
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.template import Context, Engine
from django.utils import translation
from django.utils.module_loading import import_string

from navet.outbox import failures
from navet.outbox.failures import Undeliverable
from navet.outbox.models import Effect
from navet.pages import contact

_shared: ContextVar[BaseEmailBackend | None] = ContextVar("mail_connection", default=None)


@dataclass(frozen=True)
class Attachment:
    """A file; a calendar's `content_type` is `text/calendar; method=PUBLISH`.

    With a `cid` it is a picture that the HTML shows (`<img src="cid:…" alt="…">`). A mail has pictures or files, not both.
    """

    name: str
    content_type: str
    content: bytes
    cid: str = ""


@dataclass(frozen=True)
class Mail:
    """What to say and to whom. `list_id` names the list a subscriber's mail belongs to ("" for none)."""

    to: list[str]
    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    language: str = "sv"
    list_id: str = ""
    unsubscribe_url: str = ""


def render(
    template_base: str,
    *,
    to: list[str],
    language: str,
    context: dict[str, Any],
    attachments: tuple[Attachment, ...] = (),
    list_id: str = "",
    unsubscribe_url: str = "",
) -> Mail:
    """The mail that `mails/<template_base>.subject.txt`, `.txt` and `.html` make of `context`, in `language`.

    The templates also get `language`, `site_url`, `site_name`, `house` and `subject`. Only the HTML is escaped.
    """
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        values = {
            **context,
            "language": language,
            "site_url": settings.SITE_URL,
            "site_name": settings.SITE_URL.partition("://")[2],
            "house": contact.house(),
        }
        values["subject"] = _one_line(_rendered(f"mails/{template_base}.subject.txt", values, escape=False))
        text = _rendered(f"mails/{template_base}.txt", values, escape=False).strip() + "\n"
        html = _rendered(f"mails/{template_base}.html", values, escape=True)
    return Mail(to, values["subject"], text, html, attachments, language, list_id, unsubscribe_url)


def _rendered(name: str, values: dict[str, Any], *, escape: bool) -> str:
    return Engine.get_default().get_template(name).render(Context(dict(values), autoescape=escape))


def send(effect: Effect) -> None:
    """Handler of "mail": build it and send it. Raises Undeliverable for what no later attempt could deliver."""
    builder = import_string(settings.MAIL_BUILDERS[effect.payload["mail"]])
    mail = builder(**effect.payload["args"])
    if mail is None:  # there is nothing left to say
        return
    effect.recipient_hint = ", ".join(masked(address) for address in mail.to)[:200]
    _deliver(compose(mail, key=effect.key))


def compose(mail: Mail, *, key: str) -> EmailMultiAlternatives:
    """The MIME message of a mail that was promised under `key`. Raises Undeliverable for an impossible address."""
    if not mail.to:
        raise Undeliverable(failures.NOBODY)
    message = EmailMultiAlternatives(
        subject=_one_line(mail.subject),
        body=_clean(mail.text),
        to=[_checked(address) for address in mail.to],
        headers=_headers(mail, key=key),
    )
    if mail.html:
        message.attach_alternative(_clean(mail.html), "text/html")
    pictures = [one for one in mail.attachments if one.cid]
    if pictures and len(pictures) < len(mail.attachments):
        raise ValueError("a mail has pictures or files, not both: a program would hide the files")
    if pictures:
        message.mixed_subtype = "related"  # type: ignore[attr-defined]  # Django reads it, its types do not know it
    for attachment in mail.attachments:
        message.attach(_mime(attachment))
    return message


def message_id(key: str) -> str:
    """The same for every attempt, so that a repetition is recognised; tells nothing of the key."""
    digest = hmac.new(settings.SECRET_KEY.encode(), key.encode(), "sha256").hexdigest()[:40]
    return f"<{digest}@{_domain()}>"


def masked(address: str) -> str:
    """`maria.lind@skola.example` -> `m•••@skola.example`: enough to recognise it by, if one knows it already."""
    name, at, domain = parseaddr(_one_line(address))[1].rpartition("@")
    return f"{name[:1]}•••{at}{domain}" if at else "•••"


@contextmanager
def one_connection() -> Iterator[None]:
    """Send every mail of this block over one connection to the mail server, opened at the first of them."""
    connection = get_connection()
    token = _shared.set(connection)
    try:
        yield
    finally:
        _shared.reset(token)
        connection.close()


def _deliver(message: EmailMultiAlternatives) -> None:
    connection = _shared.get()
    if connection is not None:
        connection.open()
        message.connection = connection
    try:
        message.send()
    except Exception as fault:
        if connection is not None:  # its state is unknown; the next mail starts afresh
            connection.close()
        if _is_final(fault):
            raise Undeliverable(f"{failures.REFUSED} {_codes(fault)}") from fault
        raise


def _codes(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return ", ".join(sorted({str(code) for code, _text in fault.recipients.values()}))
    return str(getattr(fault, "smtp_code", ""))


def _is_final(fault: Exception) -> bool:
    """Whether the server said no for good (5xx) to these recipients or this content.

    A refused sender or log-in is our own fault, which somebody repairs, so those mails wait.
    """
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _text in fault.recipients.values())
    return isinstance(fault, smtplib.SMTPDataError) and 500 <= fault.smtp_code < 600


def _headers(mail: Mail, *, key: str) -> dict[str, str]:
    headers = {
        "Message-ID": message_id(key),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": mail.language,
    }
    if mail.list_id:
        headers["List-Id"] = f"<{_one_line(mail.list_id)}.{_domain()}>"
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{_one_line(mail.unsubscribe_url)}>"
    return headers


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _checked(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        raise Undeliverable(failures.NO_ADDRESS) from None
    return address


def _mime(attachment: Attachment) -> MIMEBase:
    """Bytes go unchanged (base64): a calendar keeps its line ends."""
    kind = Message()
    kind["Content-Type"] = _one_line(attachment.content_type)
    parameters = {name: value for name, value in (kind.get_params() or [])[1:] if name != "name"}
    if kind.get_content_maintype() == "text":
        parameters.setdefault("charset", "utf-8")
    part = MIMEBase(kind.get_content_maintype(), kind.get_content_subtype(), policy=None, **parameters)
    part.set_payload(attachment.content)
    encode_base64(part)
    name = _one_line(attachment.name)
    disposition = "inline" if attachment.cid else "attachment"
    part.add_header(
        "Content-Disposition", disposition, filename=name if name.isascii() else ("utf-8", "", name)
    )
    if attachment.cid:
        part.add_header("Content-ID", f"<{_one_line(attachment.cid)}>")
    return part


def _one_line(text: str) -> str:
    """Without line breaks and control characters, so that nobody's class name becomes a header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _clean(text: str) -> str:
    return text.replace("\x00", "")
