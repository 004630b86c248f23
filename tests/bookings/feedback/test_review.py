"""The programme review: every number by hand, nothing shown that tells who said what, and always as many queries."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.feedback import review
from bookings.feedback.models import Answer, Score
from bookings.schools.operations import changing
from tests.bookings.feedback import came
from tests.bookings.schools import classes
from visitors import operations as visitors

pytestmark = pytest.mark.django_db
LATER = classes.NOW + dt.timedelta(days=90)
CLOCKS = ("08:00", "10:00", "12:00", "14:00", "16:00")


def given(programme, values, remark="") -> list[Answer]:
    """Answers as such, without the visits behind them."""
    made = [
        Answer(
            ticket=f"{programme.pk:08}{n:024}", programme=programme, school_year=2025, week_date=classes.DAY, remark=remark
        )
        for n, _value in enumerate(values)
    ]  # fmt: skip
    Answer.objects.bulk_create(made)
    Score.objects.bulk_create(
        Score(answer=one, perspective="quality", value=value) for one, value in zip(made, values, strict=True)
    )
    return made


def test_the_numbers_are_those_one_adds_up_by_hand():
    programme = classes.programme()
    here, there = classes.school(), classes.school(agreement=False)
    on = [classes.session(programme, clock=clock) for clock in CLOCKS]
    came.class_(on=on[0], pupils=20, came=18, school=here)
    came.class_(on=on[1], pupils=30, school=there, invoice_reference="4711")
    came.class_(on=on[2], pupils=10, school=here)
    missing = classes.confirmed(on[3], pupils=15, school=here)
    left = classes.confirmed(on[3], pupils=5, school=here)
    changing.cancel(left.code, by=classes.teacher(), at=classes.NOW)
    late = classes.confirmed(on[3], pupils=6, school=here)
    changing.cancel(late.code, by=classes.teacher(), at=on[3].occasion.starts_at - dt.timedelta(days=1))
    visitors.mark_no_shows(at=LATER)
    classes.session(programme, day=LATER.date() + dt.timedelta(days=1))  # to come: not reviewed yet
    came.asking.promise_due(at=on[3].occasion.ends_at + came.DELAY)
    (one,) = review.programmes(2025, at=LATER)
    assert (one.held, one.called_off, one.places) == (5, 0, 150)
    assert (one.parties, one.booked, one.fill) == (4, 75, 0.5)
    assert (one.parties_came, one.came, one.no_shows) == (3, 58, 1)
    assert (one.cancelled, one.cancelled_late) == (2, 1)
    assert (one.schools, one.municipalities, one.asked, one.answers) == (2, 2, 3, 0)
    assert missing.status == "confirmed"
    assert review.programmes(2024, at=LATER) == []


def test_of_courses_too():
    people = came.on_a_course(3)
    end = people[0].registration.round.occasion.ends_at
    came.asking.promise_due(at=end + came.DELAY)
    (one,) = review.courses(2025, at=LATER)
    assert (one.held, one.places, one.booked, one.came) == (1, 10, 3, 3)
    assert (one.parties, one.schools, one.municipalities, one.asked) == (1, 1, 1, 3)


def test_nothing_is_shown_until_there_are_five():
    few, enough = classes.programme(), classes.programme()
    given(few, [4, 4, 1, 1], remark="Bara vi var där")
    given(enough, [4, 4, 3, 2, 1], remark="Bra")
    shown = {one.of: one for one in review.programmes(2025, at=LATER)}
    assert (shown[few].marks, review.remarks(few, 2025)) == ({}, [])
    assert shown[enough].marks["quality"].counts == (1, 1, 1, 2)
    assert (shown[enough].marks["quality"].share, shown[enough].marks["quality"].mean) == (0.6, 2.8)
    assert len(review.remarks(enough, 2025)) == 5


def test_the_queries_are_as_many_for_one_programme_as_for_three():
    def counted() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            review.programmes(2025, at=LATER)
        return len(queries)

    given(classes.programme(), [4, 4, 4, 4, 4])
    one = counted()
    for _ in range(2):
        given(classes.programme(), [4, 4, 4, 4, 4])
    assert counted() == one <= 7


@pytest.mark.parametrize(
    ("role", "sees", "strikes"), [("planner", 200, 200), ("management", 200, 403), ("desk", 403, 403)]
)
def test_who_sees_the_review_and_who_strikes_out(client, role, sees, strikes):
    programme = classes.programme()
    line = given(programme, [4] * 5, remark="Kalle var dum")[0]
    client.force_login(classes.staff(role).user)
    with time_machine.travel(LATER):
        pages = ("", f"program/{programme.slug}/", "fil.xlsx", "fil.csv")
        statuses = [client.get(f"/planering/granskning/{page}").status_code for page in pages]
        assert statuses == [sees] * 4
        assert client.get(f"/planering/granskning/rad/{line.pk}/").status_code == strikes
        client.post(f"/planering/granskning/rad/{line.pk}/")
    line.refresh_from_db()
    assert (line.remark == "") is (strikes == 200)


def test_the_pages_say_the_lines_and_the_file_does_not(client):
    programme = classes.programme()
    given(programme, [4, 4, 3, 2, 1], remark="=Bra")
    client.force_login(classes.planner().user)
    with time_machine.travel(LATER):
        page = client.get(f"/planering/granskning/program/{programme.slug}/?lasar=2025").text
        file = client.get("/planering/granskning/fil.csv?lasar=2025").content.decode("utf-8-sig")
        other = client.get("/planering/granskning/?lasar=x").text
        assert client.get(f"/planering/granskning/program/{programme.slug}/?lasar=2024").status_code == 404
        assert client.get("/planering/granskning/annat/x/").status_code == 404
    assert "=Bra" in page
    assert programme.title_sv in other
    (row,) = csv.DictReader(io.StringIO(file), delimiter=";")
    assert (row["Svar"], row["Kvalitet, medel"], row["Kvalitet, åsikter"]) == ("5", "2.8", "5")
    assert "Bra" not in file
