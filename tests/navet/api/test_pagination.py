"""Lists in pages: whole, without repetition, and strict about what is asked."""

import datetime as dt

import pytest

from tests.navet.api.making import NOW, make_row

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.navet.api.probes")]
URL = "/api/v1/probe/rows/"


def test_pages_hold_every_row_once_also_where_many_share_a_moment(client):
    rows = [make_row(at=NOW + dt.timedelta(seconds=n // 7)) for n in range(30)]
    seen, url = [], f"{URL}?page_size=4"
    while url:
        page = client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]

    assert sorted(seen) == sorted(row.pk for row in rows)
    assert len(seen) == len(set(seen)) == 30


def test_previous_leads_back(client):
    for n in range(6):
        make_row(at=NOW + dt.timedelta(seconds=n))
    first = client.get(f"{URL}?page_size=3").json()
    second = client.get(first["next"]).json()

    assert client.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize("size", ["0", "-1", "201", "abc", "", "1e2", "٣", "1.0"])
def test_page_size_out_of_bounds_is_400(client, size):
    answer = client.get(URL, {"page_size": size})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_page_size")


@pytest.mark.parametrize("cursor", ["x", "", "cD0yMDI2", "a:b", "W10:forged", "\x00"])
def test_a_cursor_that_is_not_ours_is_400(client, cursor):
    answer = client.get(URL, {"cursor": cursor})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


@pytest.mark.parametrize("query", ["sbject=x", "format=json", "subject=x&limit=3", "page=2"])
def test_a_parameter_that_nobody_declared_is_400(client, query):
    answer = client.get(f"{URL}?{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")


@pytest.mark.parametrize("query", ["attempts=abc", "subject=%00"])
def test_a_filter_that_cannot_be_is_400(client, query):
    make_row()

    assert client.get(f"{URL}?{query}").status_code == 400


def test_a_filter_filters(client):
    make_row(subject="A")
    make_row(subject="B")

    assert [row["subject"] for row in client.get(f"{URL}?subject=A").json()["results"]] == ["A"]


def test_a_list_costs_one_query(client, django_assert_num_queries):
    for _n in range(5):
        make_row()
    with django_assert_num_queries(1):
        client.get(URL)
