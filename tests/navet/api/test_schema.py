"""The schema tells what the doors do."""

import pytest

from navet.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(client):
    return client.get("/api/v1/schema/").json()


@pytest.fixture
def operations(schema):
    return {
        (method, path): operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if isinstance(operation, dict)
    }


def test_schema_is_openapi_3_1(schema):
    assert schema["openapi"].startswith("3.1")


def test_every_operation_documents_its_problems(operations):
    for name, operation in operations.items():
        if "schema" in name[1]:
            continue
        assert {"400", "404", "429", "503"} <= operation["responses"].keys(), name
        assert "application/problem+json" in operation["responses"]["400"]["content"], name


def test_every_body_that_is_taken_refuses_unknown_fields(schema, operations):
    for name, operation in operations.items():
        content = operation.get("requestBody", {}).get("content", {})
        reference = content.get("application/json", {}).get("schema", {}).get("$ref")
        if reference:
            for body in bodies(schema, reference):
                assert body["additionalProperties"] is False, name


def bodies(schema, reference):
    """The shapes that a body may have: one, or each of several."""
    body = schema["components"]["schemas"][reference.rpartition("/")[2]]
    return (
        [one for part in body["oneOf"] for one in bodies(schema, part["$ref"])] if "oneOf" in body else [body]
    )


def test_every_view_says_who_may(operations):
    assert operations, "an empty schema would prove nothing"
    assert not [name for name, operation in operations.items() if "no view that forgot" in str(operation)]


def test_docs_work_under_the_strict_policy(client):
    page = client.get("/api/v1/docs/", headers={"Accept": "text/html"})

    assert page.status_code == 200
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    html = page.content.decode()
    inline = [part for part in html.split("<script")[1:] if "src=" not in part.partition(">")[0]]
    assert not inline


def test_me_tells_the_public_nothing_and_a_user_their_capabilities(client):
    assert client.get("/api/v1/me/").json()["kind"] == "public"

    client.force_login(User.objects.create_user("desk@navet.example", name="Disa", roles=["desk"]))
    said = client.get("/api/v1/me/").json()

    assert (said["kind"], said["name"]) == ("user", "Disa")
    assert said["capabilities"] == [
        "arrivals.view",
        "courses.attend",
        "desk.check_in",
        "desk.walk_in",
        "groups.receive",
        "house.safety",
        "passes.manage",
        "tickets.sell",
        "till.view",
        "visits.view",
    ]
