from collections.abc import Iterator

import pytest

from navet.accounts.models import User
from tests.navet.payments import line
from tests.sandboxes import RunningSandbox


@pytest.fixture(scope="session")
def running_sandbox(tmp_path_factory) -> Iterator[RunningSandbox]:
    made = RunningSandbox(tmp_path_factory.mktemp("stripe")).start()
    yield made
    made.kill()


@pytest.fixture
def sandbox(running_sandbox, settings) -> RunningSandbox:
    """A running sandbox without faults, which this process's settings point to; it sends webhooks nowhere."""
    running_sandbox.control("faults")
    settings.STRIPE = running_sandbox.settings
    return running_sandbox


@pytest.fixture
def told(monkeypatch) -> line.Line:
    """A product line of the tests' own, that remembers what it was told."""
    return line.register(monkeypatch)


@pytest.fixture
def finance() -> User:
    return User.objects.create_user("ekonomi@navet.example", name="E", roles=["finance"])
