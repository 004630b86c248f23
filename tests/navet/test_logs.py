"""The log says what happened, once a request, and names nobody."""

import logging

import pytest

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
