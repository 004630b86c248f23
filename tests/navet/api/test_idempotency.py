"""The same POST twice is one effect; at once, with real connections, too."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from navet.accounts.models import EmailCode, User
from navet.api.models import IdempotencyRecord
from navet.retention import rules

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.navet.api.probes")]
URL = "/api/v1/probe/parcels/"


def post(client, body=None, *, key="k1", url=URL):
    headers = {} if key is None else {"Idempotency-Key": key}
    text = json.dumps({"name": "A", "count": 1} if body is None else body)
    return client.post(url, text, content_type="application/json", headers=headers)


def test_the_same_post_twice_has_one_effect_and_one_answer(client):
    first, second = post(client), post(client)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert second["Location"] == first["Location"]
    assert not first.has_header("Idempotency-Replayed")
    assert second["Idempotency-Replayed"] == "true"
    assert EmailCode.objects.count() == 1


def test_a_key_changes_nothing_of_what_is_answered(client):
    keyed, unkeyed = post(client), post(client, key=None)

    assert keyed.json().keys() == unkeyed.json().keys()
    assert keyed["Content-Type"] == unkeyed["Content-Type"] == "application/json"
    assert {*keyed.headers} == {*unkeyed.headers}
    assert keyed["Vary"] == unkeyed["Vary"]


def test_white_space_and_the_order_of_names_make_no_other_body(client):
    post(client)
    again = client.post(
        URL,
        '{ "count": 1,\n"name": "A" }',
        content_type="application/json",
        headers={"Idempotency-Key": "k1"},
    )

    assert again["Idempotency-Replayed"] == "true"


def test_another_body_under_the_same_key_is_422(client):
    post(client)
    answer = post(client, {"name": "B", "count": 1})

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert EmailCode.objects.count() == 1


def test_without_a_key_every_post_counts(client):
    assert {post(client, key=None).status_code, post(client, key=None).status_code} == {201}
    assert EmailCode.objects.count() == 2
    assert not IdempotencyRecord.objects.exists()


@pytest.mark.parametrize("key", ["", " ", "a b", "å", "k" * 256, "tab\tkey"])
def test_a_malformed_key_is_400(client, key):
    answer = post(client, key=key)

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_malformed")
    assert not EmailCode.objects.exists()


def test_a_refusal_is_not_kept_so_that_a_retry_may_succeed(client):
    refused = post(client, {"name": "A", "count": 13})
    answer = post(client)

    assert (refused.status_code, answer.status_code) == (409, 201)
    assert not answer.has_header("Idempotency-Replayed")
    assert EmailCode.objects.count() == 1


def test_a_malformed_body_leaves_the_key_free(client):
    assert post(client, {"name": "A"}).status_code == 400
    assert post(client).status_code == 201


def test_one_users_key_is_not_anothers(client):
    answers = []
    for email in ("a@navet.example", "b@navet.example"):
        client.force_login(User.objects.create_user(email))
        answers.append(post(client))

    assert [answer.has_header("Idempotency-Replayed") for answer in answers] == [False, False]


def test_a_post_with_a_key_costs_one_query_more(client, django_assert_num_queries):
    # Savepoints stand for BEGIN and COMMIT, because the test itself is a transaction.
    with django_assert_num_queries(3):
        post(client, key=None)
    with django_assert_num_queries(4):
        post(client, key="k2")


def test_what_is_refused_the_second_time_was_answered_the_first(client):
    """The deed is tried before anybody asks whether it was done: what it finds in its own way is its own first effect."""
    first = post(client, {"name": "once", "count": 1})
    again = post(client, {"name": "once", "count": 1})
    other = post(client, {"name": "once", "count": 1}, key="k2")

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert again["Idempotency-Replayed"] == "true"
    assert again.content == first.content


def test_old_answers_are_forgotten_after_48_hours(client):
    post(client)
    now = timezone.now()

    answers = rules.named("api.answers")
    assert answers.rows(now + dt.timedelta(hours=47)).count() == 0
    assert answers.rows(now + dt.timedelta(hours=49)).count() == 1


def at_once(bodies):
    """Post every body under one key at the same moment, each over a connection of its own."""
    start = Barrier(len(bodies))

    def one(body):
        try:
            start.wait()
            return post(Client(), body)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(one, bodies))


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_with_one_key_have_one_effect_and_one_answer():
    answers = at_once([{"name": "A", "count": 1}] * 8)

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum(answer.has_header("Idempotency-Replayed") for answer in answers) == 7
    assert EmailCode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_bodies_at_once_under_one_key_have_one_effect():
    answers = at_once([{"name": "A", "count": 1}, {"name": "B", "count": 1}] * 3)

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201, 201, 201, 422, 422, 422]
    assert EmailCode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_that_is_refused_lets_the_one_that_waits_try():
    answers = at_once([{"name": "A", "count": 13}] * 3 + [{"name": "A", "count": 1}])

    assert sorted(answer.status_code for answer in answers)[0] == 201
    assert {answer.status_code for answer in answers} <= {201, 409, 422}
    assert EmailCode.objects.count() == 1
