"""Certificates and material: for those who were there, when it is over, and nothing of it kept."""

import datetime as dt
import importlib.util
import io

import pytest
import time_machine
from django.test import Client

from bookings.common import links
from bookings.courses import after_mails, certificate_pdf, certificates
from bookings.courses.models import Material, Participant, Registration
from bookings.courses.operations import attending, material, refusals
from navet.outbox import relay
from navet.outbox.models import DeliveredMail
from navet.retention import engine, rules
from tests.bookings.courses import lessons
from tests.bookings.courses.lessons import DAY, NOW, WEEK
from tests.bookings.schools import classes

pytestmark = pytest.mark.django_db
ADA, BO = "Person c0", "Person c1"


def given(days=2, *, absent=(), **fields):
    """A course that two registered for; Ada came to every day, Bo to all but `absent`."""
    on = lessons.round_(days=days)
    made = lessons.registered(on, 2, prefix="c", **fields)
    for number, day in enumerate(on.days.all()):
        present = [one for one in attending.list_of(day) if one.name == ADA or number not in absent]
        take(day, present)
    on.refresh_from_db()
    return Registration.objects.whole().get(pk=made.pk)


def take(day, present, *, at=None):
    listed = [one.pk for one in attending.list_of(day)]
    by = classes.staff("educator")
    attending.take(
        day.pk, present=[one.pk for one in present], listed=listed, by=by, at=at or day.occasion.starts_at
    )


def over(made):
    return made.round.occasions()[-1].ends_at


def test_whoever_came_every_day_has_one_when_the_last_is_over():
    made = given(absent=(1,))
    assert certificates.of_registration(made, over(made) - dt.timedelta(seconds=1)) == []
    (hers,) = certificates.of_registration(made, over(made))
    assert (hers.participant.name, len(hers.days)) == (ADA, 2)


@pytest.mark.parametrize(
    ("percent", "attended", "days", "earned"),
    [
        (100, 2, 2, True),
        (100, 3, 4, False),
        (75, 3, 4, True),
        (76, 3, 4, False),
        (50, 1, 2, True),
        (1, 0, 2, False),
    ],
)
def test_how_many_days_are_enough_is_configured(settings, percent, attended, days, earned):
    settings.COURSE_CERTIFICATE_PERCENT = percent
    assert certificates.is_earned(attended=attended, days=days) is earned


@pytest.mark.skipif(
    not importlib.util.find_spec("pypdf"), reason="the extra `rules` (pypdf) is not installed"
)
@pytest.mark.parametrize(
    ("language", "words"), [("sv", ("Intyg", "har deltagit i")), ("en", ("Certificate", "has taken part in"))]
)
def test_it_is_a_tagged_pdf_in_her_language(language, words):
    from pypdf import PdfReader

    made = given(mail_language=language)
    hers = certificates.of_registration(made, over(made))[0]
    pdf = PdfReader(io.BytesIO(certificate_pdf.attachment(made, hers).content))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert b"pdfuaid" in root["/Metadata"].get_data()
    said = " ".join(" ".join(page.extract_text() for page in pdf.pages).split()).replace("\xa0", " ")
    for word in (*words, ADA, "6 h", hers.code[:5]):
        assert word in said


def test_it_is_mailed_the_morning_after_with_the_material(settings):
    settings.EMAIL_BACKEND = "navet.outbox.mailbox.MailboxBackend"
    made = given(days=1, absent=(0,))
    (day,) = made.round.days.all()
    material.add(made.round_id, day=day, title="Bilder", url="https://navet.example/b", by=lessons.planner())
    morning = dt.datetime.combine(DAY + dt.timedelta(days=1), dt.time(9), tzinfo=NOW.tzinfo)
    with time_machine.travel(morning - dt.timedelta(minutes=1), tick=False):
        relay.relay(morning - dt.timedelta(minutes=1))
        assert not DeliveredMail.objects.filter(recipients__contains="c0@skola.example").exists()
    with time_machine.travel(morning, tick=False):
        relay.relay(morning)
    mail = DeliveredMail.objects.get(recipients__contains="c0@skola.example")
    assert "https://navet.example/b" in mail.text
    assert [one["name"] for one in mail.attachments] == [
        f"intyg-{certificates.code_for(made.participants.get(name=ADA).pk, ADA)}.pdf"
    ]
    assert not DeliveredMail.objects.filter(recipients__contains="c1@skola.example").exists()


