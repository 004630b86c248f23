"""Planning, moving and cancelling: what is held, what is refused, and what is told to whom."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import translation

from navet import periods
from navet.accounts.roles import Role
from navet.house import operations, refusals
from navet.house.models import Cell, Closure, Duty, Occasion, RoomUse
from tests.navet.house import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english_and_open(transactional_db=None):
    making.open_weekdays()
    with translation.override("en"):
        yield


@pytest.fixture
def planner():
    return making.acting(making.user("planner@navet.test", Role.PLANNER))


def test_plan_holds_every_cell_with_the_turnaround_inside(planner):
    hall, _, _ = making.divisible_hall()
    teacher = making.user("ada@navet.test", Role.EDUCATOR)
    occasion = making.plan(rooms=(hall,), educators=(teacher,), by=planner)

    uses = RoomUse.objects.filter(occasion=occasion).order_by("cell")
    assert [use.cell_id for use in uses] == sorted(cell.pk for cell in hall.cells.all())
    assert {use.period for use in uses} == {making.hours(end="10:15")}
    assert [duty.period for duty in occasion.duties.all()] == [making.hours()]
    assert occasion.created_by == planner.user


def test_plan_refuses_a_taken_room_and_names_the_other_to_staff(planner):
    kuben = making.room("kuben")
    other = making.plan(rooms=(kuben,), title="Ljus")
    with pytest.raises(refusals.RoomTaken) as refused:
        making.plan(making.hours(start="09:30", end="10:30"), rooms=(kuben,), by=planner)
    assert refused.value.extra == {
        "room": "Kuben room",
        "time": "09:00–10:15",
        "other": "Ljus (en)",
        "other_id": other.pk,
    }
    assert "Ljus (en)" in str(refused.value)
    assert Occasion.objects.count() == 1


def test_plan_does_not_tell_outsiders_who_has_the_room():
    kuben = making.room("kuben")
    making.plan(rooms=(kuben,), title="Ljus")
    with pytest.raises(refusals.RoomTaken) as refused:
        making.plan(rooms=(kuben,))
    assert refused.value.extra == {"room": "Kuben room", "time": "09:00–10:15"}
    assert "Ljus" not in str(refused.value)


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        ("10:15", "11:00", True),  # as the turnaround ends
        ("10:14", "11:00", False),
        ("10:00", "11:00", False),
        ("08:00", "08:45", True),  # its own turnaround ends as the other begins
        ("08:00", "08:46", False),
        ("08:30", "12:00", False),
        ("09:15", "09:30", False),
    ],
)
def test_the_turnaround_is_part_of_the_use(start, end, fits):
    kuben = making.room("kuben")
    making.plan(rooms=(kuben,))
    if fits:
        making.plan(making.hours(start=start, end=end), rooms=(kuben,))
        return
    with pytest.raises(refusals.RoomTaken):
        making.plan(making.hours(start=start, end=end), rooms=(kuben,))


def test_a_half_is_taken_when_the_hall_is_and_the_other_way_round():
    hall, east, west = making.divisible_hall()
    making.plan(rooms=(hall,))
    with pytest.raises(refusals.RoomTaken):
        making.plan(rooms=(west,))
    later = making.hours(start="13:00", end="14:00")
    making.plan(later, rooms=(east,))
    making.plan(later, rooms=(west,))
    with pytest.raises(refusals.RoomTaken):
        making.plan(later, rooms=(hall,))


def test_rooms_that_share_cells_are_held_once_with_the_longest_turnaround():
    cell = Cell.objects.create(name="shared")
    small = making.room("small", cell, turnaround=5)
    large = making.room("large", cell, Cell.objects.create(name="more"), turnaround=30)
    occasion = making.plan(rooms=(small, large))
    assert [(use.cell.name, use.period.upper) for use in occasion.room_uses.order_by("cell")] == [
        ("shared", making.hours(end="10:30").upper),
        ("more", making.hours(end="10:30").upper),
    ]


def test_plan_refuses_a_busy_educator_and_names_the_other_to_staff(planner):
    ada = making.user("ada@navet.test", Role.EDUCATOR)
    making.plan(title="Ljus", educators=(ada,))
    with pytest.raises(refusals.EducatorBusy) as refused:
        making.plan(educators=(ada,), by=planner)
    assert refused.value.extra["educator"] == "Ada"
    assert refused.value.extra["other"] == "Ljus (en)"
    with pytest.raises(refusals.EducatorBusy) as refused:
        making.plan(educators=(ada,))
    assert refused.value.extra == {}


def test_an_educator_may_go_straight_to_the_next_occasion():
    ada = making.user("ada@navet.test", Role.EDUCATOR)
    making.plan(educators=(ada,))
    making.plan(making.hours(start="10:00", end="11:00"), educators=(ada,))
    assert Duty.objects.filter(holds=True).count() == 2


def test_plan_refuses_an_educator_who_has_left():
    ada = making.user("ada@navet.test", Role.EDUCATOR)
    ada.is_active = False
    ada.save()
    with pytest.raises(refusals.EducatorInactive, match="Ada"):
        making.plan(educators=(ada,))


@pytest.mark.parametrize("sabotage", ["delete", "retire", "empty"])
def test_plan_refuses_a_room_nobody_can_use(sabotage):
    kuben = making.room("kuben")
    refusal = refusals.RoomWithoutCells
    if sabotage == "delete":
        kuben.pk, refusal = kuben.pk + 1000, refusals.NoSuchRoom
    elif sabotage == "retire":
        kuben.is_active, refusal = False, refusals.RoomInactive
        kuben.save()
    else:
        kuben.cells.clear()
    with pytest.raises(refusal):
        making.plan(rooms=(kuben,))
    assert not Occasion.objects.exists()


_START = periods.at(making.TUESDAY, dt.time(9))


@pytest.mark.parametrize(
    "period",
    [
        DateTimeTZRange(None, _START),
        DateTimeTZRange(_START, None),
        DateTimeTZRange(_START, _START),
        DateTimeTZRange(empty=True),
        DateTimeTZRange(_START, _START + dt.timedelta(hours=1), "[]"),
        DateTimeTZRange(_START, _START + dt.timedelta(days=32)),
        DateTimeTZRange(_START.replace(tzinfo=None), _START.replace(tzinfo=None) + dt.timedelta(hours=1)),
    ],
    ids=["no start", "no end", "no length", "empty", "closed end", "too long", "no time zone"],
)
def test_plan_refuses_a_bad_period(period):
    with pytest.raises(refusals.BadPeriod):
        making.plan(period)


def test_plan_refuses_a_period_that_ends_before_it_starts():
    with pytest.raises(refusals.BadPeriod):
        making.plan(DateTimeTZRange(_START, _START - dt.timedelta(hours=1)))


@pytest.mark.parametrize(
    ("start", "end"), [("07:59", "09:00"), ("16:30", "17:01"), ("06:00", "07:00"), ("18:00", "19:00")]
)
def test_plan_refuses_outside_the_opening_hours(start, end):
    with pytest.raises(refusals.OutsideOpeningHours, match="08:00–17:00") as refused:
        making.plan(making.hours(start=start, end=end))
    assert refused.value.extra == {"hours": ["08:00–17:00"]}


def test_plan_refuses_past_midnight():
    with pytest.raises(refusals.OutsideOpeningHours):
        making.plan(making.hours(start="16:00", end="09:00", last=making.TUESDAY + dt.timedelta(days=1)))


def test_plan_refuses_a_weekend_without_hours():
    with pytest.raises(refusals.OutsideOpeningHours, match="not open"):
        making.plan(making.hours(dt.date(2026, 3, 7)))


def test_plan_refuses_a_public_holiday_by_its_name():
    with pytest.raises(refusals.HouseClosed) as refused:
        making.plan(making.hours(dt.date(2026, 4, 3)))
    assert refused.value.extra == {"reason": "Långfredagen"}


def test_plan_refuses_a_closed_day_with_its_reason():
    Closure.objects.create(days=periods.date_range(making.TUESDAY, making.TUESDAY), reason="Inventering")
    with pytest.raises(refusals.HouseClosed, match="Inventering"):
        making.plan()


def test_a_closed_half_closes_the_hall_but_not_the_other_half():
    hall, east, west = making.divisible_hall()
    Closure.objects.create(
        days=periods.date_range(making.TUESDAY, making.TUESDAY), reason="Golvslipning", room=east
    )
    for closed in (hall, east):
        with pytest.raises(refusals.RoomClosed, match="Golvslipning"):
            making.plan(rooms=(closed,))
    assert making.plan(rooms=(west,)).pk


def test_a_planner_may_override_closed_days_and_the_reason_is_kept(planner):
    night = making.hours(dt.date(2026, 4, 3), "19:00", "21:00")
    occasion = making.plan(night, override_reason="Stjärnkväll", by=planner)
    assert occasion.override_reason == "Stjärnkväll"


def test_a_planner_may_not_override_a_taken_room(planner):
    kuben = making.room("kuben")
    making.plan(rooms=(kuben,))
    with pytest.raises(refusals.RoomTaken):
        making.plan(rooms=(kuben,), override_reason="Vi får plats", by=planner)


@pytest.mark.parametrize("role", [None, Role.DESK, Role.EDUCATOR, Role.CONFERENCE_HOST, Role.MANAGEMENT])
def test_nobody_but_a_planner_overrides(role):
    by = making.acting(making.user("x@navet.test", role)) if role else None
    with pytest.raises(refusals.OverrideNotAllowed):
        making.plan(override_reason="Jag vill", by=by)


def test_internal_work_goes_on_while_the_house_is_closed():
    assert making.plan(making.hours(dt.date(2026, 4, 3)), kind=Occasion.Kind.INTERNAL).pk


def test_move_takes_the_new_time_and_frees_the_old(planner):
    kuben = making.room("kuben")
    ada = making.user("ada@navet.test", Role.EDUCATOR)
    occasion = making.plan(rooms=(kuben,), educators=(ada,))
    afternoon = making.hours(start="13:00", end="14:00")
    moved = operations.move_occasion(occasion, period=afternoon, by=planner, at=making.NOW)

    assert (moved.period, moved.version) == (afternoon, 2)
    assert [use.period for use in moved.room_uses.all()] == [making.hours(start="13:00", end="14:15")]
    assert [duty.period for duty in moved.duties.all()] == [afternoon]
    making.plan(rooms=(kuben,), educators=(ada,))


def test_move_by_a_few_minutes_does_not_clash_with_itself():
    kuben = making.room("kuben")
    occasion = making.plan(rooms=(kuben,))
    moved = operations.move_occasion(
        occasion, period=making.hours(start="09:10", end="10:10"), by=None, at=making.NOW
    )
    assert moved.starts_at == making.hours(start="09:10").lower


def test_a_refused_move_changes_nothing():
    kuben, smaland = making.room("kuben"), making.room("smaland")
    making.plan(rooms=(smaland,))
    occasion = making.plan(rooms=(kuben,))
    with pytest.raises(refusals.RoomTaken):
        operations.move_occasion(occasion, rooms=[smaland], by=None, at=making.NOW)
    occasion.refresh_from_db()
    assert occasion.version == 1
    assert [use.room for use in occasion.room_uses.all()] == [kuben]


def test_move_changes_only_the_educators_when_asked_so():
    kuben = making.room("kuben")
    ada, bo = making.user("ada@navet.test"), making.user("bo@navet.test")
    occasion = making.plan(rooms=(kuben,), educators=(ada,))
    moved = operations.move_occasion(occasion, educators=[bo], by=None, at=making.NOW)
    assert [duty.educator for duty in moved.duties.all()] == [bo]
    assert operations.rooms_of(moved) == [kuben]


def test_changing_the_educator_keeps_an_overridden_time(planner):
    night = making.hours(start="19:00", end="21:00")
    occasion = making.plan(night, override_reason="Stjärnkväll", by=planner)
    bo = making.user("bo@navet.test")
    moved = operations.move_occasion(occasion, educators=[bo], by=None, at=making.NOW)
    assert moved.override_reason == "Stjärnkväll"


def test_cancel_frees_the_room_and_the_educator():
    kuben, ada = making.room("kuben"), making.user("ada@navet.test")
    occasion = making.plan(rooms=(kuben,), educators=(ada,))
    cancelled = operations.cancel_occasion(occasion, reason="Sjukdom", by=None, at=making.NOW)
    assert (cancelled.status, cancelled.cancelled_at, cancelled.cancel_reason) == (
        Occasion.Status.CANCELLED,
        making.NOW,
        "Sjukdom",
    )
    making.plan(rooms=(kuben,), educators=(ada,))


def test_cancel_twice_is_once_and_a_cancelled_occasion_does_not_move():
    occasion = making.plan()
    operations.cancel_occasion(occasion, by=None, at=making.NOW)
    again = operations.cancel_occasion(occasion, by=None, at=making.NOW + dt.timedelta(hours=1))
    assert (again.cancelled_at, again.version) == (making.NOW, 2)
    with pytest.raises(refusals.OccasionIsCancelled):
        operations.move_occasion(occasion, period=making.hours(), by=None, at=making.NOW)


def test_lock_refuses_what_does_not_exist():
    with transaction.atomic(), pytest.raises(refusals.NoSuchOccasion):
        operations.lock(4711)


def test_the_constraints_hold_without_the_operation():
    kuben, ada = making.room("kuben"), making.user("ada@navet.test")
    occasion = making.plan(rooms=(kuben,), educators=(ada,))
    use = occasion.room_uses.get()
    with pytest.raises(IntegrityError, match="one_party_in_a_cell_at_a_time"), transaction.atomic():
        RoomUse.objects.create(occasion=occasion, room=kuben, cell_id=use.cell_id, period=making.hours())
    with pytest.raises(IntegrityError, match="one_educator_in_one_place_at_a_time"), transaction.atomic():
        Duty.objects.create(occasion=occasion, educator=ada, period=making.hours())


def test_planning_takes_as_many_queries_for_three_rooms_as_for_one(django_assert_num_queries):
    rooms = [making.room(f"room-{n}") for n in range(4)]
    people = [making.user(f"e{n}@navet.test") for n in range(4)]
    making.plan(making.hours(start="08:00", end="08:30"), rooms=rooms[:1], educators=people[:1])
    counted = []
    for n, start in ((1, "10"), (4, "12")):
        period = making.hours(start=f"{start}:00", end=f"{start}:30")
        with _count() as queries:
            making.plan(period, rooms=rooms[:n], educators=people[:n])
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 16


def _count():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)
