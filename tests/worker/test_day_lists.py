"""Seven o'clock: who gets the day's list, once, and what it says."""

import datetime as dt
from html import unescape

import pytest
import time_machine

from bookings.schools.operations import booking
from navet import periods
from navet.accounts.models import User
from navet.house.models import Duty, Occasion, Room, RoomUse
from navet.outbox.models import Effect
from tests.bookings.schools import classes
from tests.visitors.making import DAY, MORNING, arrival
from visitors import operations as visitors
from worker import day_lists, operations
from worker.models import Subscription

pytestmark = pytest.mark.django_db
SEVEN = periods.at(DAY, dt.time(7))


@pytest.fixture(autouse=True)
def nobody_to_wake(settings):
    settings.OUTBOX_WAKE = "builtins.dict"


def staff(role: str, email: str = "", **fields) -> User:
    return User.objects.create_user(
        email or f"{role}@navet.example", name=role.title(), roles=[role], **fields
    )


def led_by(educator: User, *, starts_at: dt.datetime = MORNING, **fields) -> Occasion:
    period = (starts_at, starts_at + dt.timedelta(minutes=90))
    number = Occasion.objects.count()
    occasion = Occasion.objects.create(
        kind="school_session", title_sv="Rymden & <månen>", title_en="Space", period=period, **fields
    )
    room = Room.objects.create(slug=f"sal-{number}", name_sv=f"Sal {number}", name_en=f"Hall {number}")
    RoomUse.objects.create(
        occasion=occasion, room=room, cell=room.cells.create(name=str(number)), period=period
    )
    Duty.objects.create(occasion=occasion, educator=educator, period=period)
    return occasion


def promised() -> list[str]:
    return sorted(Effect.objects.filter(key__startswith="day_list:").values_list("key", flat=True))


def at_seven(build, user: User, day: dt.date = DAY):
    with time_machine.travel(SEVEN, tick=False):
        return build(user_id=user.pk, day=day.isoformat())


@pytest.mark.parametrize(
    ("clock", "lists"), [("06:59", 0), ("07:00", 2), ("09:40", 2), ("11:59", 2), ("12:00", 0), ("23:00", 0)]
)
def test_lists_are_promised_from_seven_until_noon(clock, lists):
    staff("desk")
    arrival(occasion=led_by(staff("educator")))
    day_lists.promise_due(periods.at(DAY, dt.time.fromisoformat(clock)))
    assert len(promised()) == lists


def test_each_gets_one_a_day():
    desk, educator = staff("desk"), staff("educator")
    staff("management")
    staff("desk", "slutat@navet.example", is_active=False)
    arrival(occasion=led_by(educator))
    for minutes in (0, 10, 200):
        day_lists.promise_due(SEVEN + dt.timedelta(minutes=minutes))
    assert promised() == [f"day_list:desk_day:{DAY}:{desk.pk}", f"day_list:educator_day:{DAY}:{educator.pk}"]


@pytest.mark.parametrize("summer", [dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2026, 7, 1)])
def test_seven_is_seven_in_boras_whatever_the_season(summer):
    staff("desk")
    arrival(starts_at=periods.at(summer, dt.time(9)))
    assert day_lists.promise_due(periods.at(summer, dt.time(6, 59))) == 0
    assert day_lists.promise_due(periods.at(summer, dt.time(7))) == 1


def test_a_day_without_work_is_silent():
    staff("desk")
    idle = staff("educator")
    led_by(idle, starts_at=MORNING + dt.timedelta(days=1))
    led_by(idle, status="cancelled", cancelled_at=MORNING)
    visitors.withdraw(arrival().code, at=MORNING)
    assert day_lists.promise_due(SEVEN) == 0
    assert at_seven(day_lists.educator_day, idle) is None


def test_a_planner_gets_a_day_when_she_leads_something():
    planner = staff("planner")
    assert day_lists.promise_due(SEVEN) == 0
    led_by(planner)
    assert day_lists.promise_due(SEVEN) == 1


def test_who_declined_gets_none():
    desk, educator = staff("desk"), staff("educator")
    arrival(occasion=led_by(educator))
    assert operations.wanted_by(desk) == ["desk_day"]
    operations.choose(desk, [])
    operations.choose(educator, [])
    assert day_lists.promise_due(SEVEN) == 0
    assert at_seven(day_lists.desk_day, desk) is None
    operations.choose(desk, ["desk_day"])
    assert not Subscription.objects.filter(user=desk).exists()
    assert day_lists.promise_due(SEVEN) == 1


