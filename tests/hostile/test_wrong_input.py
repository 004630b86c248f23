"""What is wrong is told, and changes nothing. The rows are also docs/wrong-input.md."""

import html
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tests.hostile import table
from tests.hostile.rows import Row

pytestmark = pytest.mark.django_db
# Everything that a request may change; not the tries at a code or when a device was last seen, which are counted.
KEPT = (
    "school_bookings.SchoolBooking", "school_bookings.Session", "school_bookings.Series", "school_bookings.Programme", "house.Occasion",
    "courses.Course", "courses.Round", "courses.Day", "courses.Registration", "courses.Participant", "courses.Attendance", "courses.Material",
    "courses.OwnCourse", "visitors.Individual", "visitors.IndividualDecision",
    "leisure.Club", "leisure.Group", "leisure.Enrolment", "leisure.Absence", "leisure.Attendance", "leisure.Message", "leisure.Draw",
    "groups.GroupBooking", "groups.GroupPackage", "tickets.TicketBooking", "tickets.TicketLine", "tickets.Slot", "tickets.Event",
    "house.RoomUse", "house.Duty", "visitors.Arrival", "visitors.CheckIn", "visitors.Visit", "visitors.CountingDecision", "visitors.CountingRule",
    "conferences.Reservation", "conferences.RoomOffer", "conferences.RoomPicture", "conferences.Rendition", "visitors.Target", "outbox.Effect",
    "payments.Order", "payments.Payment", "payments.Refund", "payments.StripeEvent", "payments.Difference", "retention.Decision",
    "safety.LimitOverride", "safety.EvacuationListing", "till.Price", "till.ReceiptLine",
    "till.AnnualPass", "till.PassPeriod", "till.PassUse", "till.TicketKind", "till.TicketEntry",
    "counters.Counter", "counters.Delivery", "counters.Reading", "counters.Factor", "counters.Correction",
    "wheel.Entry", "feedback.Asked", "feedback.Answer", "feedback.Score", "reach.Invitation", "directory.Contact", "outbox.OptOut",
    "api.IdempotencyRecord", "accounts.User", "accounts.DeviceToken", "accounts.EmailCode",
)  # fmt: skip
COUNTED = ["attempts", "last_used_at", "last_login"]
EVERY_ROW = " UNION ALL ".join(
    f"SELECT '{name}', row FROM (SELECT (to_jsonb(kept) - %(counted)s::text[])::text AS row FROM {apps.get_model(name)._meta.db_table} kept) rows"
    for name in KEPT
)


def everything() -> list[tuple[str, str]]:
    """Every row of every table that matters, in one question: it is asked twice a test."""
    with connection.cursor() as cursor:
        cursor.execute(EVERY_ROW, {"counted": COUNTED})
        return sorted(cursor.fetchall())


@pytest.mark.parametrize("row", table.ROWS, ids=lambda row: f"{row.where} {row.sent}"[:80])
def test_wrong_input_is_told_and_changes_nothing(row: Row, world):
    client = row.who(world)
    before = everything()

    answer = row.send(world, client)

    assert answer.status_code == row.status, answer.content.decode()[:2000]
    if row.to_the_api:
        problem = answer.json()
        assert answer["Content-Type"] == "application/problem+json"
        assert problem["code"] == row.said
        assert row.field in [error["field"] or "" for error in problem["errors"]] or not row.field, problem
        assert problem["detail"]
    elif row.said:
        assert row.said in html.unescape(answer.content.decode())
    assert everything() == before


def test_the_table_in_the_documentation_is_up_to_date(repository: Path):
    written = (repository / "docs/wrong-input.md").read_text()
    assert written == table.text(), "run: python -m tests.hostile.table > docs/wrong-input.md"
