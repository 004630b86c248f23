"""A teacher with a telephone: registers a team, is ticked, has her certificate, says what she thought. The planner reads it."""

import datetime as dt
import io
import re
from collections.abc import Iterator

import pypdf
import pytest
import time_machine
from playwright.sync_api import Page, expect

from bookings.courses.models import Course, Day, Registration
from bookings.courses.operations import attending
from bookings.feedback.models import Answer, Asked
from bookings.feedback.operations import answering, asking
from bookings.feedback.questions import OF_COURSES
from navet import periods
from navet.accounts.actor import Actor
from tests.bookings.courses import lessons
from tests.browser.hands import Hands, faults, relay_mails
from tests.browser.test_booking_by_keyboard import confirm, read_mail
from tests.browser.test_paying import seen
from tests.browser.test_reception_by_keyboard import heads, log_in
from tests.browser.world import NOW, TODAY, World
from worker import tasks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}}
MARIA = "maria.lind@altorp.example"
TEAM = [("Maria Lind", MARIA), ("Ove Berg", "ove@altorp.example"), ("Cia Ekström", "cia@altorp.example")]
LINE = "Mer tid att prova själv, tack."
BOOKING = re.compile(r"http\S+/bokning/\S+")
LINK = re.compile(r"http\S+/tyck-till/\S+?/(?=\s)")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Monday morning, and time goes on from where the test moves it."""
    with time_machine.travel(NOW, tick=True) as moved:
        yield moved


@pytest.fixture
def telephone(open_context):
    """Makes somebody with a telephone of her own."""
    return lambda: Hands(open_context(**PHONE).new_page())


def test_a_team_registers_comes_has_certificates_and_evaluates(telephone, hands, clock, world):
    course = lessons.course(slug="ai-i-klassrummet", title_sv="AI i klassrummet", text_sv="Vi provar.")
    answered_by_four(course, world)
    on = lessons.round_(course, day=TODAY + dt.timedelta(days=8))
    (day,) = on.days.all()

    her = telephone()
    registers(her, world)
    assert Registration.objects.get(round=on).persons == 3

    clock.move_to(day.occasion.starts_at + dt.timedelta(minutes=10))
    leader = log_in(telephone(), world, "educator")
    ticks_everybody(leader, day)
    assert heads() == {"course": 4 + 3}

    clock.move_to(periods.at(periods.local_day(day.occasion.starts_at) + dt.timedelta(days=1), dt.time(13)))
    for name, address in TEAM:
        text = certificate(her, address)
        assert name in text
        assert "AI i klassrummet" in text
    her.go(BOOKING.search(read_mail(her, MARIA, "Anmälda: AI i klassrummet"))[0]).says("Cia Ekström")
    her.to("link", "Intyg")
    looks_well(her.page, "course-5-afterwards")

    planner = log_in(hands(), world, "planner")
    reviews(planner).says("För få svar än")
    tasks.ask_for_feedback()
    evaluates(her)
    shows_her_answer(reviews(planner))
    assert her.complaints == leader.complaints == planner.complaints == []


def answered_by_four(course: Course, world: World) -> None:
    """Of a round last week, in every perspective: one fewer than is shown."""
    before = lessons.round_(course, day=TODAY - dt.timedelta(days=4), at=NOW - dt.timedelta(days=9))
    lessons.registered(before, 4, school=world.school, at=NOW - dt.timedelta(days=8))
    (day,) = before.days.all()
    people = [one.pk for one in attending.list_of(day)]
    by = Actor(user=world.user("educator"))
    attending.take(day.pk, present=people, listed=people, by=by, at=day.occasion.starts_at)
    asking.promise_due(at=NOW)
    for asked in Asked.objects.all():
        answering.answer(asked.pk, scores={one.perspective.value: 3 for one in OF_COURSES}, remark="", at=NOW)
    relay_mails()


def registers(her: Hands, world: World) -> None:
    assert world.school
    her.go("/kurser/")
    looks_well(her.page, "course-1-courses")
    her.follow("AI i klassrummet").follow("Anmäl")
    looks_well(her.page, "course-2-form")
    her.write("Skola eller förskola", "Altorpskolan")
    her.write("Vilka kommer", "\n".join(f"{name}, {address}" for name, address in TEAM))
    her.write("Ditt namn", "Maria Lind").write("E-postadress", MARIA)
    her.press("Fortsätt")
    looks_well(her.page, "course-3-code")
    confirm(her, MARIA, "Bekräfta anmälan")
    her.says("Ni är anmälda")
    looks_well(her.page, "course-4-registered")


def ticks_everybody(leader: Hands, day: Day) -> None:
    leader.go("/reception/kurser/")
    looks_well(leader.page, "attendance-1-days")
    leader.follow(f"Närvaro {day.round.course}").press("Alla är här")
    leader.says("Sparat: 3")
    for name, _address in TEAM:
        expect(leader.page.get_by_role("checkbox", name=name)).to_be_checked()
    looks_well(leader.page, "attendance-2-saved")


def certificate(hers: Hands, address: str) -> str:
    """What is written on the PDF that came to an address, opened from the mail."""
    relay_mails()
    tab = Hands(hers.page.context.new_page())
    tab.go(f"/brevlada/?till={address}").follow("Ditt intyg: AI i klassrummet")
    tab.to("link", ".pdf")
    with tab.page.expect_download() as coming:
        tab.page.keyboard.press("Enter")
    content = coming.value.path().read_bytes()
    tab.page.close()
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def evaluates(her: Hands) -> None:
    """By the link in her mail: five statements, each its own list of answers, and the open line."""
    her.go(LINK.search(read_mail(her, MARIA, "Vad tyckte"))[0])
    looks_well(her.page, "evaluation-1-form")
    for question in OF_COURSES:
        her.to("radio", "Ingen åsikt")
        her.page.keyboard.press("ArrowDown")  # round to the first
        group = her.page.get_by_role("group", name=str(question.statement))
        expect(group.get_by_role("radio", name="Instämmer", exact=True)).to_be_checked()
    her.write("Vad ska vi behålla", LINE).press("Skicka svaret")
    her.says("Tack")
    looks_well(her.page, "evaluation-2-thanks")
    assert Answer.objects.count() == 5


def reviews(planner: Hands) -> Hands:
    return planner.go("/planering/granskning/").follow("AI i klassrummet")


def shows_her_answer(planner: Hands) -> None:
    planner.says(LINE)
    row = planner.page.get_by_role("row", name=re.compile("^Nytta"))
    expect(row).to_contain_text("3,2")  # four who agree mostly, one who agrees
    looks_well(planner.page, "review")


def looks_well(page: Page, name: str) -> None:
    seen(page, name)
    assert faults(page) == []
