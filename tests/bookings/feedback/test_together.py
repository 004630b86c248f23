"""The same link in six windows, and two workers that ask at once, on real connections."""

import pytest

from bookings.feedback.models import Answer, Asked
from bookings.feedback.operations import answering, asking
from bookings.feedback.operations.refusals import AlreadyAnswered
from tests.bookings.feedback import came
from tests.bookings.schools.test_together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_visit_is_asked_about_once_and_answered_once():
    booking = came.class_()
    at = came.after(booking)
    assert max(all_at_once([lambda: asking.promise_due(at=at)] * 4)) == 1
    asked = Asked.objects.get()
    assert len(came.mails()) == 1
    said = all_at_once([lambda: answering.answer(asked.pk, scores={"quality": 4}, at=at)] * 6)
    assert sorted(type(one) is AlreadyAnswered for one in said) == [False] + [True] * 5
    assert Answer.objects.count() == 1
