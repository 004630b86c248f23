"""How an effect can fail, and what may be written down about it: kinds and numbers, never anybody's data."""

import smtplib
import traceback
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

# Why a mail is given up at once; kept in English, shown in the reader's language.
NOBODY = gettext_noop("no recipient")
NO_ADDRESS = gettext_noop("the recipient's address is not an address")
REFUSED = gettext_noop("refused by the mail server:")


class Undeliverable(Exception):
    """Trying again would change nothing: a recipient that does not exist, a mail nobody accepts.

    `reason` is stored and shown to staff, so it holds no address and no name.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def describe(fault: BaseException) -> str:
    """At most 500 characters about `fault` without personal data: its class, a code, and where in our code it rose.

    The message of an exception is left out, because mail servers and databases quote addresses in theirs.
    """
    if isinstance(fault, Undeliverable):
        return fault.reason[:500]
    words = [type(fault).__name__, *_numbers(fault)]
    if place := _place(fault):
        words.append(f"({place})")
    return " ".join(words)[:500]


def in_words(reason: str) -> str:
    """What `describe` kept, in the active language; the names and places of other faults are the same in all."""
    known = next((text for text in (NOBODY, NO_ADDRESS, REFUSED) if reason.startswith(text)), "")
    return f"{gettext(known)}{reason[len(known) :]}" if known else reason


def _numbers(fault: BaseException) -> list[str]:
    if isinstance(fault, smtplib.SMTPResponseException):
        return [str(fault.smtp_code)]
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return sorted({str(code) for code, _text in fault.recipients.values()})
    if isinstance(fault, OSError) and fault.errno is not None:
        return [f"errno {fault.errno}"]
    return []


def _place(fault: BaseException) -> str:
    """`bookings/schools/mails.py:33`: the innermost frame of our own code; "" when there is none."""
    base = Path(settings.BASE_DIR)
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(base) and "site-packages" not in path.parts:
            return f"{path.relative_to(base)}:{frame.lineno}"
    return ""
