import copy
from collections.abc import Iterator

import pytest
import time_machine
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings
from django.utils import translation

from navet.api.throttles import Throttle
from tests.hostile import world as worlds


@pytest.fixture
def unhurried(monkeypatch, settings):
    """No rate limits, which would hide other answers; and no second factor, which embedded mode does not ask for."""
    monkeypatch.setattr(Throttle, "THROTTLE_RATES", dict.fromkeys(Throttle.THROTTLE_RATES))
    settings.STAFF_SECOND_FACTOR_REQUIRED = False


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    """One house for all tests of a module, in a transaction that is never committed: making it takes longer than they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        with (
            time_machine.travel(worlds.NOW, tick=False),
            translation.override("sv"),
            override_settings(STAFF_SECOND_FACTOR_REQUIRED=False),
        ):
            made = worlds.build()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db, unhurried) -> Iterator[worlds.World]:
    """The house, with the clock standing at NOW; what the test does to it is undone with the test's own savepoint."""
    with time_machine.travel(worlds.NOW, tick=False):
        yield copy.deepcopy(built)


@pytest.fixture
def one_connection():
    """A WSGI request leaves the connection open, and with it the test's transaction, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
