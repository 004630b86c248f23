"""Two beats, two managers: real connections at the same moment."""

import pytest

from navet import periods
from tests.bookings.schools.test_together import all_at_once
from tests.visitors.making import user
from tests.visitors.tertials.test_reports import FIRST, MORNING_AFTER, said
from visitors.tertials import operations as tertials
from visitors.tertials.models import Comment, Issue

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_beats_keep_one_report():
    answers = all_at_once([lambda: tertials.give_out_due(MORNING_AFTER)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["Issue", "NoneType"]
    assert Issue.objects.count() == 1


def test_of_two_managers_at_once_one_is_told():
    managers = [user("management", email=f"{n}@navet.example") for n in (1, 2)]
    at = periods.at(FIRST.last_day, periods.dt.time(15))
    answers = all_at_once(
        [
            lambda by=by: tertials.write(FIRST, said(comment=by.email), seen=0, by=by, at=at) or "written"
            for by in managers
        ]
    )
    assert sorted(one if isinstance(one, str) else type(one).__name__ for one in answers) == [
        "WrittenMeanwhile",
        "written",
    ]
    assert Comment.objects.count() == 1
