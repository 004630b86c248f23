"""What is on the wheel, who sees it, who writes on it, and what calendars are told."""

import datetime as dt

import icalendar
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from bookings.courses.operations import planning as course_planning
from bookings.leisure.operations import planning as leisure_planning
from bookings.wheel import dates, operations, sources
from bookings.wheel.items import Item, Kind
from bookings.wheel.models import Entry
from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.directory.models import Municipality, SchoolPeriod
from navet.house import feeds
from navet.house.models import Closure
from tests.bookings.courses import lessons
from tests.bookings.leisure import clubs
from tests.bookings.schools import plans
from visitors.models import Visit

pytestmark = pytest.mark.django_db
NOW = plans.NOW
WHEEL = "/planering/arshjul/"
YEAR = (dt.date(2026, 1, 1), dt.date(2027, 1, 1))


@pytest.fixture(autouse=True)
def _this_morning(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW, tick=False):
        yield


def staff(role: str) -> User:
    found = User.objects.filter(email=f"{role}@navet.test").first()
    return found or User.objects.create_user(f"{role}@navet.test", "ett-langt-losenord-1", name=role, roles=[role])  # fmt: skip


def client(role: str = "planner", language: str = "en") -> Client:
    browser = Client(headers={"accept-language": language})
    browser.force_login(staff(role))
    return browser


def words(**changed) -> operations.Words:
    facts = {
        "kind": "campaign", "title_sv": "Rymdveckan", "title_en": "Space week", "first": dt.date(2026, 10, 5),
        "last": dt.date(2026, 10, 11), "note": "Affischer v. 38", "audience": "staff",
    }  # fmt: skip
    return operations.Words(**facts | changed)


def add(**changed) -> Entry:
    return operations.add(words(**changed), by=Actor(user=staff("planner")), at=NOW)


def seen(role: str = "planner", days=YEAR, **more) -> list[Item]:
    with override("en"):
        return sources.items(*days, who=Actor(user=staff(role)), **more)


def of(kind: Kind, role: str = "planner") -> list[tuple[str, dt.date, dt.date]]:
    return [(one.title, one.first, one.last) for one in seen(role) if one.kind == kind]


def a_year() -> None:
    """Something of every kind."""
    room = plans.house()
    programme = plans.programme(room)
    release = periods.at(dt.date(2026, 2, 2), dt.time(8))
    for day in (3, 10, 17):
        plans.create(programme, room, day=dt.date(2026, 3, day), release_at=release)
    plans.create(programme, room, day=dt.date(2026, 3, 24))  # at once: never kept back
    autumn = periods.at(dt.date(2026, 5, 4), dt.time(8))
    plans.create(programme, room, day=dt.date(2026, 9, 8), release_at=autumn)
    lessons.round_(lessons.course(title_en="AI"), least=5, decide_by=dt.date(2026, 2, 20))
    clubs.group(clubs.club(title_en="Robots"), day=dt.date(2026, 3, 5), closes_at=clubs.CLOSES)
    clubs.group(clubs.club(title_en="Chess"), day=dt.date(2026, 3, 6), closes_at=clubs.CLOSES)
    boras = Municipality.objects.get_or_create(code="1490", defaults={"name": "Borås"})[0]
    mark = Municipality.objects.get_or_create(code="1463", defaults={"name": "Mark"})[0]
    winter = periods.date_range(dt.date(2026, 2, 9), dt.date(2026, 2, 13))
    for place in (boras, mark):
        SchoolPeriod.objects.create(municipality=place, kind="break", name="Sportlov", days=winter)
    Closure.objects.create(
        days=periods.date_range(dt.date(2026, 8, 3), dt.date(2026, 8, 9)), reason="Golvet slipas"
    )
    add()


