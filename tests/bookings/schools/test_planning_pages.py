"""Finding and planning in the browser's terms: who may, what is answered, and that bad input changes nothing."""

import datetime as dt
import io
import zipfile

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bookings.schools.models import Programme, Series, Session
from navet.accounts.roles import Role
from tests.bookings.schools import classes, plans
from tests.bookings.schools.plans import DAY, NOW
from tests.navet.house import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def room():
    return plans.house()


@pytest.fixture
def planner(client: Client, settings) -> Client:
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    client.force_login(plans.planner().user)
    return client


def url(name, *args):
    return reverse(f"schools:{name}", args=args)


def test_search_shows_programmes_with_their_next_sessions(client, room):
    programme = plans.programme(room, title_sv="Vattnets väg", grades=["5"])
    session = plans.create(programme, room)
    page = client.get(url("programmes"), {"arskurs": "5", "elever": "24"})
    assert page.status_code == 200
    assert "Vattnets väg" in page.text
    assert f"{url('book', session.pk)}?arskurs=5&amp;elever=24" in page.text
    assert "no-store" in page["Cache-Control"]
    assert "Vattnets väg" not in client.get(url("programmes"), {"arskurs": "7"}).text


def test_the_same_pages_in_english(client, room):
    programme = plans.programme(room, title_en="The journey of water")
    plans.create(programme, room)
    for address in (url("programmes"), url("programme", programme.slug)):
        page = client.get(address, headers={"accept-language": "en"})
        assert "The journey of water" in page.text
        assert "30 places free" in page.text


@pytest.mark.parametrize(
    "query",
    [
        {"elever": "x"},
        {"elever": "0"},
        {"elever": "501"},
        {"elever": "1e9"},
        {"arskurs": "12"},
        {"amne": "'; DROP TABLE"},
        {"sprak": "de"},
        {"fran": "2026-13-01"},
        {"fran": "20260301"},
        {"fran": "1066-10-14"},
        {"till": "9999-12-31"},
        {"fran": "2026-03-02", "till": "2026-03-01"},
        {"fran": "\x00"},
    ],
)
def test_search_with_bad_input_says_so(client, query):
    page = client.get(url("programmes"), query)
    assert page.status_code == 400
    assert "error-summary" in page.text


@pytest.mark.parametrize(
    "query",
    [
        {"manad": "2026-13"},
        {"manad": "2026-00"},
        {"manad": "x"},
        {"manad": "1999-12"},
        {"dag": "2026-02-30"},
        {"dag": "x"},
    ],
)
def test_a_month_that_is_none_is_not_found(client, query):
    assert client.get(url("calendar"), query).status_code == 404


def test_calendar_says_what_is_free_and_shows_a_day(client, room):
    plans.create(plans.programme(room, title_sv="Vattnets väg"), room)
    page = client.get(url("calendar"), {"manad": "2026-03", "dag": DAY.isoformat()})
    assert "calendar__day--free calendar__day--chosen" in page.text
    assert "Vattnets väg" in page.text
    assert "manad=2026-02" in page.text
    assert "manad=2026-04" in page.text


def test_search_comes_in_pages_that_keep_the_filters(client, room):
    for number in range(11):
        plans.programme(room, title_sv=f"Program {number}")
    first = client.get("/skolprogram/", {"arskurs": "5"}).text
    assert (first.count('<article class="card">'), "11 program" in first) == (10, True)
    assert 'href="?arskurs=5&amp;page=2#hits"' in first
    second = client.get("/skolprogram/", {"arskurs": "5", "page": "2"}).text
    assert second.count('<article class="card">') == 1


def test_programme_page_tells_prices_agreements_and_unreleased_times(client, room):
    classes.school()
    programme = plans.programme(room)
    plans.create(programme, room, release_at=NOW + dt.timedelta(days=1))
    page = client.get(url("programme", programme.slug))
    assert "Herrljunga" in page.text
    assert "2\xa0000" in page.text
    assert "schools:book" not in page.text
    assert "/boka/" not in page.text
    Programme.objects.update(is_published=False)
    assert client.get(url("programme", programme.slug)).status_code == 404


