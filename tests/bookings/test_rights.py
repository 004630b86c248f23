"""`/mina-bokningar/uppgifter/`: hers, whole, and nobody else's."""

import datetime as dt
import importlib.util
import io
import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from bookings.schools.models import SchoolBooking
from bookings.schools.operations import changing
from navet.accounts import operations as accounts
from navet.house.models import Occasion
from navet.payments.models import Order
from navet.payments.orders import Buyer
from navet.retention.models import Run
from tests.bookings.courses import lessons
from tests.bookings.schools import classes
from tests.navet.payments import making as payments
from visitors.models import Arrival
from visitors.tickets.models import AnnualPass

PAGE = "/mina-bokningar/uppgifter/"
HERS, OTHER = "maria.lind@skola.example", "olle.ek@skola.example"
pytestmark = pytest.mark.django_db


@pytest.fixture
def proved(client: Client) -> Client:
    """A browser whose visitor entered the code from the mail."""
    at = timezone.now()
    code = accounts.send_code(HERS, purpose="my-bookings", language="sv", at=at)
    session = client.session
    session["my_bookings_email"] = HERS
    session.save()
    client.post("/mina-bokningar/kod/", {"pin": accounts.code_of(code)})
    return client


@pytest.fixture
def houseful() -> dict[str, SchoolBooking]:
    """Hers that is over, hers to come, and another's; a pass and an order of hers."""
    now = timezone.now()
    school = classes.school()
    booked = {"of": school, "needs": {"wheelchair": 1}, "at": now - dt.timedelta(days=60)}
    made = {
        name: classes.confirmed(
            classes.session(day=now.date() + dt.timedelta(days=days), capacity=90),
            contact_email=who,
            **booked,
        )
        for name, days, who in (("over", -30, HERS), ("to_come", 30, HERS), ("others", -30, OTHER))
    }
    AnnualPass.objects.create(
        code="2345678923",
        kind="person",
        persons=1,
        holder_name="M",
        holder_email=HERS.upper(),
        created_at=now,
    )
    payments.order(buyer=Buyer(name="Maria", email=HERS, organisation_number="2120001561"))
    return made


@pytest.mark.parametrize("path", ["", "fil/", "radera/"])
def test_who_has_proved_no_address_is_sent_to_prove_one(client, path):
    answer = client.get(PAGE + path, {"email": OTHER})
    assert (answer.status_code, answer["Location"]) == (302, "/mina-bokningar/")
    assert client.post(f"{PAGE}radera/", {"email": OTHER}).status_code == 302
    assert not Run.objects.exists()


def test_she_sees_all_of_hers_and_nothing_of_others(proved, houseful):
    page = proved.get(PAGE).content.decode()
    for code in (houseful["over"].code, houseful["to_come"].code, "2345678923", Order.objects.get().code):
        assert code in page
    assert houseful["others"].code not in page
    assert OTHER not in page


def test_moments_are_written_as_on_every_page_in_english_too(proved, houseful):
    page = proved.get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert "What we hold about you" in page
    assert re.search(r"<dd>[A-Z][a-z]+day \d+ [A-Z][a-z]+ 20\d\d \d\d:\d\d</dd>", page)
    assert not re.search(r"[ap]\.m\.", page)


@pytest.mark.parametrize(
    ("language", "said", "other"), [("sv", "Rymden", "Space"), ("en", "Space", "Rymden")]
)
def test_what_was_booked_is_called_by_its_name_in_her_language(proved, houseful, language, said, other):
    accept = {"accept-language": language}
    page = proved.get(PAGE, headers=accept).content.decode()
    assert (said in page, other in page) == (True, False)
    assert ("Rullstol: 1" if language == "sv" else "Wheelchair: 1") in page
    held = {one["kind"]: one for one in proved.get(f"{PAGE}fil/", headers=accept).json()["held"]}
    titles = {row["session__occasion__title"] for row in held["schools.bookings"]["records"]}
    assert titles == {getattr(one.session.occasion, f"title_{language}") for one in hers(houseful)}


def test_what_has_no_english_name_is_called_by_its_swedish(proved, houseful):
    Occasion.objects.update(title_en="")
    page = proved.get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert all(one.session.occasion.title_sv in page for one in hers(houseful))