def test_the_year_is_read_where_it_lives(settings):
    settings.YEAR_WHEEL = settings.YEAR_WHEEL | {"municipal": ["05-20=Delårsrapport"]}
    a_year()
    day = dt.date
    assert of(Kind.RELEASE) == [
        ("Spring term 2026 can be booked", day(2026, 2, 2), day(2026, 2, 2)),
        ("Autumn term 2026 can be booked", day(2026, 5, 4), day(2026, 5, 4)),
    ]
    assert [one.note for one in seen() if one.kind == Kind.RELEASE] == ["3 sessions", "1 session"]
    assert of(Kind.COURSE) == [("Decide: AI", day(2026, 2, 20), day(2026, 2, 20))]
    window, draw = of(Kind.LEISURE)
    assert window == ("Applications to leisure groups", day(2026, 1, 5), periods.local_day(clubs.CLOSES))
    assert draw[0] == "Draw of leisure groups"
    assert {one.note for one in seen() if one.kind == Kind.LEISURE} == {"Robots, Chess"}
    assert of(Kind.BREAK) == [("Sportlov", day(2026, 2, 9), day(2026, 2, 13))]
    closed = of(Kind.CLOSED)
    assert ("Closed: The house", day(2026, 8, 3), day(2026, 8, 9)) in closed
    assert ("Midsommarafton", day(2026, 6, 19), day(2026, 6, 19)) in closed
    assert [one[1] for one in of(Kind.REPORTING)] == [day(2026, 4, 30), day(2026, 5, 20), day(2026, 8, 31), day(2026, 12, 31)]  # fmt: skip
    assert of(Kind.OWN) == [("Space week", day(2026, 10, 5), day(2026, 10, 11))]
    firsts = [one.first for one in seen()]
    assert firsts == sorted(firsts)


def test_weeks_with_many_conferences_are_said(settings):
    settings.YEAR_WHEEL = settings.YEAR_WHEEL | {"conferences_a_week": 2}
    from navet.house.models import Occasion

    def conference(day: int, month: int = 3, **more) -> None:
        at = periods.at(dt.date(2026, month, day), dt.time(9))
        facts = {"kind": "conference", "title_sv": "K", "title_en": "C"}
        Occasion.objects.create(period=periods.period(at, at + dt.timedelta(hours=7)), **facts | more)

    conference(2), conference(6), conference(11)
    conference(12, holds_until=NOW + dt.timedelta(days=1))  # an option is not yet a conference
    assert of(Kind.CONFERENCE) == [("Many conferences", dt.date(2026, 3, 2), dt.date(2026, 3, 8))]


def test_a_date_that_cannot_be_is_found_when_the_house_starts(settings):
    settings.YEAR_WHEEL = {"tertial": ["04-30", "02-29"], "municipal": ["13-01=X"], "conferences_a_week": 0}
    assert [fault.id for fault in dates.settings_are_dates()] == ["wheel.E001"]
    assert [one.first for one in dates.of_years(*YEAR)] == [dt.date(2026, 4, 30)]


def test_the_wheel_takes_as_many_queries_whatever_is_on_it(django_assert_max_num_queries):
    staff("planner")
    with django_assert_max_num_queries(8):  # one of them asks for the planner
        seen()
    a_year()
    for n in range(5):
        add(title_sv=f"Kampanj {n}")
    with django_assert_max_num_queries(8):
        seen()
    browser = client()
    browser.get(WHEEL)
    with django_assert_max_num_queries(10):
        browser.get(WHEEL)


# --- Who sees and who writes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees", "writes"),
    [
        ("management", 200, 200),
        ("planner", 200, 200),
        ("educator", 200, 403),
        ("desk", 403, 403),
        ("finance", 403, 403),
        ("administrator", 403, 403),
    ],
)
def test_who_sees_and_who_writes(role, sees, writes):
    entry = add()
    browser = client(role)
    assert browser.get(WHEEL).status_code == sees
    assert browser.get(f"{WHEEL}ny/").status_code == writes
    assert browser.get(f"{WHEEL}{entry.pk}/").status_code == writes
    assert browser.get(f"{WHEEL}{entry.pk}/ta-bort/").status_code == writes
    page = browser.get(WHEEL).content.decode()
    assert (f'href="{WHEEL}{entry.pk}/"' in page) == (writes == 200)
    token = feeds.token_of(staff(role))
    assert browser.get(f"/kalender/arshjul/{token}.ics").status_code == (200 if sees == 200 else 404)


