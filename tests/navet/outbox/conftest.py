import datetime as dt

import pytest

from navet.outbox.models import Effect

HERE = "tests.navet.outbox.handlers"


@pytest.fixture
def now() -> dt.datetime:
    return dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def outbox_settings(settings):
    """A mailbox, handlers and builders of our own, and nobody to wake."""
    settings.EMAIL_BACKEND = "navet.outbox.mailbox.MailboxBackend"
    settings.MAILBOX_ENABLED = True
    settings.OUTBOX_WAKE = "builtins.dict"
    settings.OUTBOX_HANDLERS = {
        "mail": "navet.outbox.mail.send",
        **{name: f"{HERE}.{name}" for name in ("note", "note_and_break", "refuse", "break_the_database")},
    }
    settings.MAIL_BUILDERS = {"greeting": f"{HERE}.greeting", "nothing": f"{HERE}.nothing"}


@pytest.fixture
def promised(now):
    """Makes an effect that waits: `promised("note", key="a")`."""

    def make(kind: str = "note", *, key: str = "a", payload=None, **fields) -> Effect:
        return Effect.objects.create(kind=kind, key=key, payload=payload or {}, **{"due_at": now, **fields})

    return make
