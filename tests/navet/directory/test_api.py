"""Typing help through the API: public, and no more than a name and a place."""

import pytest

from navet.directory import operations
from tests.navet.directory import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _schools():
    making.school("Engelbrektskolan 7-9", "86215855", email="skolan@boras.test")
    making.school("Sätilaskolan", "34246393", municipality="1463", run_by=making.organiser("2120001504"))
    making.school("Stängda skolan", "11111111", status="UPPHORT")


def test_search_answers_with_code_name_and_municipality(client):
    answer = client.get("/api/v1/schools/", {"search": "engelbrekt"})
    assert answer.status_code == 200
    body = answer.json()
    assert (body["next"], body["previous"]) == (None, None)
    (school,) = body["results"]
    assert set(school) == {"id", "code", "name", "kind", "forms", "grades", "municipality"}
    assert (school["code"], school["municipality"]) == (
        "86215855",
        {"code": "1490", "name": "Borås", "in_sjuharad": True},
    )


def test_without_search_all_open_schools_come_in_pages(client):
    first = client.get("/api/v1/schools/", {"page_size": 1}).json()
    second = client.get(first["next"]).json()
    assert [page["results"][0]["name"] for page in (first, second)] == [
        "Engelbrektskolan 7-9",
        "Sätilaskolan",
    ]
    assert second["next"] is None


def test_schools_of_one_municipality(client):
    for query in ({"municipality": "1463"}, {"municipality": "1463", "search": "skolan"}):
        names = [school["name"] for school in client.get("/api/v1/schools/", query).json()["results"]]
        assert names == ["Sätilaskolan"]


@pytest.mark.parametrize(
    "query",
    [
        {"search": ""},
        {"search": "x" * 81},
        {"municipality": "Borås"},
        {"municipality": "14 0"},
        {"name": "x"},
        {"page_size": "0"},
        {"cursor": "x"},
    ],
)
def test_a_malformed_query_is_a_problem_with_400(client, query):
    answer = client.get("/api/v1/schools/", query)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_writing_is_not_allowed(client):
    assert client.post("/api/v1/schools/", {}, content_type="application/json").status_code in (403, 405)


def test_municipalities_are_listed_by_code(client):
    operations.ensure_municipalities()
    codes = [row["code"] for row in client.get("/api/v1/municipalities/").json()["results"]]
    assert codes == ["1442", "1443", "1452", "1463", "1465", "1466", "1490", "1491"]


def test_the_number_of_queries_does_not_grow_with_the_answer(client, django_assert_max_num_queries):
    for n in range(10):
        making.school(f"Skola {n}", f"2222222{n}")
    with django_assert_max_num_queries(4):
        client.get("/api/v1/schools/")
    with django_assert_max_num_queries(4):
        client.get("/api/v1/schools/", {"search": "skola"})