def test_an_entry_for_planning_is_hidden_from_educators():
    add(title_en="Secret", title_sv="Hemligt", audience="planning")
    add()
    assert [one[0] for one in of(Kind.OWN, "educator")] == ["Space week"]
    assert {one[0] for one in of(Kind.OWN)} == {"Space week", "Secret"}
    assert list(Entry.objects.visible_to(Actor(user=staff("desk")))) == []
    token = feeds.token_of(staff("educator"))
    assert "Hemligt" not in Client().get(f"/kalender/arshjul/{token}.ics").content.decode()


def test_an_entry_is_written_changed_and_taken_off():
    browser = client()
    fields = {
        "kind": "event", "title_sv": "Öppet hus", "first": "2026-05-09", "last": "2026-05-10", "note": "", "audience": "staff",
    }  # fmt: skip
    assert browser.post(f"{WHEEL}ny/", fields).status_code == 302
    entry = Entry.objects.get()
    assert (entry.title_en, entry.last, entry.changed_by) == ("Öppet hus", dt.date(2026, 5, 10), staff("planner"))  # fmt: skip
    form = browser.get(f"{WHEEL}{entry.pk}/").context["form"]
    assert form["seen"].value() == 0
    changed = fields | {"last": "2026-05-11", "seen": 0}
    assert browser.post(f"{WHEEL}{entry.pk}/", changed).status_code == 302
    again = browser.post(f"{WHEEL}{entry.pk}/", changed)
    assert again.status_code == 422
    assert "changed it meanwhile" in again.content.decode()
    assert browser.post(f"{WHEEL}{entry.pk}/ta-bort/", {"seen": "0"}).status_code == 409
    assert browser.post(f"{WHEEL}{entry.pk}/ta-bort/", {"seen": "1"}).status_code == 302
    assert browser.get(f"{WHEEL}{entry.pk}/").status_code == 404
    assert of(Kind.OWN) == []
    assert Entry.objects.get().removed_at == NOW
    labels = Entry.events.field.model.objects.order_by("pgh_id").values_list("version", "pgh_label")
    assert list(labels) == [(0, "insert"), (1, "update"), (2, "update")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title_sv": " "}, "This field is required."),
        ({"first": "2026-02-30"}, "Enter a valid date."),
        ({"first": "1999-01-01"}, "between the years 2000 and 2100"),
        ({"last": "2026-05-08"}, "The last day is before the first."),
        ({"last": "2027-05-10"}, "a year at most"),
        ({"kind": "party"}, "not one of the available choices"),
        ({"note": "x" * 301}, "at most 300 characters"),
        ({"brings": "20"}, "or leave all three empty"),
        ({"brings_unit": "percent", "brings_of": "visitors"}, "or leave all three empty"),
        ({"brings": "301", "brings_unit": "percent", "brings_of": "visitors"}, "−100 to 300"),
        ({"brings": "0", "brings_unit": "heads", "brings_of": "visitors"}, "0 is left empty"),
        ({"brings": "många", "brings_unit": "heads", "brings_of": "visitors"}, "Enter a whole number."),
    ],
)
def test_what_cannot_be_written_is_said(changed, said):
    fields = {"kind": "event", "title_sv": "Öppet hus", "first": "2026-05-09", "last": "2026-05-10", "audience": "staff"}  # fmt: skip
    answer = client().post(f"{WHEEL}ny/", fields | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Entry.objects.exists()


def test_the_database_holds_what_an_entry_is():
    entry = add()
    for wrong in (
        {"brings": 5},
        {"brings": 301, "brings_unit": "percent", "brings_of": "pupils"},
        {"brings_unit": "heads", "brings_of": "pupils"},
        {"title_en": ""},
        {"days": "empty"},
        {"days": "(,2026-01-01)"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(**wrong)


# --- The page -----------------------------------------------------------------------------------------------------


def test_the_page_shows_the_year_asked_for_and_the_kinds():
    a_year()
    browser = client("educator")
    page = browser.get(WHEEL).content.decode()
    assert "Year wheel 2026" in page
    assert "Sportlov" in page
    assert "Borås, Mark" in page
    assert page.count('class="wheel__month') == 12
    narrowed = browser.get(f"{WHEEL}?period=2026-2027&slag=own").content.decode()
    assert "Year wheel 2026/27" in narrowed
    assert "Space week" in narrowed
    assert "Sportlov" not in narrowed
    assert "Nothing of these kinds" in browser.get(f"{WHEEL}?period=2024&slag=own").content.decode()


@pytest.mark.parametrize("query", ["period=1999", "period=x", "period=2026-2028", "slag=fest"])
def test_what_cannot_be_asked_is_said(query):
    assert client().get(f"{WHEEL}?{query}").status_code == 400


def test_demo_entries_say_so():
    add()
    Entry.objects.update(is_demo=True)
    page = client().get(WHEEL).content.decode()
    assert ">Demo<" in page


# --- The calendar -------------------------------------------------------------------------------------------------


def events(role: str = "planner") -> dict[str, icalendar.Event]:
    answer = Client().get(f"/kalender/arshjul/{feeds.token_of(staff(role))}.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.content)
    return {str(event["uid"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}


def test_a_calendar_keeps_its_uids_and_learns_of_changes_and_cancellations():
    a_year()
    entry = Entry.objects.get()
    uid = f"wheel-entry-{entry.pk}"
    before = events()
    assert len(before) == len(seen(days=(dt.date(2025, 11, 13), dt.date(2027, 2, 16))))
    assert (before[uid]["dtstart"].dt, before[uid]["dtend"].dt) == (dt.date(2026, 10, 5), dt.date(2026, 10, 12))  # fmt: skip
    by = Actor(user=staff("planner"))
    operations.change(entry.pk, words(last=dt.date(2026, 10, 18)), seen=0, by=by, at=NOW)
    changed = events()
    assert changed.keys() == before.keys()
    assert (int(before[uid]["sequence"]), int(changed[uid]["sequence"])) == (0, 1)
    assert changed[uid]["dtend"].dt == dt.date(2026, 10, 19)
    operations.remove(entry.pk, seen=1, by=by, at=NOW)
    course = next(uid for uid in before if uid.startswith("wheel-course-"))
    course_planning.call_off(int(course.rpartition("-")[2]), reason="För få", by=by, at=NOW)
    group = next(uid for uid in before if uid.startswith("wheel-leisure-window-"))
    leisure_planning.call_off(int(group.rpartition("-")[2]), reason="Ledaren är sjuk", by=by, at=NOW)
    after = events()
    off = {uid for uid, event in after.items() if event["status"] == "CANCELLED"}
    assert {uid, course, group} <= off
    assert [int(after[one]["sequence"]) for one in (uid, course, group)] == [2, 1, 1]
    assert all(event["status"] == "CONFIRMED" for event in before.values())


def test_what_is_moved_keeps_its_uid_and_says_when_and_how_often_it_changed():
    """RFC 5545: UID stays, SEQUENCE rises by one for each change, LAST-MODIFIED and DTSTAMP are of the change; what is gone is gone."""
    closed = Closure.objects.create(
        days=periods.date_range(dt.date(2026, 8, 3), dt.date(2026, 8, 9)), reason="Golvet"
    )
    entry = add()
    own, closure = f"wheel-entry-{entry.pk}", f"wheel-closure-{closed.pk}"

    def told(day: int) -> dict[str, tuple]:
        with time_machine.travel(NOW + dt.timedelta(days=day), tick=False):
            found = events()
        assert all(event["dtstamp"].dt == event["last-modified"].dt for event in found.values())
        return {
            uid: (
                event["dtstart"].dt,
                event["dtend"].dt,
                int(event["sequence"]),
                (event["last-modified"].dt - NOW).days,
            )
            for uid, event in found.items()
            if uid in (own, closure)
        }

    day = dt.date
    before = {
        own: (day(2026, 10, 5), day(2026, 10, 12), 0, 0),
        closure: (day(2026, 8, 3), day(2026, 8, 10), 0, 0),
    }
    assert told(0) == told(1) == before
    at = NOW + dt.timedelta(days=2)
    moved = words(first=day(2026, 10, 12), last=day(2026, 10, 18))
    operations.change(entry.pk, moved, seen=0, by=Actor(user=staff("planner")), at=at)
    for n in range(1, 3):  # to another week and back: a change each
        closed.days = periods.date_range(day(2026, 8, 3 + 7 * (n % 2)), day(2026, 8, 9 + 7 * (n % 2)))
        closed.save()
        begin = closed.days.lower
        expected = (begin, begin + dt.timedelta(days=7), n, 2 + n)
        assert told(2 + n) == {own: (day(2026, 10, 12), day(2026, 10, 19), 1, 2), closure: expected}
    assert told(9)[closure] == expected
    closed.delete()
    assert told(10).keys() == {own}


def test_a_lost_address_is_made_worthless():
    user = staff("planner")
    lost = feeds.token_of(user)
    user.set_password("ett-annat-langt-losenord-2")
    user.save()
    assert Client().get(f"/kalender/arshjul/{lost}.ics").status_code == 404
    assert Client().get("/kalender/arshjul/1-0000.ics").status_code == 404


# --- What it is expected to bring ---------------------------------------------------------------------------------


def test_what_an_entry_is_expected_to_bring_is_in_the_forecast_as_it_was_known_on_the_day():
    for year in (2024, 2025):
        for month in range(1, 13):
            day = dt.date(year, month, 12)
            at = periods.at(day, dt.time(10))
            Visit.objects.create(at=at, day=day, leaves_at=at, category="adult", count=1000, source="import")
    browser = client()

    def told(**asked) -> tuple[int, int]:
        boss = client("management")  # a log-in does not last for days
        answer = boss.get("/api/v1/indicators/", asked).json()["indicators"]
        made = next(one["forecast"] for one in answer if one["code"] == "visitors")
        return made["middle"], made["announced"]

    before = told()
    fields = {
        "kind": "exhibition", "title_sv": "Rymden", "first": "2026-09-01", "last": "2026-12-31", "audience": "staff",
        "brings": "25", "brings_unit": "percent", "brings_of": "visitors",
    }  # fmt: skip
    assert browser.post(f"{WHEEL}ny/", fields).status_code == 302
    entry = Entry.objects.get()
    # The history goes by the database's clock.
    Entry.events.field.model.objects.update(pgh_created_at=NOW)
    assert [one.note for one in seen("educator") if one.kind == Kind.OWN] == [
        "+25\N{NO-BREAK SPACE}% Visitors in total"
    ]
    middle, announced = told()
    assert announced == 1000
    assert middle - before[0] == pytest.approx(1000, rel=0.05)  # by this year's pace, which is a little below
    page = client("management").get("/ledning/").text
    assert "<dt>Of which announced</dt><dd>+1,000</dd>" in page
    with time_machine.travel(NOW + dt.timedelta(days=2), tick=False):
        later = told()
        entry.refresh_from_db()
        operations.remove(entry.pk, seen=0, by=Actor(user=staff("planner")), at=NOW + dt.timedelta(days=2))
        assert later[1] == 1000
        assert told()[1] == 0
        assert told(as_of="2026-01-13")[1] == 1000
        assert told(as_of="2026-01-11")[1] == 0
