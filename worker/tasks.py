"""Thin tasks: the clock in, one call. Each asks the database what there is to do, so it may run twice or late."""

from django.utils import timezone

from bookings.common import reminders as booking_reminders
from bookings.conferences.operations import reserving as conferences
from bookings.courses.models import Registration
from bookings.courses.operations import registering as courses
from bookings.feedback.operations import asking
from bookings.groups.models import GroupBooking
from bookings.groups.operations import booking as group_booking
from bookings.leisure.models import Enrolment
from bookings.leisure.operations import tidying as leisure
from bookings.schools.operations import reminders as school_reminders
from bookings.schools.operations import waiting as school_waiting
from bookings.tickets.models import TicketBooking
from bookings.tickets.operations import booking as ticket_booking
from navet.outbox import mail, relay
from navet.payments import reconciliation, tidying
from navet.payments.invoices.operations import drafting as invoice_drafting
from navet.payments.invoices.operations import sending as invoice_sending
from navet.retention import engine as retention
from visitors import checks
from visitors import operations as visitors
from visitors.counters import polling
from visitors.insight import day_sums, past_years
from visitors.tertials import operations as tertials
from visitors.tickets import reminders as pass_reminders
from worker import day_lists, summaries, wake
from worker.alerts import telling
from worker.app import app

LEDGER_LIMIT = 60 * 60  # seconds; ten million entries took minutes
BATCH = 500  # effects; more go to a new message, so that other tasks get their turn


@app.task(name="worker.relay_outbox")
def relay_outbox() -> None:
    wake.begin()
    with mail.one_connection():
        tried = relay.relay(timezone.now(), limit=BATCH)
    if tried:
        wake.outbox()  # for what came meanwhile, or did not fit


@app.task(name="worker.tidy_school_bookings")
def tidy_school_bookings() -> None:
    school_waiting.tidy(at=timezone.now())


@app.task(name="worker.tidy_ticket_bookings")
def tidy_ticket_bookings() -> None:
    ticket_booking.tidy(at=timezone.now())


@app.task(name="worker.tidy_conferences")
def tidy_conferences() -> None:
    conferences.tidy(at=timezone.now())


@app.task(name="worker.tidy_courses")
def tidy_courses() -> None:
    courses.tidy(at=timezone.now())


@app.task(name="worker.tidy_leisure")
def tidy_leisure() -> None:
    leisure.tidy(at=timezone.now())


@app.task(name="worker.tidy_group_bookings")
def tidy_group_bookings() -> None:
    group_booking.tidy(at=timezone.now())


@app.task(name="worker.promise_booking_reminders")
def promise_booking_reminders() -> None:
    at = timezone.now()
    booking_reminders.promise_due(TicketBooking, at=at)
    booking_reminders.promise_due(GroupBooking, at=at)
    booking_reminders.promise_due(Registration, at=at)
    booking_reminders.promise_due(Enrolment, at=at)


@app.task(name="worker.ask_for_feedback")
def ask_for_feedback() -> None:
    asking.promise_due(at=timezone.now())


@app.task(name="worker.remind_of_passes")
def remind_of_passes() -> None:
    pass_reminders.promise_due(at=timezone.now())


@app.task(name="worker.promise_school_reminders")
def promise_school_reminders() -> None:
    school_reminders.promise_due(at=timezone.now())


@app.task(name="worker.draft_invoices")
def draft_invoices() -> None:
    invoice_drafting.collect_due(at=timezone.now())


@app.task(name="worker.remind_of_invoices")
def remind_of_invoices() -> None:
    invoice_sending.remind_due(at=timezone.now())


@app.task(name="worker.mark_no_shows")
def mark_no_shows() -> None:
    visitors.mark_no_shows(at=timezone.now())


@app.task(name="worker.check_ledger", time_limit=LEDGER_LIMIT, soft_time_limit=LEDGER_LIMIT - 30)
def check_ledger() -> None:
    checks.run_if_due(at=timezone.now(), clock=timezone.now)


@app.task(name="worker.close_days", time_limit=LEDGER_LIMIT, soft_time_limit=LEDGER_LIMIT - 30)
def close_days() -> None:
    day_sums.close_if_due(at=timezone.now())
    past_years.keep_if_due(at=timezone.now())


@app.task(name="worker.ask_door_counters")
def ask_door_counters() -> None:
    for pk in polling.due(on=timezone.localdate()):
        ask_door_counter.apply_async([pk], expires=300)


# A device that answers by the drop is left after half a minute, and keeps nobody else waiting.
@app.task(name="worker.ask_door_counter", soft_time_limit=30, time_limit=40)
def ask_door_counter(pk: int) -> None:
    polling.ask(pk, clock=timezone.now)


@app.task(name="worker.promise_day_lists")
def promise_day_lists() -> None:
    day_lists.promise_due(timezone.now())


@app.task(name="worker.promise_summaries")
def promise_summaries() -> None:
    tertials.give_out_due(timezone.now())
    summaries.promise_due(timezone.now())


@app.task(name="worker.watch_for_alerts")
def watch_for_alerts() -> None:
    telling.watch(timezone.now())


# Its own limit ends it in good time; what was left is taken up by the next hour's.
@app.task(name="worker.end_personal_data")
def end_personal_data() -> None:
    retention.tidy(at=timezone.now())


@app.task(name="worker.look_after_payments")
def look_after_payments() -> None:
    tidying.look_after(at=timezone.now())


@app.task(name="worker.look_after_refunds")
def look_after_refunds() -> None:
    tidying.look_after_refunds(at=timezone.now())


@app.task(name="worker.lapse_unpaid_orders")
def lapse_unpaid_orders() -> None:
    tidying.lapse_unpaid(at=timezone.now())


@app.task(name="worker.reconcile_payments")
def reconcile_payments() -> None:
    reconciliation.run_due(at=timezone.now())
