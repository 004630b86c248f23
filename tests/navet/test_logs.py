"""The log says what happened, once a request, and names nobody."""

import io
import logging
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from navet.directory.models import SchoolUnit
from navet.logs import InOneLine
from tests.bookings.schools import classes

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


def console() -> logging.Handler:
    (found,) = [
        one for one in logging.getLogger().handlers if any(isinstance(f, InOneLine) for f in one.filters)
    ]
    return found


def written_by(log: Callable[[], None]) -> str:
    """What the log has of it, as it is written."""
    usual = console().setStream(written := io.StringIO())
    try:
        log()
    finally:
        console().setStream(usual)
    return written.getvalue()


@pytest.mark.parametrize("in_one_line", [False, True])
@pytest.mark.parametrize("note", ["Alva Ek, 070-174 06 99", "Alva Ek\n\n070-174 06 99\nmormor"])
def test_what_postgresql_quotes_of_a_row_in_its_error_is_not_in_the_log(in_one_line, note):
    school = classes.school()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        SchoolUnit.objects.filter(pk=school.pk).update(code="1", name=note, email="alva.ek@hem.example")
    assert "alva.ek@hem.example" in str(caught.value)  # so there is something to leave out

    def log() -> None:
        if in_one_line:  # as Celery tells of a task that failed
            logging.getLogger("celery.app.trace").error("Task worker.x raised unexpected: %r", caught.value)
        else:
            logging.getLogger("navet").error("it failed", exc_info=caught.value)

    said = written_by(log)
    assert "IntegrityError" in said
    assert "a_school_has_an_eight_digit_code_and_a_preschool_none" in said
    assert ("Traceback" in said) is not in_one_line
    for personal in ("alva", "Alva", "Ek", "070", "mormor", "DETAIL"):
        assert personal not in said


def test_an_address_is_left_out_wherever_it_stands():
    said = written_by(lambda: logging.getLogger("x").error("550 <Alva.Ek+1@hem.example>: unknown user"))
    assert "550 <…@…>: unknown user" in said


def test_what_a_visitor_sends_too_much_of_fills_no_log(client):
    body, told = b"a&" * 2000, {"content_type": "application/x-www-form-urlencoded"}
    answers = []
    said = written_by(lambda: answers.append(client.post("/i18n/setlang/", body, **told)))
    assert answers[0].status_code == 400
    assert "TooManyFieldsSent" in said
    assert "Traceback" not in said
