"""The Celery application: `celery -A worker.app worker --beat` on one machine, one beat and many workers on several.

Redis only carries messages. Every task asks the database what there is to do, so a lost message is made up by
the next beat, and a repeated one finds nothing left.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "navet.settings")

from django.conf import settings

TASK_LIMIT = 5 * 60  # seconds; a task that has not ended by then is killed

app = Celery("navet", include=["worker.tasks"])
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        # Without the two sweep options a killed worker's messages came back after 91 s instead of these few.
        "visibility_timeout": TASK_LIMIT + 60,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 3,
        "socket_timeout": 5,
        "socket_keepalive": True,
        # Whoever publishes (a web request, beat) finds a broker that is away out at once.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.2,
        "interval_max": 0.2,
    },
    task_default_queue="navet",
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_soft_time_limit=TASK_LIMIT - 30,
    task_time_limit=TASK_LIMIT,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    enable_utc=True,
    timezone="Europe/Stockholm",
)


def _every(task: str, schedule: object, *, expires: float) -> dict[str, object]:
    """An entry of the schedule; nobody gets to it in `expires` seconds, and the next one does its work."""
    return {"task": f"worker.{task}", "schedule": schedule, "options": {"expires": expires}}


app.conf.beat_schedule = {
    "relay outbox": _every("relay_outbox", 10.0, expires=10),
    "tidy school bookings": _every("tidy_school_bookings", 60.0, expires=60),
    "tidy ticket bookings": _every("tidy_ticket_bookings", 60.0, expires=60),
    "tidy conferences": _every("tidy_conferences", 60.0, expires=60),
    "tidy courses": _every("tidy_courses", 60.0, expires=60),
    "tidy leisure": _every("tidy_leisure", 60.0, expires=60),
    "tidy group bookings": _every("tidy_group_bookings", 60.0, expires=60),
    "look after payments": _every("look_after_payments", 60.0, expires=60),
    "lapse unpaid orders": _every("lapse_unpaid_orders", 60.0, expires=60),
    "look after refunds": _every("look_after_refunds", crontab(minute=10), expires=3600),
    # Nightly; asked for hourly, so that a beat that slept, or a Stripe that did not answer, is made up for.
    "reconcile payments": _every("reconcile_payments", crontab(minute=25), expires=3600),
    "promise school reminders": _every("promise_school_reminders", crontab(minute="*/15"), expires=900),
    "promise booking reminders": _every("promise_booking_reminders", crontab(minute="5-59/15"), expires=900),
    # In the daytime; each visit is asked about once, and what was missed is made up.
    "ask for feedback": _every("ask_for_feedback", crontab(minute="*/15", hour="7-18"), expires=900),
    # In the daytime; each period is reminded of once, and what was missed is made up.
    "remind of passes": _every("remind_of_passes", crontab(minute=35, hour="9-17"), expires=3600),
    # Early every day; repeating it drafts nothing twice.
    "draft invoices": _every("draft_invoices", crontab(minute=10, hour="5-8"), expires=3600),
    "remind of invoices": _every("remind_of_invoices", crontab(minute=15, hour="9-11"), expires=3600),
    "mark no-shows": _every("mark_no_shows", crontab(minute=20), expires=3600),
    # Sums of the days that are over; asked for hourly, so that a night that was missed is made up.
    "close days": _every("close_days", crontab(minute=50), expires=3600),
    "ask door counters": _every("ask_door_counters", crontab(minute="*/5"), expires=300),
    # Hourly, though they fall due weekly and monthly: what was missed while beat was down is made up.
    "promise summaries": _every("promise_summaries", crontab(minute=0), expires=3600),
    # In the daytime; each happening is told of once, and what was missed is made up.
    "watch for alerts": _every("watch_for_alerts", crontab(minute=15, hour="6-18"), expires=3600),
    # At seven; again until noon, so that what was missed is made up.
    "promise day lists": _every("promise_day_lists", crontab(minute="*/10", hour="7-11"), expires=600),
    # Nightly; asked for hourly until it is done, so that a beat that slept makes it up.
    "check the ledger": _every("check_ledger", crontab(minute=30), expires=3600),
    # Short-lived records hourly, everything nightly; a night that was missed is made up.
    "end personal data": _every("end_personal_data", crontab(minute=40), expires=3600),
}