STAFF_PAGES = ["planning", "queue", "plan_programmes", "new_programme", "plan_session", "plan_series"]


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_planning_asks_for_the_planners_role(client, settings, name):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    assert client.get(url(name)).status_code == 302
    for role in (Role.DESK, Role.EDUCATOR, Role.FINANCE, Role.ADMINISTRATOR):
        client.force_login(making.user(f"{role}@navet.test", role))
        assert client.get(url(name)).status_code == 403
    client.force_login(plans.planner().user)
    assert client.get(url(name)).status_code == 200


def test_an_educator_sees_her_days_and_nothing_else(client, settings, room):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    programme = plans.programme(room, title_sv="Vattnets väg")
    ada = plans.educator("ada", programme)
    session = plans.create(programme, room, educators=[ada])
    plans.book(session, 20, contact_phone="+46701234567")
    client.force_login(ada)
    page = client.get(url("my_days"), {"first": DAY.isoformat()})
    assert "Vattnets väg" in page.text
    assert "+46701234567" in page.text
    assert client.get(url("session", session.pk)).status_code == 403
    assert client.get(url("my_days"), {"first": "x"}).status_code == 422


def session_data(room, **fields):
    return {"date": DAY.isoformat(), "time": "09:00", "rooms": [room.pk], "language": "sv"} | fields


def test_a_planner_creates_moves_changes_and_cancels_a_session(planner, room):
    programme = plans.programme(room)
    made = planner.post(f"{url('plan_session')}?program={programme.slug}", session_data(room))
    session = Session.objects.get()
    assert made["Location"] == url("session", session.pk)
    version = session.occasion.version
    moved = planner.post(url("move_session", session.pk), session_data(room, time="13:00", version=version))
    assert moved.status_code == 302
    change = {
        "capacity": 20,
        "max_groups": 1,
        "language": "sv",
        "release_at": "2026-02-01T08:00",
        "version": version + 1,
    }
    assert planner.post(url("change_session", session.pk), change).status_code == 302
    assert (
        planner.post(url("change_session", session.pk), change).status_code == 422
    )  # seen before it was changed
    assert planner.post(url("cancel_session", session.pk), {"reason": ""}).status_code == 422
    assert planner.post(url("cancel_session", session.pk), {"reason": "Sjukdom"}).status_code == 302
    assert "Sjukdom" in planner.get(url("session", session.pk)).text


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2026-03-07"},
        {"date": "2025-03-03"},
        {"date": "x"},
        {"time": "25:00"},
        {"time": "16:00"},
        {"rooms": []},
        {"rooms": [999_999]},
        {"rooms": ["x"]},
        {"educators": [999_999]},
        {"capacity": "0"},
        {"capacity": "99999999999999999999"},
        {"language": "de"},
        {"release_at": "x"},
        {"release_at": "2026-12-01T00:00"},
    ],
)
def test_a_session_with_bad_input_is_not_made(planner, room, fields):
    programme = plans.programme(room)
    page = planner.post(f"{url('plan_session')}?program={programme.slug}", session_data(room, **fields))
    assert page.status_code == 422
    assert "error-summary" in page.text
    assert not Session.objects.exists()


def test_a_clash_is_told_with_the_other_partys_name(planner, room):
    programme = plans.programme(room, title_sv="Vattnets väg")
    plans.create(programme, room)
    page = planner.post(f"{url('plan_session')}?program={programme.slug}", session_data(room))
    assert page.status_code == 422
    assert "Vattnets väg”" in page.text


def test_a_series_is_looked_at_then_planned_and_its_gaps_filled(planner, room):
    programme = plans.programme(room)
    plans.create(plans.programme(room), room)
    address = f"{url('plan_series')}?program={programme.slug}"
    data = {
        "first_date": "2026-03-03",
        "last_date": "2026-03-31",
        "weekdays": ["1"],
        "times": "9:00",
        "week_interval": "1",
        "rooms": [room.pk],
        "language": "sv",
    }
    page = planner.post(address, data | {"preview": "1"})
    assert page.status_code == 200
    assert 'name="plan"' in page.text
    assert not Series.objects.exists()
    made = planner.post(address, data | {"plan": "1"})
    series = Series.objects.get()
    assert made["Location"] == url("series", series.pk)
    assert (series.sessions.count(), series.gaps.count()) == (4, 1)
    gap = series.gaps.get()
    assert str(gap.reason) in planner.get(url("series", series.pk)).content.decode()
    assert planner.post(url("fill_gap", gap.pk), session_data(room)).status_code == 422
    assert planner.post(url("fill_gap", gap.pk), session_data(room, time="13:00")).status_code == 302
    assert (
        planner.post(url("release_series", series.pk), {"release_at": "2026-02-01T08:00"}).status_code == 302
    )
    assert planner.post(url("cancel_series", series.pk), {"reason": "Ombyggnad"}).status_code == 302
    assert not Session.objects.filter(series=series, occasion__status="planned").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"times": "9"},
        {"times": "24:00"},
        {"times": ""},
        {"times": "09:00+01:00"},
        {"weekdays": []},
        {"last_date": "2026-03-02"},
        {"last_date": "2099-12-31"},
    ],
)
def test_a_series_with_bad_input_is_not_planned(planner, room, fields):
    programme = plans.programme(room)
    data = {
        "first_date": "2026-03-03",
        "last_date": "2026-03-31",
        "weekdays": ["1"],
        "times": "09:00",
        "week_interval": "1",
    }
    data |= {"rooms": [room.pk], "language": "sv", "plan": "1"}
    assert planner.post(f"{url('plan_series')}?program={programme.slug}", data | fields).status_code == 422
    assert not Series.objects.exists()


