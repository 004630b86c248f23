"""Two years on, nothing is left of a person, and every figure is what it was."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from django.utils import timezone

from bookings.conferences.models import Reservation
from bookings.courses.models import Attendance, OwnCourse, Registration
from bookings.feedback.models import Answer, Score
from bookings.leisure.models import Attendance as ChildThere
from bookings.leisure.models import Draw, Enrolment
from bookings.schools.models import SchoolBooking
from navet.accounts.roles import STAFF_ROLES
from navet.payments.invoices.models import Invoice, InvoicePayment
from navet.payments.models import Charge, Order, OrderLine
from navet.retention import engine, rules
from tests.bookings.schools.classes import NOW
from tests.navet.retention import planted
from tests.visitors.making import user
from visitors import behind, checks, indicators
from visitors.models import Arrival, CheckIn, Indicator, Individual, IndividualDecision, Visit
from visitors.tickets import till
from visitors.tickets.models import ReceiptLine

pytestmark = pytest.mark.django_db
YEAR = NOW.year
# Where the law on bookkeeping keeps her for seven years more.
BOOKS = ("payments_", "invoices_")
# Where she must have been, or the search is no search.
PLANTED = {
    "accounts_emailcode.email",
    "accounts_user.email",
    "accounts_userevent.name",
    "api_idempotencyrecord.body",
    "directory_contact.phone",
    "conferences_reservation.contact_email",
    "courses_owncourse.answer",
    "courses_owncourse.what",
    "courses_participant.email",
    "courses_participant.name",
    "courses_registration.contact_phone",
    "courses_registrationevent.cancel_reason",
    "django_admin_log.object_repr",
    "django_session.session_data",
    "groups_groupbooking.group_name",
    "groups_groupbookingevent.cancel_reason",
    "groups_groupbookingevent.group_name",
    "house_occasion.override_reason",
    "leisure_enrolment.child_name",
    "leisure_enrolment.contact_email",
    "leisure_enrolment.emergency_name",
    "leisure_enrolment.emergency_phone",
    "leisure_enrolmentevent.cancel_reason",
    "leisure_message.text",
    "house_occasionevent.override_reason",
    "invoices_customer.name",
    "invoices_invoice.buyer",
    "invoices_invoiceline.text",
    "invoices_invoicepayment.sender",
    "outbox_deliveredmail.recipients",
    "outbox_deliveredmail.text",
    "outbox_effect.recipient_hint",
    "payments_charge.description",
    "payments_charge.reference",
    "payments_chargeevent.reference",
    "payments_order.buyer_email",
    "payments_orderevent.buyer_name",
    "payments_orderline.text",
    "payments_payment.text",
    "safety_limitoverride.reason",
    "school_bookings_schoolbooking.contact_phone",
    "school_bookings_schoolbookingevent.class_name",
    "school_bookings_seriesgap.reason",
    "tickets_ticketbooking.contact_name",
    "till_annualpass.holder_email",
    "till_annualpassevent.blocked_reason",
    "visitors_arrival.contact_phone",
    "visitors_arrival.label",
}


def figures() -> dict[str, object]:
    """Everything that is counted, added up or owed, without a person."""
    report = indicators.report(YEAR, as_of=dt.date(YEAR, 12, 31))
    return {
        "indicators": [repr(figure) for figure in report.figures],
        "ledger": list(Visit.objects.order_by("pk").values()),
        "desk": list(CheckIn.objects.order_by("pk").values()),
        "expected": list(
            Arrival.objects.order_by("pk").values(
                "code", "status", "starts_at", "expected_participants", "expected_adults", "municipality"
            )
        ),
        "till": till.to_the_till(dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31)),
        "receipts": list(ReceiptLine.objects.order_by("pk").values()),
        "orders": list(Order.objects.order_by("pk").values("payable_ore", "paid_ore", "organisation_number")),
        "lines": list(OrderLine.objects.order_by("pk").values("quantity", "unit_ore", "vat_permille")),
        "charges": list(Charge.objects.order_by("pk").values("amount_ore", "organisation_number", "state")),
        "invoices": list(
            Invoice.objects.order_by("pk").values(
                "number", "state", "payable_ore", "vat_250_ore", "net_250_ore"
            )
        ),
        "money": list(InvoicePayment.objects.order_by("pk").values("amount_ore", "paid_date", "invoice")),
        "classes": list(
            SchoolBooking.objects.order_by("pk").values(
                "code", "school", "grade", "pupils", "adults", "status", "price_ore", "owed_ore"
            )
        ),
        "courses": list(
            Registration.objects.order_by("pk").values("code", "school", "persons", "status", "price_ore")
        ),
        "attendance": list(Attendance.objects.order_by("pk").values()),
        "individuals": list(Individual.objects.order_by("pk").values()),
        "decisions": list(IndividualDecision.objects.order_by("pk").values()),
        "children": list(
            Enrolment.objects.order_by("pk").values(
                "code", "group", "ticket", "status", "price_ore", "paid_by"
            )
        ),
        "children there": list(ChildThere.objects.order_by("pk").values()),
        "draws": list(Draw.objects.order_by("pk").values()),
        "thought": list(Answer.objects.order_by("pk").values("course", "programme", "school_year")),
        "scores": list(Score.objects.order_by("pk").values()),
        "wishes": list(OwnCourse.objects.order_by("pk").values("school", "persons", "status")),
        "conferences": list(
            Reservation.objects.order_by("pk").values("code", "status", "persons", "price_ore")
        ),
        "rows": [behind.total(behind.entries(behind.Wanted(indicator=one, year=YEAR))) for one in Indicator],
        "differences": checks.find(),
    }


def night(at: dt.datetime) -> engine.Run:
    return engine.run(rules.every(), why="night", at=at)


def test_nothing_of_a_person_is_left_after_her_time_and_every_figure_is_as_before(settings):
    settings.EMAIL_BACKEND = "navet.outbox.mailbox.MailboxBackend"
    planted.everywhere()
    before, there = figures(), planted.found()
    assert there >= PLANTED
    assert before["differences"] == []
    # What is stamped by the database's own clock is younger than what was booked in January.
    tomorrow = timezone.now() + dt.timedelta(days=1)

    for days in (0, 30, 90, 365):
        night(tomorrow + dt.timedelta(days=days))
        assert figures() == before
    night(tomorrow + dt.timedelta(days=731))

    left = planted.found()
    assert [place for place in left if not place.startswith(BOOKS)] == []
    assert figures() == before
    assert engine.due(at=tomorrow + dt.timedelta(days=731)) == dict.fromkeys(engine.due(at=NOW), 0)
    night(tomorrow + dt.timedelta(days=8 * 366 + 1))
    assert planted.found() == set()
    assert figures() == before
    assert figures()["orders"][0]["payable_ore"] > Decimal(0)


# Files that staff take away; a year's, so that what was booked then would be in them.
EXPORTS = (
    f"/planering/bokningar.csv?first={YEAR}-01-01&last={YEAR}-12-31",
    f"/planering/bokningar.xlsx?first={YEAR}-01-01&last={YEAR}-12-31",
    f"/planering/tillfallen.csv?first={YEAR}-01-01&last={YEAR}-12-31",
    f"/ledning/rader.csv?indikator=visitors&ar={YEAR}",
    f"/ledning/rader.xlsx?indikator=educators&ar={YEAR}",
    f"/kassa/fil/csv/?fran={YEAR}-01-01&till={YEAR}-12-31",
)


def exported(client) -> set[str]:
    """The files in which she is; each can be fetched, now and then."""
    everything = user(*STAFF_ROLES, email="alla@navet.example")
    client.force_login(everything)
    found = set()
    for path in EXPORTS:
        answer = client.get(path)
        assert answer.status_code == 200, path
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                content = b"".join(parts.read(name) for name in parts.namelist())
        if planted.MARK in content.decode(errors="replace").lower():
            found.add(path.partition("?")[0])
    return found


def test_no_export_and_no_log_holds_her(client, settings, caplog):
    """The logs never did; the files of bookings and of the rows behind a figure did, and no longer do."""
    settings.EMAIL_BACKEND = "navet.outbox.mailbox.MailboxBackend"
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    caplog.set_level("DEBUG")
    planted.everywhere()
    assert exported(client) == {"/ledning/rader.csv", "/planering/bokningar.csv", "/planering/bokningar.xlsx"}
    night(timezone.now() + dt.timedelta(days=732))
    assert exported(client) == set()
    said = [
        text
        for record in caplog.records
        if not record.name.startswith("django.db")
        for text in [record.getMessage()]
    ]
    assert said
    assert [text for text in said if planted.MARK in text.lower() or planted.PHONE in text] == []


def test_a_month_on_the_desk_has_forgotten_and_the_booking_has_not():
    planted.everywhere()
    night(NOW + dt.timedelta(days=40))
    left = planted.found()
    assert "school_bookings_schoolbooking.contact_email" in left
    assert not [place for place in left if place.startswith("visitors_arrival.contact")]
    assert Arrival.objects.exclude(kind="school_session").exclude(label=rules.NOTHING).count() == 0


def test_what_is_in_time_stays():
    planted.everywhere()
    before = planted.found() - {"accounts_emailcode.email", "django_session.session_data"}
    night(NOW)
    assert planted.found() >= before
