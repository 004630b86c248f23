"""A table of bodies that are not what the schema says, and what each is answered."""

import pytest

from navet.accounts.models import EmailCode

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.navet.api.probes")]
URL = "/api/v1/probe/parcels/"
GOOD = b'"name": "A", "count": 1'

MALFORMED = [
    (b"{", "malformed_json"),
    (b"not json", "malformed_json"),
    (b"\xff\xfe{}", "malformed_json"),
    (b'\xef\xbb\xbf{"name": "A", "count": 1}', "malformed_json"),
    (b'{"name": "\xe5", "count": 1}', "malformed_json"),
    (b'{"name": "A", "count": NaN}', "malformed_json"),
    (b'{"name": "A", "count": Infinity}', "malformed_json"),
    (b'{"name": "A", "count": -Infinity}', "malformed_json"),
    (b'{"name": "A", "count": 1e999}', "number_out_of_range"),
    (b'{"name": "A", "count": 9223372036854775808}', "number_out_of_range"),
    (b'{"name": "A", "count": 1' + b"0" * 5000 + b"}", "number_out_of_range"),
    (b'{"name": "A", "name": "B", "count": 1}', "duplicate_name"),
    (b'{"name": "\\ud800", "count": 1}', "malformed_json"),
    (b"[]", "not_an_object"),
    (b'"text"', "not_an_object"),
    (b"null", "not_an_object"),
    (b"7", "not_an_object"),
    (b'{"name": ' + b"[" * 100 + b"]" * 100 + b"}", "too_deep"),
    (b'{"name": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "too_deep"),
    (b'{"name": "A", "count": 1} {}', "malformed_json"),
    (b"{'name': 'A'}", "malformed_json"),
]

WRONG = [
    (b"{}", "name", "required"),
    (b'{"name": "A"}', "count", "required"),
    (b'{"name": null, "count": 1}', "name", "null"),
    (b'{"name": "", "count": 1}', "name", "blank"),
    (b'{"name": "   ", "count": 1}', "name", "blank"),
    (b'{"name": 7, "count": 1}', "name", "not_text"),
    (b'{"name": true, "count": 1}', "name", "not_text"),
    (b'{"name": ["A"], "count": 1}', "name", "not_text"),
    (b'{"name": "A\\u0000", "count": 1}', "name", "control_character"),
    (b'{"name": "A\\nBcc: x", "count": 1}', "name", "line_break"),
    (b'{"name": "' + b"A" * 21 + b'", "count": 1}', "name", "max_length"),
    (b'{"name": "A", "count": "1"}', "count", "not_a_whole_number"),
    (b'{"name": "A", "count": true}', "count", "not_a_whole_number"),
    (b'{"name": "A", "count": 1.5}', "count", "not_a_whole_number"),
    (b'{"name": "A", "count": 2147483648}', "count", "too_large"),
    (b'{"name": "A", "count": 0}', "count", "min_value"),
    (b'{"name": "A", "count": -1}', "count", "min_value"),
    (b'{"name": "A", "count": {}}', "count", "not_a_whole_number"),
    (b"{" + GOOD + b', "wanted": "true"}', "wanted", "not_true_or_false"),
    (b"{" + GOOD + b', "wanted": 1}', "wanted", "not_true_or_false"),
    (b"{" + GOOD + b', "surprise": 1}', "surprise", "unknown_field"),
    (b"{" + GOOD + b', "key": "mine"}', "key", "unknown_field"),
    (b"{" + GOOD + b', "day": "20260302"}', "day", "not_a_date"),
    (b"{" + GOOD + b', "day": "2026-02-30"}', "day", "invalid"),
    (b"{" + GOOD + b', "day": 20260302}', "day", "not_a_date"),
    (b"{" + GOOD + b', "at": "2026-03-02T09:30:00"}', "at", "not_a_moment"),
    (b"{" + GOOD + b', "at": "0001-01-01T00:00:00+14:00"}', "at", "overflow"),
    (b"{" + GOOD + b', "at": "2026-03-02T25:30:00Z"}', "at", "invalid"),
    (b"{" + GOOD + b', "price": 1250}', "price", "wrong_type"),
    (b"{" + GOOD + b', "price": {"amount": "1.001", "currency": "SEK"}}', "price", "invalid_amount"),
    (b"{" + GOOD + b', "price": {"amount": "NaN", "currency": "SEK"}}', "price", "invalid_amount"),
    (b"{" + GOOD + b', "price": {"amount": "1.00", "currency": "EUR"}}', "price", "unknown_currency"),
    (b"{" + GOOD + b', "code": "short"}', "code", "invalid_code"),
    (b"{" + GOOD + b', "needs": {}}', "needs", "not_a_list"),
    (b"{" + GOOD + b', "needs": [{"kind": "loop", "count": "2"}]}', "needs[0].count", "not_a_whole_number"),
    (b"{" + GOOD + b', "needs": [{"kind": true, "count": 2}]}', "needs[0].kind", "not_text"),
    (b"{" + GOOD + b', "needs": [{"kind": "horse", "count": 2}]}', "needs[0].kind", "invalid_choice"),
    (
        b"{" + GOOD + b', "needs": [{"kind": "loop", "count": 2, "who": "Ada"}]}',
        "needs[0].who",
        "unknown_field",
    ),
    (b"{" + GOOD + b', "words": ["a", 1]}', "words", "not_text"),
    (b"{" + GOOD + b', "words": "a"}', "words", "not_a_list"),
]


def post(client, body, **headers):
    return client.post(URL, body, content_type="application/json", headers=headers)


@pytest.mark.parametrize(("body", "code"), MALFORMED, ids=[repr(body[:30]) for body, _ in MALFORMED])
def test_post_answers_400_to_what_is_no_json_object(client, body, code):
    answer = post(client, body)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert not EmailCode.objects.exists()


@pytest.mark.parametrize(
    ("body", "field", "code"), WRONG, ids=[f"{f}-{c}-{n}" for n, (_, f, c) in enumerate(WRONG)]
)
def test_post_answers_400_and_names_the_field_and_what_is_wrong(client, body, field, code):
    answer = post(client, body)

    assert answer.status_code == 400, answer.content
    errors = answer.json()["errors"]
    assert (field, code) in [(error["field"], error["code"]) for error in errors]
    assert all(error["message"] for error in errors)
    assert not EmailCode.objects.exists()


def test_post_names_every_fault_at_once(client):
    errors = post(client, b'{"name": 7, "count": 0, "x": 1}').json()["errors"]

    assert sorted(error["field"] for error in errors) == ["count", "name", "x"]


@pytest.mark.parametrize(
    "body",
    [
        b"{" + GOOD + b"}",
        b'{"name": "\\ud83d\\ude00", "count": 1}',
        b'{"name": "A", "count": 7.0}',
        b'{"name": "  A  ", "count": 2147483647}',
        b"{" + GOOD + b', "price": {"amount": "1250.50", "currency": "SEK"}, "code": "7k3m9-qx2zd"}',
        b"{" + GOOD + b', "at": "2026-03-02T09:30:00+01:00", "day": "2026-03-02", "wanted": true}',
        b"{" + GOOD + b', "needs": [{"kind": "loop", "count": 2}], "words": ["a"]}',
    ],
)
def test_post_takes_what_the_schema_says(client, body):
    assert post(client, body).status_code == 201


def test_post_answers_413_to_more_than_we_hold(client, settings):
    body = b'{"name": "' + b"A" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'", "count": 1}'

    answer = post(client, body)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"]
)
def test_post_answers_415_to_another_content_type(client, kind):
    answer = client.post(URL, b"name=A", content_type=kind)

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_post_answers_415_to_a_form_with_files(client):
    assert client.post(URL, {"name": "A", "count": "1"}).status_code == 415
