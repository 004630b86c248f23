"""Rows for the probes: any table will do."""

import datetime as dt

from navet.accounts.models import EmailCode

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def make_row(*, subject: str = "", at: dt.datetime = NOW) -> EmailCode:
    return EmailCode.objects.create(
        email="probe@navet.example",
        purpose="probe",
        subject=subject[:40],
        nonce="0" * 32,
        created_at=at,
        expires_at=at + dt.timedelta(minutes=1),
    )