def test_a_programme_is_made_and_edited_whole(planner, room):
    data = {
        "slug": "vatten",
        "title_sv": "Vatten",
        "title_en": "Water",
        "summary_sv": "Om vatten",
        "summary_en": "About water",
        "subjects": ["chemistry"],
        "grades": ["5"],
        "languages": ["sv"],
        "length_minutes": 60,
        "min_pupils": 5,
        "max_pupils": 30,
        "groups_at_once": 1,
        "half_class_max": 17,
        "vat_permille": 250,
        "price_half": "1900",
        "price_full": "2900.50",
        "rooms": [room.pk],
        "is_published": "on",
    }
    assert planner.post(url("new_programme"), data).status_code == 302
    assert Programme.objects.get(slug="vatten").price_full_ore == 290_050
    for fault in (
        {"max_pupils": 4},
        {"price_full": "100"},
        {"price_full": "1e30"},
        {"slug": "kalender"},
        {"grades": ["12"]},
        {"length_minutes": 0},
        {"vat_permille": 70},
    ):
        assert planner.post(url("edit_programme", "vatten"), data | fault).status_code == 422
    assert planner.post(url("new_programme"), data).status_code == 422  # the address is taken


def test_lists_come_as_files_in_which_nothing_is_a_formula(planner, room):
    session = plans.create(plans.programme(room, title_sv="=1+1"), room)
    plans.book(session, 20, class_name="@SUM(A1)", school=classes.school(name="Ängskolan"))
    period = {"first": DAY.isoformat(), "last": DAY.isoformat()}
    listed = planner.get(url("export_sessions", "csv"), period)
    assert listed.content.startswith(b"\xef\xbb\xbf")
    assert ";'=1+1;" in listed.content.decode("utf-8-sig")
    booked = planner.get(url("export_bookings", "csv"), period).content.decode("utf-8-sig")
    assert "Ängskolan" in booked
    assert ";'@SUM(A1);" in booked
    book = zipfile.ZipFile(io.BytesIO(planner.get(url("export_sessions", "xlsx"), period).content))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert planner.get(url("export_sessions", "csv"), {"first": "x"}).status_code == 400


@pytest.mark.parametrize("query", ["vecka=2026-W54", "vecka=x", "vecka=2026-W00"])
def test_a_week_that_is_none_is_not_found(planner, query):
    assert planner.get(f"{url('planning')}?{query}").status_code == 404


def test_planners_and_educators_see_that_a_school_of_theirs_has_closed(client, planner, settings, room):
    made = making.user("ada@navet.example", Role.EDUCATOR, name="Ada")
    led = plans.programme(room)
    led.educators.add(made)
    on = plans.create(led, room, educators=[made])
    school = classes.school(name="Ekskolan")
    booked = classes.confirmed(on, of=school)
    pages = [url("session", on.pk), url("booking", booked.code)]
    assert all("Skolan har stängt" not in planner.get(page).text for page in pages)
    type(school).objects.filter(pk=school.pk).update(status="UPPHORT", closed_date=dt.date(2026, 1, 31))
    assert all("Skolan har stängt 31 januari" in planner.get(page).text for page in pages)
    client.force_login(made)
    assert "Skolan har stängt 31 januari" in client.get("/planering/mina-dagar/?first=2026-03-03").text
