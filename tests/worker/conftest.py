import datetime as dt

import pytest

from navet.accounts.models import User


@pytest.fixture
def planner(db) -> User:
    return User.objects.create_user("planerare@navet.example", name="Planerare", roles=["planner"])


@pytest.fixture
def monday() -> dt.datetime:
    """A Monday of week 48 at seven in Borås."""
    return dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
