"""The demo year: plausible, within every constraint, and the same for the same seed."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from bookings.conferences.models import AddOn, ConferencePackage, Reservation, RoomOffer, RoomPicture
from bookings.feedback.models import Answer
from bookings.reach.models import Invitation
from bookings.schools.models import Programme, SchoolBooking, Session
from demo import people, year
from navet.accounts.models import User
from navet.directory.models import Agreement, SchoolUnit
from navet.house.models import Occasion
from navet.periods import HOUSE_ZONE
from visitors import audit
from visitors.counters import days
from visitors.counters.models import Correction, Counter, Reading
from visitors.models import Arrival, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = dt.datetime(2026, 11, 23, 10, 30, tzinfo=HOUSE_ZONE)


def _build(seed: int = 7, scale: float = 1.0) -> list[str]:
    lines: list[str] = []
    year.build(seed=seed, now=NOW, progress=lines.append, scale=scale)
    return lines


def _digest() -> list[object]:
    """What two builds must agree on, row for row, but for the keys PostgreSQL gives."""
    return [
        list(
            Reservation.objects.order_by("code").values_list(
                "code", "status", "occasion__period", "price_ore"
            )
        ),
        list(
            SchoolBooking.objects.order_by("code").values_list(
                "code", "class_name", "pupils", "status", "school__name"
            )
        ),
        list(Visit.objects.order_by("pk").values_list("at", "category", "count", "municipality__code")),
        list(Session.objects.order_by("pk").values_list("occasion__period", "programme__slug")),
        list(Answer.objects.order_by("ticket").values_list("programme__slug", "school_year", "remark")),
        list(Reading.objects.order_by("pk").values_list("ends_at", "entered", "left")),
    ]


def test_the_demo_year_looks_like_a_year_at_navet():
    assert len(_build()) == year.STEPS

    this_year = Visit.objects.in_year(2026)
    assert 24 <= Programme.objects.published().count() <= 35
    assert 900 <= Session.objects.filter(occasion__period__startswith__year=2026).count() <= 1100
    assert SchoolUnit.objects.filter(is_demo=False).count() == 29
    assert Agreement.objects.in_force(NOW.date()).count() == 6
    assert 14_000 <= this_year.filter(category="pupil").aggregate(n=Sum("count"))["n"] <= 18_500
    assert 52_000 <= this_year.aggregate(n=Sum("count"))["n"] <= 66_000
    assert Answer.objects.filter(programme__isnull=False).count() >= 150
    assert Answer.objects.filter(course__isnull=False).exists()
    assert Invitation.objects.exists()
    assert not Invitation.objects.filter(school__is_demo=False).exists()
    assert [str(difference) for difference in audit.all_differences()] == []
    assert 50_000 <= Visit.objects.in_year(2025).aggregate(n=Sum("count"))["n"] <= 66_000
    statuses = set(SchoolBooking.objects.values_list("status", flat=True))
    assert {"confirmed", "cancelled", "waiting"} <= statuses
    assert SchoolBooking.objects.filter(owed_ore__gt=0).exists()
    assert Arrival.objects.filter(status="no_show").exists()
    assert [made.objects.filter(is_demo=True).count() for made in (RoomOffer, ConferencePackage, AddOn)] == [
        3,
        4,
        7,
    ]
    pictures = RoomPicture.objects.order_by("offer__room__slug", "position")
    assert [(one.offer.room.slug, one.position, one.renditions.count()) for one in pictures] == [
        (slug, position, 3) for slug in ("horsal-a", "horsal-b", "horsalen") for position in (1, 2)
    ]
    assert all(one.alt_sv.startswith("Demo, ritad plan: Hörsalen") for one in pictures)
    assert set(Reservation.objects.values_list("status", flat=True)) == {
        "option",
        "quoted",
        "unpaid",
        "confirmed",
        "cancelled",
    }
    assert 36 <= Reservation.objects.count() <= 41
    _assert_the_door_says_about_what_the_desk_does()
    _assert_nothing_is_overbooked()


def _assert_the_door_says_about_what_the_desk_does() -> None:
    assert Counter.objects.get().is_demo
    assert Correction.objects.count() == 1
    for day in days.between(dt.date(2026, 11, 1), dt.date(2026, 11, 22)):
        assert day.is_counted
        assert 0.85 * day.registered - 5 <= day.corrected <= 1.15 * day.registered + 20


def _assert_nothing_is_overbooked() -> None:
    over = [
        session
        for session in Session.objects.with_places(NOW).select_related("occasion")
        if session.held_places > session.occasion.capacity
        or session.held_groups > session.occasion.max_groups
    ]
    assert over == []
    waited_for = (
        Session.objects.with_places(NOW).filter(bookings__status="waiting").select_related("occasion")
    )
    assert all(session.held_groups >= session.occasion.max_groups for session in waited_for)
    lunches = Occasion.objects.of_kind("lunch").annotate(
        seats=Sum("lunch_bookings__pupils") + Sum("lunch_bookings__adults")
    )
    assert [lunch for lunch in lunches if (lunch.seats or 0) > lunch.capacity] == []


class Enough(Exception):
    """The year is far enough along; what was made of it is rolled back."""


def _begun(seed: int) -> list[object]:
    """What the digest says once the classes have come, of a year that is given up there."""
    said: list[object] = []

    def progress(line: str) -> None:
        if line == "Courses, clubs and conferences":
            said.extend(_digest())
            raise Enough

    with pytest.raises(Enough):
        year.build(seed=seed, now=NOW, progress=progress, scale=0.05)
    return said


def test_the_same_seed_gives_the_same_year_and_another_seed_another():
    _, other_bookings, other_visits, other_sessions, *_ = _begun(seed=8)
    _build(seed=7, scale=0.05)
    first = _digest()
    year.wipe()
    _build(seed=7, scale=0.05)
    assert _digest() == first
    _, bookings, visits, sessions, *_ = first
    assert other_bookings != bookings
    assert other_sessions != sessions
    assert other_visits
    assert not {*other_visits} <= {*visits}


def test_demo_leaves_a_database_in_use_alone(settings):
    settings.DEMO_ALLOWED = True
    User.objects.create_user("real@navet.example", "x" * 14, name="Real")
    call_command("demo", if_empty=True)
    with pytest.raises(CommandError, match="There is data here already"):
        call_command("demo")
    assert list(User.objects.values_list("name", flat=True)) == ["Real"]


def test_demo_refuses_where_it_is_not_allowed(settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="embedded mode"):
        call_command("demo")
    assert User.objects.count() == 0


def test_logins_name_every_role_once(capsys):
    call_command("demo", logins=True)
    printed = capsys.readouterr().out
    assert all(address in printed for _, address, _ in people.logins())
    assert len(people.logins()) == 8