def hers(houseful: dict[str, SchoolBooking]) -> list[SchoolBooking]:
    return [houseful["over"], houseful["to_come"]]


def test_the_file_holds_the_same_for_a_program(proved, houseful):
    answer = proved.get(f"{PAGE}fil/")
    assert "attachment" in answer["Content-Disposition"]
    held = {one["kind"]: one for one in json.loads(answer.content)["held"]}
    assert held.keys() == {"accounts.codes", "payments.orders", "schools.bookings", "till.passes"}
    codes = {row["code"] for row in held["schools.bookings"]["records"]}
    assert codes == {houseful["over"].code, houseful["to_come"].code}
    assert held["schools.bookings"]["records"][0]["needs"] == {"wheelchair": 1}


def test_who_waits_for_a_place_is_told_since_when(proved):
    on = lessons.round_(capacity=2)
    lessons.registered(on, 2, contact_email=OTHER)
    waits = lessons.registered(on, 1, contact_email=HERS, waiting_list=True)
    (row,) = (
        one["records"][0]
        for one in json.loads(proved.get(f"{PAGE}fil/").content)["held"]
        if one["kind"] == "courses.registrations"
    )
    assert dt.datetime.fromisoformat(row["queued_at"]) == waits.queued_at
    assert "På väntelistan sedan" in proved.get(PAGE).content.decode()


@pytest.mark.skipif(
    not importlib.util.find_spec("pypdf"), reason="the extra `rules` (pypdf) is not installed"
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pdf_holds_the_same_on_paper(proved, houseful, language):
    from pypdf import PdfReader

    answer = proved.get(f"{PAGE}pdf/", headers={"Accept-Language": language})
    pdf = PdfReader(io.BytesIO(answer.content))
    root = pdf.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, language)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    said = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert HERS in said
    assert OTHER not in said
    for name, booked in houseful.items():
        assert (booked.code in said) == (name != "others"), name
    title = f"title_{language}"
    assert all(getattr(one.session.occasion, title) in said for one in hers(houseful))


def test_what_may_go_goes_and_what_must_stay_says_why(proved, houseful):
    asks = proved.get(f"{PAGE}radera/").content.decode()
    assert "Bokföringslagen" in asks
    assert "Avboka den först" in asks
    assert SchoolBooking.objects.filter(contact_email=HERS).count() == 2

    assert proved.post(f"{PAGE}radera/", follow=True).status_code == 200
    left = {one.code: one for one in SchoolBooking.objects.all()}
    over, to_come = left[houseful["over"].code], left[houseful["to_come"].code]
    assert (over.contact_email, over.contact_name, over.class_name, over.pupils) == (
        f"{over.pk}@removed.invalid",
        "",
        "",
        20,
    )
    assert Arrival.objects.get(code=over.code).contact_phone == ""
    assert (to_come.contact_email, left[houseful["others"].code].contact_email) == (HERS, OTHER)
    assert (AnnualPass.objects.get().holder_email, Order.objects.get().buyer_email) == ("", HERS)
    run = Run.objects.get()
    assert (run.why, run.by) == ("request", None)
    assert dict(run.outcomes.values_list("rule", "records")) == {"schools.bookings": 1, "till.passes": 1}


def test_after_cancelling_the_rest_may_go_too(proved, houseful):
    changing.cancel(houseful["to_come"].code, by=classes.teacher(HERS), at=timezone.now())
    proved.post(f"{PAGE}radera/")
    assert not SchoolBooking.objects.filter(contact_email=HERS).exists()
    again = proved.post(f"{PAGE}radera/", follow=True).content.decode()
    assert "Det fanns inget som kunde raderas." in again


def test_the_page_costs_no_more_queries_for_more_bookings(proved, houseful, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        proved.get(PAGE)
    on = classes.session(day=timezone.localdate() + dt.timedelta(days=31), capacity=90)
    for _number in range(3):
        classes.confirmed(on, contact_email=HERS, pupils=5, at=timezone.now())
    with django_assert_max_num_queries(24):
        proved.get(PAGE)
