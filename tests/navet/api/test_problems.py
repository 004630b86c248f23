"""Every trouble of the API has one shape, one stable code and the reader's language."""

import pytest
from django.db import DataError, OperationalError
from psycopg import errors as pg

from navet.accounts.models import EmailCode, User
from navet.api import problems
from navet.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.navet.api.probes")]


def test_refused_is_409_with_its_figures_and_its_field(client):
    answer = client.post(
        "/api/v1/probe/parcels/", {"name": "A", "count": 13}, content_type="application/json"
    )

    said = answer.json()
    assert answer.status_code == 409
    assert said["code"] == "probe_full"
    assert said["free_places"] == 3
    assert said["errors"] == [{"field": "count", "code": "probe_full", "message": "No places left."}]
    assert said["type"].endswith("/api/v1/problems/probe_full")
    assert not EmailCode.objects.exists()


def test_unknown_address_under_the_api_is_a_problem(client):
    answer = client.get("/api/v1/no-such-thing/")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "not_found"


def test_a_fault_of_ours_is_a_problem_that_tells_nothing(client):
    client.raise_request_exception = False

    answer = client.get("/api/v1/probe/broken/")

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert b"foresaw" not in answer.content


def test_wrong_method_is_405_with_allow_whoever_asks(client):
    answer = client.delete("/api/v1/probe/guarded/")

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert "POST" in answer["Allow"]


def test_nobody_is_401_and_told_how(client):
    answer = client.get("/api/v1/probe/guarded/")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_without_the_capability_is_403(client):
    client.force_login(User.objects.create_user("desk@navet.example", roles=["desk"]))

    assert client.get("/api/v1/probe/guarded/").status_code == 200
    assert client.post("/api/v1/probe/guarded/", {}, content_type="application/json").status_code == 403


def test_a_view_that_declares_nothing_is_closed(client):
    client.force_login(User.objects.create_superuser("admin@navet.example", name="A"))

    assert client.get("/api/v1/probe/forgotten/").status_code == 403


def test_a_session_needs_the_csrf_token_to_write():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_user("plan@navet.example", roles=["planner"]))

    answer = client.post("/api/v1/probe/guarded/", {}, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_only_json_is_spoken(client):
    answer = client.get("/api/v1/me/", headers={"Accept": "text/csv"})

    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize(("language", "title"), [("sv", "Finns inte"), ("en", "Not found")])
def test_problems_speak_the_language_asked_for(client, language, title):
    answer = client.get("/api/v1/no-such-thing/", headers={"Accept-Language": language})

    assert answer.json()["title"] == title


def from_database(kind: type[Exception], cause: Exception | None) -> Exception:
    error = kind("as Django wraps it")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "cause",
    [pg.SerializationFailure(), pg.DeadlockDetected(), pg.LockNotAvailable(), pg.QueryCanceled(), None],
)
def test_a_busy_database_is_503_with_retry_after(cause):
    answer = problems.handle(from_database(OperationalError, cause), {})

    assert (answer.status_code, answer["Retry-After"]) == (503, "1")


def test_a_value_that_the_database_cannot_hold_is_400(client):
    assert problems.handle(from_database(DataError, None), {}).status_code == 400


def test_an_operational_error_that_is_a_fault_of_ours_is_not_hidden():
    assert problems.handle(from_database(OperationalError, pg.DiskFull()), {}) is None


def test_figures_of_a_refusal_that_are_no_json_are_said_in_words():
    answer = problems.handle(Refused("No.", room=object(), when={1}, status="stolen"), {})

    assert isinstance(answer.data["room"], str)
    assert answer.data["when"] == [1]
    assert answer.data["status"] == 409


def test_every_problem_type_leads_to_words(client):
    listed = client.get("/api/v1/problems/").json()

    assert {"not_found", "wrong_code", "idempotency_key_reused"} <= {kind["code"] for kind in listed}
    assert client.get("/api/v1/problems/wrong_code").json()["status"] == 409
    assert client.get("/api/v1/problems/none-such").status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 428),
        ({"If-Match": '"v6"'}, 412),
        ({"If-Match": "junk"}, 412),
        ({"If-Match": '"v7"'}, 200),
        ({"If-Match": "*"}, 200),
    ],
)
def test_patch_needs_the_version_that_was_seen(client, sent, status):
    answer = client.patch("/api/v1/probe/versioned/", {}, content_type="application/json", headers=sent)

    assert answer.status_code == status
    assert answer.get("ETag") == ('"v8"' if status == 200 else None)
