"""Proof that somebody reads a mailbox: six digits by mail, few tries, short life."""

import datetime as dt
import secrets
from hmac import compare_digest

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from navet.accounts.models import EmailCode
from navet.errors import Refused
from navet.outbox import promises

LIFE = dt.timedelta(minutes=15)
TRIES = 5
CODES_AN_HOUR = 5
DIGITS = 6
# One try may wait this long for another of the same code before it is told to come back.
LOCK_TIMEOUT = "3s"


class WrongCode(Refused):
    code = "wrong_code"
    message = _("The code is not the one we sent last. Check the newest mail.")
    field = "code"


class CodeExpired(Refused):
    code = "code_expired"
    message = _("There is no code that is still valid. Ask for a new one.")
    field = "code"


class TooManyTries(Refused):
    code = "too_many_tries"
    message = _("Too many wrong codes. Ask for a new one.")
    field = "code"
    status = 429


class TooManyCodes(Refused):
    code = "too_many_codes"
    message = _(
        "We have sent several codes to this address within the hour. Look in your mailbox, or wait a while."
    )
    field = "email"
    status = 429


@transaction.atomic
def send_code(email: str, *, purpose: str, subject: str = "", language: str, at: dt.datetime) -> EmailCode:
    """Promise a mail with a six digit code for this purpose and subject, valid 15 minutes; the newest counts.

    Nobody is told whether the address is known: it need not be. Raises TooManyCodes past five an hour.
    """
    email = email.strip().lower()
    _lock_address(email)
    lately = EmailCode.objects.filter(email=email, created_at__gt=at - dt.timedelta(hours=1))
    if lately.count() >= CODES_AN_HOUR:
        raise TooManyCodes
    row = EmailCode.objects.create(
        email=email,
        purpose=purpose,
        subject=subject,
        nonce=secrets.token_hex(16),
        language=language,
        created_at=at,
        expires_at=at + LIFE,
    )
    payload = {"mail": "accounts.code", "args": {"code_id": row.pk}}
    promises.promise("mail", key=f"accounts.code:{row.pk}", payload=payload, due_at=at, urgent=True)
    return row


def check_code(email: str, code: str, *, purpose: str, subject: str = "", at: dt.datetime) -> None:
    """Accept the newest code for this address, purpose and subject, once.

    Raises CodeExpired, TooManyTries (after five) or WrongCode. A try counts even when the caller's transaction
    is rolled back; that the code is used up is part of the caller's transaction.
    """
    row = newest(email, purpose=purpose, subject=subject)
    if row is None or row.used_at or row.expires_at <= at:
        raise CodeExpired
    if not _take_a_try(row):
        raise TooManyTries
    if not compare_digest(code_of(row).encode(), code.strip().encode()):
        raise WrongCode
    if not EmailCode.objects.filter(pk=row.pk, used_at=None).update(used_at=at):
        raise CodeExpired  # the same code from two windows: one of them was first


def newest(email: str, *, purpose: str, subject: str = "") -> EmailCode | None:
    """The code sent last; earlier ones are void."""
    rows = EmailCode.objects.filter(email=email.strip().lower(), purpose=purpose, subject=subject)
    return rows.order_by("-created_at", "-pk").first()


def code_of(row: EmailCode) -> str:
    """The six digits, made of the row's nonce and the server's secret key: neither table nor outbox holds them."""
    said = f"{row.pk}:{row.nonce}:{row.email}:{row.purpose}:{row.subject}"
    digest = salted_hmac("navet.accounts.code", said, algorithm="sha256").digest()
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}d}"


def _lock_address(email: str) -> None:
    """Hold the address until the transaction ends: two requests at once must not both be the fifth."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"accounts.code {email}"])


TAKE_A_TRY = "UPDATE accounts_emailcode SET attempts = attempts + 1 WHERE id = %s AND attempts < %s"


def _take_a_try(row: EmailCode) -> bool:
    """Count one try, committed whatever becomes of the caller's transaction; False when none is left."""
    if not connection.in_atomic_block:
        return _run_take_a_try(connection, row)
    apart = connection.copy()
    try:
        with apart.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            cursor.execute("SELECT 1 FROM accounts_emailcode WHERE id = %s", [row.pk])
            committed = cursor.fetchone() is not None
        # A code promised in this very transaction is visible here only, and so are its tries.
        return _run_take_a_try(apart if committed else connection, row)
    finally:
        apart.close()


def _run_take_a_try(database: BaseDatabaseWrapper, row: EmailCode) -> bool:
    with database.cursor() as cursor:
        cursor.execute(TAKE_A_TRY, [row.pk, TRIES])
        return cursor.rowcount == 1
