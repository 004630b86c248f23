"""The form behind the link: no log-in, no guessing, one answer, and out of it for good."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bookings.feedback import links
from bookings.feedback.models import Answer, Asked
from navet.outbox import opting
from tests.bookings.feedback import came
from tests.bookings.schools import classes

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Asked:
    """A question that can be answered now."""
    question = came.asked(came.class_())
    now = timezone.now()
    Asked.objects.filter(pk=question.pk).update(asked_at=now, closes_at=now + dt.timedelta(days=30))
    return Asked.objects.whole().get(pk=question.pk)


def path(asked: Asked, more: str = "") -> str:
    return f"/tyck-till/{asked.pk}-{links.key_of(asked)}/{more}"


def test_an_answer_is_given_and_the_page_says_so_from_then_on(client, asked):
    page = client.get(path(asked))
    assert page.status_code == 200
    assert (
        page["Referrer-Policy"] == "same-origin"
    )  # no other site learns the key; test_inviting_by_keyboard.py sends the form
    assert classes.TEACHER not in page.text
    assert asked.booking.code not in page.text
    sent = {"quality": "4", "currency": "", "remark": "Bra!"}
    again = client.post(path(asked), sent, follow=True)
    assert "<h1>Tack för ditt svar</h1>" in again.text
    late = client.post(path(asked), sent)
    assert (late.status_code, "Den är redan besvarad" in late.text) == (409, True)
    assert Answer.objects.get().remark == "Bra!"


def test_faults_are_said_at_the_field_and_what_was_written_stays(client, asked):
    answer = client.post(path(asked), {"quality": "9", "remark": "Hej"})
    assert (answer.status_code, "Hej" in answer.text) == (422, True)
    answer = client.post(path(asked), {"remark": "Ring 070-174 06 05"})
    assert (answer.status_code, "telefonnummer" in answer.text) == (422, True)
    assert client.post(path(asked), {}).status_code == 422
    assert client.post(path(asked), {"quality": "4", "remark": "å" * 301}).status_code == 422
    assert not Answer.objects.exists()


def test_a_wrong_key_is_no_page_and_there_are_only_so_many_guesses(client, asked):
    wrong = path(asked).replace(links.key_of(asked), "0" * 32)
    assert client.get(wrong).status_code == 404
    assert client.get(f"/tyck-till/{asked.pk + 1}-{links.key_of(asked)}/").status_code == 404
    assert client.get(f"/tyck-till/{10**30}-x/").status_code == 404
    with time_machine.travel(timezone.now(), tick=False):  # guesses are counted by the minute
        statuses = [client.post(wrong, {"quality": "4"}).status_code for _ in range(40)]
    assert statuses[-1] == 429
    assert not Answer.objects.exists()


def test_a_closed_question_says_so(client, asked):
    Asked.objects.update(asked_at=asked.asked_at, closes_at=timezone.now())
    assert client.get(path(asked)).status_code == 410


def test_opting_out_takes_a_press_and_can_be_taken_back(client, asked):
    assert client.get(path(asked, "nej-tack/")).status_code == 200
    assert not opting.is_out(opting.Kind.FEEDBACK, classes.TEACHER)
    client.post(path(asked, "nej-tack/"))
    assert opting.is_out(opting.Kind.FEEDBACK, classes.TEACHER)
    client.post(path(asked, "nej-tack/"), {"again": "1"})
    assert not opting.is_out(opting.Kind.FEEDBACK, classes.TEACHER)
