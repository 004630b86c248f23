"""The log says what happened, once a request, and names nobody."""

import io
import logging

import pytest

from navet.logs import InOneLine

pytestmark = pytest.mark.django_db


def test_a_request_is_one_line_without_address_or_browser(client, caplog):
    with caplog.at_level(logging.INFO):
        client.get("/api/v1/programmes/", headers={"user-agent": "Firefox of Sara"}, REMOTE_ADDR="192.0.2.7")

    lines = [record.getMessage() for record in caplog.records if "request_" in record.getMessage()]
    assert len(lines) == 1
    assert "request_finished" in lines[0]
    assert "GET /api/v1/programmes/" in lines[0]
    assert "192.0.2.7" not in lines[0]
    assert "Sara" not in lines[0]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/bokning/S6JXXG4X22/?nyckel=5f0c", "GET /bokning/S6JXXG4X22/'"),
        ("/tyck-till/7-0123456789abcdef0123456789abcdef/", "GET /tyck-till/…/'"),
        ("/konferens/program/mJ8_x-2vQe0TzR4wYh1bLA/", "GET /konferens/program/…/'"),
        ("/skolprogram/?sok=Sara+Lind", "GET /skolprogram/'"),
    ],
)
def test_no_key_and_nothing_searched_for_is_in_the_log(client, caplog, asked, told):
    with caplog.at_level(logging.INFO):
        client.get(asked)

    (line,) = [record.getMessage() for record in caplog.records if "request_" in record.getMessage()]
    assert told in line


def test_what_a_visitor_sends_too_much_of_fills_no_log(client):
    (console,) = [
        one for one in logging.getLogger().handlers if any(isinstance(f, InOneLine) for f in one.filters)
    ]
    usual = console.setStream(written := io.StringIO())
    try:
        answer = client.post("/i18n/setlang/", b"a&" * 2000, content_type="application/x-www-form-urlencoded")
    finally:
        console.setStream(usual)

    assert answer.status_code == 400
    assert "TooManyFieldsSent" in written.getvalue()
    assert "Traceback" not in written.getvalue()
