"""Schemathesis over the whole schema, in process: as anybody, as staff with every role, as a desk device, and the doors'
operations as a door counter.

Each example runs in a savepoint of its own, so that no example sees what another left. NAVET_SCHEMA_EXAMPLES sets
how many random examples an operation gets from those who use it, beside the deterministic ones of the coverage phase. From
others it gets a few: most of them are turned away before what they sent is read.

All checks of schemathesis that concern one request are on, but for:
- `missing_required_header`, which knows no 428: here a missing If-Match is answered so, and docs/wrong-input.md shows it;
- `ignored_auth`, which would take the public operations' open doors for a fault; tests/navet/accounts holds those.
`positive_data_acceptance` is on for what realism.py has made true as well as well formed: dates of this century, things
that exist, fields that go together.
The caller is a parameter of each test: without one, all operations of a test would have one name (tests/conftest.py).
The stateful checks (`use_after_free`, `ensure_resource_availability`, `object_level_authorization`) have nothing to
follow: nothing here is deleted by DELETE, and who may see what is in tests/bookings and docs/wrong-input.md.
"""

import os

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.config import SchemathesisConfig

from tests.hostile import callers, realism
from tests.hostile.world import World

pytestmark = [pytest.mark.slow]
EXAMPLES = int(os.environ.get("NAVET_SCHEMA_EXAMPLES", "6"))

FEW = 2

SETTINGS = {
    # The caller's own log-in is sent, never a made-up one: forged ones are in docs/wrong-input.md.
    "generation": {"with-security-parameters": False, "deterministic": True, "no-shrink": True},
    "checks": {
        "ignored_auth": {"enabled": False},
        "missing_required_header": {"enabled": False},
        # A stale If-Match is well formed.
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "3xx", "401", "403", "404", "409", "412", "429"]
        },
    },
}


def _schema(**more):
    config = SchemathesisConfig.from_dict({**SETTINGS, **more})
    return schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application(), config=config)


def _examples(most: int):
    return settings(
        max_examples=most,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


whole = _schema()
drawn = _schema(phases={"coverage": {"enabled": False}})


@whole.parametrize()
@pytest.mark.parametrize("caller", ["staff"])
@_examples(EXAMPLES)
def test_staff_are_answered_as_the_schema_says(case, caller, world, one_connection):
    _answers_as_the_schema_says(case, caller, world)


@whole.include(path_regex="-(bookings|registrations)/").parametrize()
@pytest.mark.parametrize("caller", ["anybody"])
@_examples(EXAMPLES)
def test_bookers_are_answered_as_the_schema_says(case, caller, world, one_connection):
    _answers_as_the_schema_says(case, caller, world)


@whole.include(path_regex="/door-").parametrize()
@pytest.mark.parametrize("caller", ["counter"])
@_examples(EXAMPLES)
def test_door_counters_are_answered_as_the_schema_says(case, caller, world, one_connection):
    _answers_as_the_schema_says(case, caller, world)


@drawn.parametrize()
@pytest.mark.parametrize("caller", ["anybody", "device", "counter"])
@_examples(FEW)
def test_whoever_knocks_is_answered_as_the_schema_says(case, caller, world, one_connection):
    _answers_as_the_schema_says(case, caller, world)


def _answers_as_the_schema_says(case: Case, caller: str, world: World) -> None:
    realism.make_real(case, world)
    with transaction.atomic():
        case.call_and_validate(**callers.wsgi(caller, world))
        transaction.set_rollback(True)
