"""A camp: planned in one form, from one date to another; shown apart; and for the rest given, drawn, paid and led as clubs are."""

import pytest
import time_machine

from bookings.leisure import mails
from bookings.leisure.models import Club, Enrolment, Group
from bookings.leisure.operations import attending, drawing, enrolling, refusals
from navet.house.models import Occasion
from tests.bookings.leisure import clubs
from tests.bookings.leisure.clubs import DRAWN, GUARDIAN, NOW
from tests.bookings.leisure.test_pages import staff, text
from tests.navet.house import making
from visitors.models import Visit

pytestmark = pytest.mark.django_db
NEW = "/planering/fritid/nytt-kollo/"
CAMP = {
    "title_sv": "Rymdkollo på vår", "title_en": "Space camp", "summary_sv": "S", "summary_en": "S", "youngest": "9",
    "oldest": "12", "meals_sv": "Lunch ingår", "meals_en": "Lunch is included", "bring_sv": "Regnkläder",
    "bring_en": "Rainwear", "is_published": "on", "first_date": "2026-03-05", "last_date": "2026-03-10",
    "off": "2026-03-07, 2026-03-08", "begins": "09:00", "ends": "15:00", "other_times": "2026-03-10 9:00–12:00",
    "capacity": "1", "fee": "1500", "closes_at": "2026-01-26T09:00",
}  # fmt: skip


@pytest.fixture(autouse=True)
def now(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW, tick=False):
        yield


def planned(client=None, **fields) -> Group:
    making.open_weekdays()
    made = (client or staff("planner")).post(NEW, CAMP | fields)
    group = Group.objects.get()
    assert made["Location"] == f"/planering/fritid/grupp/{group.pk}/"
    return group


def test_a_planner_makes_a_camp_in_one_form_and_gives_it_again(client):
    by = staff("planner")
    leader, room = clubs.leader(), making.room("labbet")
    group = planned(by, educators=[leader.pk], rooms=[room.pk])
    assert (group.club.slug, group.club.kind, group.fee_ore) == ("rymdkollo-pa-var", "camp", 150_000)
    days = group.occasions()
    assert [(f"{one.starts_at:%d %H}", f"{one.ends_at:%H}") for one in days] == [
        ("05 08", "14"), ("06 08", "14"), ("09 08", "14"), ("10 08", "11"),
    ]  # fmt: skip
    for one in days:
        assert [duty.educator for duty in one.duties.all()] == [leader]
        assert one.room_uses.count() == 1
    club = clubs.club()
    page = text(client.get("/fritid/"))
    assert page.index("<h2>Klubbar</h2>") < page.index(club.title_sv) < page.index("<h2>Kollo/läger</h2>")
    assert page.index("<h2>Kollo/läger</h2>") < page.index("Rymdkollo på vår")
    assert "4 dagar" in page
    assert "Lunch ingår" in text(client.get("/fritid/rymdkollo-pa-var/"))
    again = {name: CAMP[name] for name in ("begins", "ends", "capacity", "fee")}
    again |= {"first_date": "2026-04-07", "last_date": "2026-04-08"}
    by.post("/planering/fritid/rymdkollo-pa-var/grupp/", again)
    assert [one.starts_at.day for one in Group.objects.latest("pk").occasions()] == [7, 8]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"last_date": "2026-03-04"}, "inte före den första"),
        ({"last_date": "2026-04-05"}, "högst 31 dagar"),
        ({"off": "2026-03-20"}, "mellan den första dagen och den sista"),
        ({"first_date": "2026-03-07", "last_date": "2026-03-08"}, "mellan den första dagen och den sista"),
        ({"off": "påsk"}, "giltigt datum"),
        ({"other_times": "2026-03-10 nio till tolv"}, "på en egen rad"),
        ({"other_times": "2026-03-10 25:00-26:00"}, "på en egen rad"),
        ({"other_times": "2026-03-10 12:00-09:00"}, "slutar efter"),
        ({"other_times": "2026-03-07 09:00-12:00"}, "en av kollots dagar"),
        ({"off": ""}, "stängt"),
        (
            {"first_date": "2025-03-05", "last_date": "2025-03-06", "off": "", "other_times": ""},
            "redan varit",
        ),
        ({"slug": "lottning"}, "används av en annan sida"),
        ({"title_sv": "Lottning"}, "en egen adress"),
        ({"title_sv": "!"}, "en egen adress"),
        ({"youngest": "13"}, "3 till 25"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_planned(fields, words):
    making.open_weekdays()
    answer = staff("planner").post(NEW, CAMP | fields)
    assert answer.status_code == 422
    assert words in text(answer)
    assert "Regnkläder" in text(answer)
    assert not Club.objects.exists()
    assert not Occasion.objects.exists()


def test_a_title_that_is_taken_asks_for_another_address():
    by = staff("planner")
    planned(by)
    assert by.post(NEW, CAMP).status_code == 422
    assert by.post(NEW, CAMP | {"slug": "rymd-2", "rooms": []}).status_code == 302


def test_a_camp_is_drawn_queued_paid_and_led_as_a_club_but_nobody_continues():
    group = planned()
    children = [clubs.enrolled(group, contact_email=f"a{n}@hem.example") for n in range(2)]
    with pytest.raises(refusals.NobodyContinues):
        enrolling.set_continues(children[0].code, continues=True, by=clubs.planner(), at=NOW)
    drawing.hold(group.pk, at=DRAWN)
    has = Enrolment.objects.get(queued_at=None)
    waits = Enrolment.objects.exclude(queued_at=None).get()
    enrolling.leave(has.code, by=clubs.planner(), at=DRAWN)
    waits.refresh_from_db()
    assert (waits.has_place(), waits.price_ore) == (True, 150_000)
    with time_machine.travel(DRAWN, tick=False):
        mail = mails.let_in(booking_id=waits.pk)
    assert {
        "Lunch ingår" in mail.text,
        "Regnkläder" in mail.text,
        "1 500 kr" in mail.text.replace("\xa0", " "),
    } == {True}
    for day in group.meetings.all()[:2]:
        attending.take(
            day.pk, present=[waits.pk], listed=[waits.pk], by=clubs.planner(), at=day.occasion.starts_at
        )
    assert (Visit.objects.count(), Visit.objects.values("person").distinct().count()) == (2, 1)


def test_a_child_of_last_years_camp_is_drawn_with_the_others():
    camp = clubs.club(kind="camp")
    before = clubs.group(camp, meetings=2)
    clubs.enrolled(before, contact_email=GUARDIAN, child_name="Ada Ek")
    after = clubs.group(camp, meetings=2, day=clubs.DAY + 8 * clubs.WEEK)
    assert not clubs.enrolled(after, contact_email=GUARDIAN, child_name="Ada Ek").continues
