import pytest
import time_machine
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from navet.api.throttles import Throttle
from tests.hostile import world as worlds


@pytest.fixture
def unhurried(monkeypatch, settings):
    """No rate limits, which would hide other answers; and no second factor, which embedded mode does not ask for."""
    monkeypatch.setattr(Throttle, "THROTTLE_RATES", dict.fromkeys(Throttle.THROTTLE_RATES))
    settings.STAFF_SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def world(db, unhurried):
    """The house, with the clock standing at NOW for as long as the test lasts."""
    with time_machine.travel(worlds.NOW, tick=False):
        yield worlds.build()


@pytest.fixture
def one_connection():
    """A WSGI request leaves the connection open, and with it the test's transaction, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