def test_the_desk_s_mail_says_who_comes_where_and_with_what():
    desk, educator = staff("desk"), staff("educator")
    arrival(
        occasion=led_by(educator), label="Altorp <7B>", needs={"wheelchair": 2}, bus_at=dt.time(9, 10),
        lunch_at=MORNING + dt.timedelta(hours=2), contact_name="Maria Lind", contact_phone="+46701740605",
    )  # fmt: skip
    arrival(starts_at=MORNING + dt.timedelta(hours=3), label="Byttorp, 4A")
    visitors.withdraw(arrival(label="Avbokad, 1A").code, at=MORNING)
    mail = at_seven(day_lists.desk_day, desk)
    assert mail.to == ["desk@navet.example"]
    assert mail.subject == "Tors 12 mars: 2 sällskap, 52 personer"
    for text in (mail.text, mail.html):
        for words in (
            "09:30",
            "24 + 2",
            "Sal 0",
            "Educator",
            "Buss 09:10",
            "Lunch 11:30",
            "Rullstol",
            "× 2",
            "Byttorp, 4A",
        ):
            assert words in text, words
        assert "Avbokad" not in text
        assert "Maria" not in text  # who to ring is on the page, for those who are there
        assert "/reception/" in text
        assert "/personal/sammanfattningar/" in text
    assert "Altorp <7B>" in mail.text
    assert "Altorp &lt;7B&gt;" in mail.html
    assert mail.unsubscribe_url.endswith("/personal/sammanfattningar/")


def test_the_desk_s_mail_says_nothing_twice_and_nothing_of_its_own_language():
    desk, occasion = staff("desk"), led_by(staff("educator"))
    arrival(occasion=occasion, label=f"{occasion.title_sv}, Karin Ek")
    mail = at_seven(day_lists.desk_day, desk)
    for text in (mail.text, unescape(mail.html)):
        assert text.count(occasion.title_sv) == 1
        assert ">sv<" not in text
    assert "sv" not in mail.text.split()


def test_an_educator_s_mail_holds_her_own_day_in_her_language():
    ada, other = staff("educator", "ada@navet.example", language="en"), staff("educator", "bo@navet.example")
    late = led_by(ada, starts_at=MORNING + dt.timedelta(hours=4))
    arrival(occasion=led_by(ada), label="Altorp 7B", needs={"calm_space": 1})
    arrival(occasion=led_by(other), label="Inte hennes")
    mail = at_seven(day_lists.educator_day, ada)
    assert mail.subject == "Your day, Thu 12 March: 2 occasions"
    assert "Space" in mail.text
    assert "Hall 1" in mail.text
    assert "Altorp 7B" in mail.html
    assert "Nobody is booked yet." in mail.text
    assert "Inte hennes" not in mail.text + mail.html
    assert mail.text.index("09:30") < mail.text.index("13:30")
    assert late.title_en in mail.html


@pytest.mark.parametrize(
    ("planned", "asked", "told"), [("sv", "sv", False), ("en", "en", True), ("sv", "en", True)]
)
def test_an_educator_s_mail_says_the_language_a_class_asked_for(planned, asked, told):
    ada = staff("educator", "ada@navet.example")
    of = classes.programme(languages=["sv", "en"])
    on = classes.session(of, language=planned)
    Duty.objects.create(occasion=on.occasion, educator=ada, period=on.occasion.period)
    booking.request(on.pk, **classes.proved(language=asked))
    day = periods.local_day(on.occasion.starts_at)
    with time_machine.travel(periods.at(day, dt.time(7)), tick=False):
        mail = day_lists.educator_day(user_id=ada.pk, day=day.isoformat())
    assert [("Engelska" in said) for said in (mail.text, mail.html)] == [told, told]


def test_a_list_that_was_delayed_past_its_day_is_not_sent():
    desk = staff("desk")
    arrival()
    with time_machine.travel(SEVEN + dt.timedelta(days=1), tick=False):
        assert day_lists.desk_day(user_id=desk.pk, day=DAY.isoformat()) is None


def test_a_role_taken_away_since_the_promise_gets_none():
    desk = staff("desk")
    arrival()
    desk.roles = ["finance"]
    desk.save()
    assert at_seven(day_lists.desk_day, desk) is None


@pytest.mark.parametrize("parties", [1, 12])
def test_an_educator_s_mail_takes_a_fixed_number_of_queries(parties, django_assert_max_num_queries):
    ada = staff("educator")
    for n in range(parties):
        arrival(
            occasion=led_by(ada, starts_at=MORNING + dt.timedelta(hours=2 * n % 12, days=0))
            if n < 5
            else None
        )
    with django_assert_max_num_queries(9):
        at_seven(day_lists.educator_day, ada)


def test_a_crowded_day_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(day_lists, "LISTED", 2)
    desk = staff("desk")
    for n in range(4):
        arrival(label=f"Klass {n}")
    mail = at_seven(day_lists.desk_day, desk)
    assert "2 sällskap till finns på sidan." in mail.text
    assert "4 sällskap, 104 personer" in mail.subject