def test_who_was_unticked_or_forgotten_gets_no_mail():
    made = given(days=1)
    (day,) = made.round.days.all()
    ada = made.participants.get(name=ADA)
    with time_machine.travel(over(made), tick=False):
        assert after_mails.certificate(participant_id=ada.pk) is not None
        take(day, [one for one in attending.list_of(day) if one.pk != ada.pk])
        assert after_mails.certificate(participant_id=ada.pk) is None
    later = over(made) + dt.timedelta(days=400)
    engine.run(rules.every(), why="night", at=later)
    with time_machine.travel(later, tick=False):
        assert (
            after_mails.certificate(participant_id=Participant.objects.get(name="–", attended=None).pk)
            is None
        )
        for one in Participant.objects.all():
            assert after_mails.certificate(participant_id=one.pk) is None


def test_the_page_says_yes_or_no_also_when_she_is_forgotten(client):
    made = given()
    hers = certificates.of_registration(made, over(made))[0]
    sent = {"code": hers.code.lower(), "name": "  person   C0", "first_day": str(DAY)}
    with time_machine.travel(over(made) + WEEK, tick=False):
        assert "Ja, vi har utfärdat" in client.post("/kurser/intyg/", sent).content.decode()
        for wrong in ({"name": BO}, {"code": "0000000000"}, {"first_day": "2026-03-04"}):
            page = client.post("/kurser/intyg/", sent | wrong).content.decode()
            assert "Nej, vi har inte" in page
            assert made.round.course.title_sv not in page
        assert client.post("/kurser/intyg/", sent | {"first_day": "x"}).status_code == 422
    later = over(made) + dt.timedelta(days=500)
    engine.run(rules.every(), why="night", at=later)
    assert certificates.is_genuine(hers.code, name=ADA, first_day=DAY, at=later)
    assert certificates.of_registration(Registration.objects.whole().get(pk=made.pk), later) == []


def test_the_contact_finds_them_and_the_material_on_the_page_and_nobody_else_does(client):
    made = given(days=2, contact_email=classes.TEACHER)
    first, second = made.round.days.all()
    by = lessons.planner()
    for day, title in ((first, "Första"), (second, "Andra")):
        material.add(made.round_id, day=day, title=title, url=f"https://navet.example/{day.pk}", by=by)
    own = f"/kurser/anmalan/{made.code}/"
    address = f"{own}intyg/{made.participants.get(name=ADA).pk}/"
    came_by_mail = f"{own}?nyckel={links.key_of(made)}"
    hers = Client()
    with time_machine.travel(first.occasion.ends_at, tick=False):
        assert hers.get(came_by_mail)["Location"] == own
        page = hers.get(own).content.decode()
        assert ("Första" in page, "Andra" in page, "intyg/" in page) == (True, False, False)
        assert "Kursen är slut" not in page
        assert hers.get(address).status_code == 404
    with time_machine.travel(over(made), tick=False):
        hers.get(came_by_mail)
        page = hers.get(own).content.decode()
        assert ("Andra" in page, address in page) == (True, True)
        assert ("Kursen är slut" in page, "kom bara in" in page) == (True, False)
        assert hers.get(address).content.startswith(b"%PDF")
        assert client.get(address)["Location"] == own
        assert "Första" not in client.get(own).content.decode()
        assert hers.get(f"{own}intyg/999999/").status_code == 404


def test_planners_hand_out_and_take_back(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    on = lessons.round_(days=2)
    elsewhere = lessons.round_(day=DAY + dt.timedelta(days=1)).days.get()
    day = on.days.first()
    page = f"/planering/kurser/omgang/{on.pk}/material/"
    client.force_login(lessons.planner().user)
    sent = {"day": day.pk, "title": "Bilder", "url": "navet.example/bilder"}
    for _twice in range(2):
        assert client.post(page, sent)["Location"] == page
    assert Material.objects.get().url == "https://navet.example/bilder"
    for wrong in (
        {"url": "javascript:alert(1)"},
        {"url": "ftp://x.example/"},
        {"title": " "},
        {"day": elsewhere.pk},
    ):
        assert client.post(page, sent | wrong).status_code == 422
    with pytest.raises(refusals.NoSuchRound):
        material.add(on.pk, day=elsewhere, title="B", url="https://x.example", by=lessons.planner())
    assert "Bilder" in client.get(page).content.decode()
    assert client.post(page, {"remove": Material.objects.get().pk})["Location"] == page
    assert not Material.objects.exists()
    client.force_login(classes.staff("educator").user)
    assert client.get(page).status_code == 403
