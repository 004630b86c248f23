"""The pages of leisure groups, by form and redirect, as a browser without scripts does it; and who sees what, from outside."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from bookings.common.models import Status
from bookings.leisure.models import Attendance, Club, Enrolment, Group
from bookings.leisure.operations import drawing, enrolling
from tests.bookings.leisure import clubs
from tests.bookings.leisure.clubs import CLOSES, DRAWN, GUARDIAN, NOW
from tests.bookings.schools.test_booking_pages import proved_client, token_of
from tests.navet.house import making

pytestmark = pytest.mark.django_db
EMERGENCY = "Mormor Siv"


@pytest.fixture(autouse=True)
def now(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW, tick=False):
        yield


def form(**fields: Any) -> dict[str, Any]:
    return {
        "child_name": "Ada Ek",
        "birth_year": "2016",
        "emergency_name": EMERGENCY,
        "emergency_phone": "070-174 06 05",
        "contact_name": "Kim Ek",
        "contact_email": GUARDIAN,
        **fields,
    }


def staff(role: str) -> Client:
    client = Client()
    client.force_login(making.user(f"{role}@navet.example", role, name="Pia"))
    return client


def text(answer: Any) -> str:
    return answer.content.decode().replace("\xa0", " ")


def test_the_list_has_what_is_open_and_asks_a_fixed_number_of_queries(client, django_assert_num_queries):
    for n in range(3):
        clubs.enrolled(clubs.group(clubs.club(title_sv=f"Klubb {n}"), capacity=1 + n, meetings=2))
    clubs.group(clubs.club(title_sv="Lottad"), closes_at=CLOSES, fee_ore=80_000)
    clubs.group(clubs.club(title_sv="Dold", is_published=False))
    with django_assert_num_queries(4):
        page = text(client.get("/fritid/"))
    assert (page.count("/fritid/anmal/"), page.count("Väntelista")) == (4, 1)
    assert "Dold" not in page
    assert "800 kr" in page
    assert "Klubb 1" in text(client.get("/fritid/?alder=9&sort=club"))
    assert "Klubb 1" not in text(client.get("/fritid/?alder=14"))
    assert client.get("/fritid/?alder=x").status_code == 400


def test_a_guardian_applies_loses_the_draw_moves_up_and_chooses_how_to_pay(client):
    group = clubs.group(capacity=1, closes_at=CLOSES, fee_ore=80_000)
    loses = clubs.loser_of_two(group)
    others = [clubs.enrolled(group, at=NOW)] if loses == 2 else []
    address = f"/fritid/anmal/{group.pk}/"
    sent = form(token=token_of(client.get(address)))
    held = client.post(address, sent)
    made = Enrolment.objects.get(contact_email=GUARDIAN)
    own = f"/fritid/anmalan/{made.code}/"
    assert held["Location"] == f"{own}bekrafta/" == client.post(address, sent)["Location"]
    assert "Ada" not in text(client.get(own))  # whoever knows the code alone sees nobody
    assert client.post(held["Location"], {"pin": clubs.pin_of(made.code)})["Location"] == own
    page = text(client.get(own))
    assert f"nummer {loses}" in page
    assert EMERGENCY in page
    others = others or [clubs.enrolled(group, at=NOW)]
    drawing.hold(group.pk, at=DRAWN)
    with time_machine.travel(DRAWN, tick=False):
        client = proved_client(GUARDIAN, at=DRAWN)
        assert "står på tur" in text(client.get(own))
        drawn = text(client.get(f"/fritid/lottning/{group.pk}/"))
        assert "Samma utfall" in drawn
        assert "Nummer 1 i kön" in drawn
        assert "Med i gruppen förra terminen" not in drawn  # nobody was
        assert "SHA-256" in drawn
        assert "litar vi på att de inte gör" in drawn  # what it does not show is said beside what it does
        enrolling.leave(others[0].code, by=clubs.planner(), at=DRAWN)
        assert "800 kr" in text(client.get(own))
        assert client.post(f"{own}avgift/", {"paid_by": "invoice"}).status_code == 422
        paid = {"paid_by": "card"}
        assert client.post(f"{own}avgift/", paid)["Location"].startswith("/betalning/")
        paid = {"paid_by": "invoice", "street": "Storgatan 1", "postal_code": "503 30", "city": "Borås"}
        assert client.post(f"{own}avgift/", paid)["Location"] == own
        assert "Barnet har plats" in text(client.get(own))
        assert "Faktureras" in text(staff("planner").get(f"/planering/fritid/grupp/{group.pk}/"))
        assert client.get(f"{own}kalender.ics").content.count(b"BEGIN:VEVENT") == 4


@pytest.mark.parametrize(
    ("closes_at", "taken", "title", "button"),
    [
        (None, 0, "Skriv in koden för att anmäla barnet", "Bekräfta anmälan"),
        (None, 1, "Skriv in koden för att stå i kö", "Bekräfta platsen i kön"),
        (CLOSES, 0, "Skriv in koden för att ansöka", "Bekräfta ansökan"),
        (NOW - dt.timedelta(minutes=5), 0, "Skriv in koden för att stå i kö", "Bekräfta platsen i kön"),
    ],
)
def test_the_page_of_the_code_says_what_it_is_entered_for(client, closes_at, taken, title, button):
    group = clubs.group(capacity=1, opens_at=NOW - dt.timedelta(days=2), closes_at=closes_at)
    for _n in range(taken):
        clubs.enrolled(group)
    address = f"/fritid/anmal/{group.pk}/"
    held = client.post(address, form(token=token_of(client.get(address))))["Location"]
    page = text(client.get(held))
    assert title in page
    assert button in page
    assert "boka" not in page.partition("<main")[2].partition("</main>")[0].lower()


def test_what_the_guardian_does_on_her_own_page():
    group = clubs.group()
    mine = clubs.enrolled(group, contact_email=GUARDIAN, child_name="Ada Ek")
    client, own = proved_client(GUARDIAN), f"/fritid/anmalan/{mine.code}/"
    meeting = group.meetings.first()
    assert client.post(f"{own}franvaro/", {"meeting": meeting.pk, "absent": "1"})["Location"] == own
    assert "Kommer inte" in text(client.get(own))
    assert client.post(f"{own}franvaro/", {"meeting": "x", "absent": "1"})["Location"] == own
    fields = {"emergency_name": "Farfar", "emergency_phone": "0701740605", "is_protected": "on"}
    assert client.post(f"{own}andra/", fields | {"version": mine.version})["Location"] == own
    assert client.post(f"{own}andra/", fields | {"version": mine.version}).status_code == 422
    assert client.post(f"{own}andra/", {"version": mine.version + 1}).status_code == 422
    mine.refresh_from_db()
    assert (mine.emergency_name, mine.is_protected) == ("Farfar", True)
    stranger = proved_client("annan@hem.example")
    for tail in ("andra/", "avboka/", "avgift/"):
        assert stranger.get(own + tail)["Location"] == own
    stranger.post(f"{own}franvaro/", {"meeting": meeting.pk, "absent": "0"})
    assert mine.absences.count() == 1
    after = group.ends_at + dt.timedelta(minutes=1)
    with time_machine.travel(after, tick=False):
        page = text(proved_client(GUARDIAN, at=after).get(own))
        assert ("haft sin sista träff" in page, "kom bara in" in page) == (True, False)
    assert client.post(f"{own}avboka/", {"version": mine.version})["Location"] == own
    mine.refresh_from_db()
    assert mine.status == Status.CANCELLED


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"birth_year": "2019"}, "fyller 9 till 12 år 2026"),
        ({"birth_year": "x"}, "heltal"),
        ({"birth_year": "16"}, "fyra siffror"),
        ({"child_name": " "}, "Barnets för- och efternamn:"),
        ({"emergency_phone": "mormor"}, "telefonnummer"),
        ({"contact_email": "x"}, "giltig mejladress"),
        ({"municipality": "9999999"}, "giltig"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, fields, words):
    group = clubs.group()
    answer = client.post(f"/fritid/anmal/{group.pk}/", form() | fields)
    assert answer.status_code == 422
    assert words in text(answer)
    assert "Kim Ek" in text(answer)
    assert not Enrolment.objects.exists()


def test_who_sees_whom_to_call_at_every_door():
    """Walked through from outside: guardian, this leader on the day, another leader, planner, reception, nobody."""
    lo, other = clubs.leader(), clubs.leader()
    group = clubs.group(educators=[lo], closes_at=CLOSES)
    mine = clubs.enrolled(
        group, contact_email=GUARDIAN, child_name="Ada Ekberg", emergency_name=EMERGENCY, is_protected=True
    )
    with time_machine.travel(DRAWN, tick=False):
        drawing.hold(group.pk, at=DRAWN)
    meeting = group.meetings.first()
    pages = [
        f"/fritid/anmalan/{mine.code}/", f"/fritid/anmalan/{mine.code}/andra/", f"/fritid/lottning/{group.pk}/",
        f"/fritid/lottning/{group.pk}/underlag.json", f"/planering/fritid/grupp/{group.pk}/", "/planering/fritid/",
        f"/reception/fritid/{meeting.pk}/", f"/reception/fritid/{meeting.pk}/ring/", "/reception/fritid/",
        f"/reception/fritid/grupp/{group.pk}/skriv/", "/reception/", "/mina-bokningar/", "/mina-bokningar/uppgifter/",
    ]  # fmt: skip

    def shown(client: Client, what: str) -> set[str]:
        return {path for path in pages if what in text(client.get(path, follow=True))}

    def walk(at: dt.datetime) -> dict[str, tuple[set[str], set[str]]]:
        with time_machine.travel(at, tick=False):
            who = {"nobody": Client(), "guardian": proved_client(GUARDIAN, at=at)}
            for name, user in (("leader", lo), ("other", other)):
                who[name] = Client()
                who[name].force_login(user)
            for role in ("planner", "desk", "finance", "management"):
                who[role] = Client()
                who[role].force_login(making.user(f"{role}{at:%d}@navet.example", role, name="Pia"))
            return {name: (shown(one, EMERGENCY), shown(one, "Ekberg")) for name, one in who.items()}

    called = f"/reception/fritid/{meeting.pk}/ring/"
    hers = {pages[0], pages[1], "/mina-bokningar/uppgifter/"}
    before, on_the_day = walk(DRAWN), walk(meeting.occasion.starts_at)
    assert {who for who, (emergency, _name) in before.items() if emergency} == {"guardian"}
    assert before["guardian"][0] <= hers
    assert {who for who, (emergency, _name) in on_the_day.items() if emergency} == {
        "guardian",
        "leader",
        "planner",
    }
    assert on_the_day["leader"][0] == on_the_day["planner"][0] == {called}
    # Her details are not shown: her surname is nowhere but on the guardian's own pages.
    for walked in (before, on_the_day):
        assert {who for who, (_emergency, name) in walked.items() if name} == {"guardian"}


def test_planners_make_a_club_a_group_and_call_it_off():
    client = staff("planner")
    making.open_weekdays()
    club = {
        "slug": "robot", "title_sv": "Robot", "title_en": "Robot", "summary_sv": "S",
        "summary_en": "S", "youngest": "9", "oldest": "12", "is_published": "on",
    }  # fmt: skip
    assert client.post("/planering/fritid/ny/", club)["Location"] == "/planering/fritid/robot/"
    assert client.post("/planering/fritid/ny/", club | {"slug": "lottning"}).status_code == 422
    assert client.post("/planering/fritid/ny/", club | {"slug": "b", "oldest": "8"}).status_code == 422
    group = {
        "first_date": "2026-03-03", "meetings": "3", "without": "2026-03-10", "begins": "15:00",
        "ends": "16:30", "capacity": "8", "fee": "800", "closes_at": "2026-01-26T09:00",
    }  # fmt: skip
    for wrong in (
        {"without": "2026-03-10 x"}, {"meetings": "0"}, {"first_date": "2025-03-03"}, {"first_date": "2026-03-08"},
        {"closes_at": "2026-03-03T14:45"}, {"closes_at": "2026-01-01T09:00"}, {"ends": "14:00"},
    ):  # fmt: skip
        assert client.post("/planering/fritid/robot/grupp/", group | wrong).status_code == 422
    made = client.post("/planering/fritid/robot/grupp/", group)
    planned = Group.objects.get()
    assert made["Location"] == (page := f"/planering/fritid/grupp/{planned.pk}/")
    assert [one.starts_at.day for one in planned.occasions()] == [3, 17, 24]
    applied = clubs.enrolled(planned, child_name="Ada Ek", contact_email=GUARDIAN)
    assert "Ada Ek" in text(client.get(page))
    continues = f"/planering/fritid/anmalan/{applied.code}/fortsatter/"
    assert client.post(continues, {"continues": "1"})["Location"] == page
    assert Enrolment.objects.get().continues
    assert client.post(f"{page}platser/", {"capacity": "0"}).status_code == 422
    assert client.post(f"{page}platser/", {"capacity": "9"})["Location"] == page
    drawing.hold(planned.pk, at=DRAWN)
    second = planned.meetings.all()[1]
    off = f"/planering/fritid/traff/{second.pk}/stall-in/"
    assert client.post(off, {"reason": "Lov"})["Location"] == page
    assert len(clubs.mails("meeting_off")) == 1
    assert client.post(f"{page}stall-in/", {"reason": ""}).status_code == 422
    assert client.post(f"{page}stall-in/", {"reason": "Vatten"})["Location"] == page
    assert Enrolment.objects.get().status == Status.CANCELLED
    assert Club.objects.get().title_sv == "Robot"
    assert client.get("/planering/fritid/grupp/9" + "9" * 20 + "/").status_code == 404


def test_a_leader_takes_the_list_and_writes_to_the_guardians():
    lo = clubs.leader()
    group = clubs.group(educators=[lo])
    children = [clubs.enrolled(group) for _n in range(3)]
    meeting = group.meetings.first()
    page, written = f"/reception/fritid/{meeting.pk}/", f"/reception/fritid/grupp/{group.pk}/skriv/"
    with time_machine.travel(meeting.occasion.starts_at, tick=False):
        client = Client()
        client.force_login(lo)
        assert page in text(client.get("/reception/fritid/"))
        ids = [str(one.pk) for one in children]
        assert client.post(page, {"listed": ids, "present": [*ids[:2], "x", "9" * 30]})["Location"] == page
        assert "2 av 3" in text(client.get(page))
        assert client.post(page, {"listed": ids, "everybody": "1"})["Location"] == page
        assert "3 av 3" in text(client.get(page))
        assert client.post(written, {"subject": "Hej", "text": ""}).status_code == 422
        assert client.post(written, {"subject": "Hej", "text": "Ta med matsäck."})["Location"] == written
        stranger = staff("educator")
        for path in (page, f"{page}ring/", written):
            assert stranger.get(path).status_code == 403
        assert stranger.post(page, {"listed": ids, "present": []}).status_code == 403
        assert page not in text(stranger.get("/reception/fritid/"))
    assert client.post(page, {"listed": ids, "present": ids}).status_code in (302, 409)
    assert Attendance.objects.count() == 3
    assert len(clubs.mails("message")) == 3


def test_anybody_reruns_the_draw(client, tmp_path):
    group = clubs.group(capacity=2, closes_at=CLOSES)
    public = f"/fritid/lottning/{group.pk}/"
    for _n in range(4):
        clubs.enrolled(group)
    before = text(client.get(public))
    assert group.seed_sha256 in before
    assert clubs.seed_of(group) not in before
    assert client.get(f"{public}underlag.json").status_code == 404
    with pytest.raises(CommandError):
        call_command("rerun_draw", group.pk)
    drawing.hold(group.pk, at=DRAWN)
    file = tmp_path / "lottning.json"
    file.write_bytes(client.get(f"{public}underlag.json").content)
    for arguments in ([str(group.pk)], ["--file", str(file)]):
        said = StringIO()
        call_command("rerun_draw", *arguments, stdout=said)
        assert group.seed_sha256 in said.getvalue()
        assert "This is the draw that was held." in said.getvalue()
    changed = json.loads(file.read_text())
    changed["placed"], changed["waiting"] = changed["waiting"], changed["placed"]
    file.write_text(json.dumps(changed))
    with pytest.raises(CommandError):
        call_command("rerun_draw", "--file", str(file), stdout=StringIO())
