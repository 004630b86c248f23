"""Each subscriber has exactly one mail: beat down over the moment, two beats at once, a worker killed when the mail was taken and not yet noted.

The beats and the worker are processes of their own, on the test's database, at a moment of their own.
"""

import contextlib
import datetime as dt
import os
import signal
import socketserver
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings as django_settings

from navet import periods
from navet.accounts.models import User
from navet.outbox import mail, relay
from navet.outbox.models import DeliveredMail, Effect
from tests.bookings.schools import classes
from tests.faults.launching import REPOSITORY, wait_until
from tests.faults.test_worker import FILES, MAILBOX, database_url, elsewhere
from visitors.tertials.models import Issue
from worker import summaries
from worker.models import Subscription

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
Kind = Subscription.Kind
# Wednesday: Monday's six o'clock, the month's, the tertial's, and the night in which its report is kept went by without a beat.
AT = periods.at(dt.date(2026, 9, 2), dt.time(9, 40))
GATE = 4711
PROCESS = """
import django; django.setup()
import datetime as dt, os, signal, time_machine
from django.db import connection
from django.utils import timezone
from navet.outbox import relay
from worker import tasks
{patch}
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_advisory_lock_shared({gate})")
with time_machine.travel(dt.datetime.fromisoformat("{at}")):
    tasks.promise_summaries()
    tasks.watch_for_alerts()
    relay.relay(timezone.now())
"""
DIES_BEFORE_THE_MARK = "relay._done = lambda effect, at: os.kill(os.getpid(), signal.SIGKILL)"


def begin(patch: str = "", **extra: str) -> subprocess.Popen[bytes]:
    """A beat and its worker: what is due is promised, and what is promised is sent."""
    environment = os.environ | {
        "DATABASE_URL": database_url(), "SECRET_KEY": django_settings.SECRET_KEY, "DJANGO_SETTINGS_MODULE": "navet.settings", **extra,
    }  # fmt: skip
    code = PROCESS.format(patch=patch, gate=GATE, at=AT.isoformat())
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _nobody_to_wake(settings):
    settings.OUTBOX_WAKE = "builtins.dict"


def subscriber(role: str, *kinds: str) -> User:
    made = User.objects.create_user(f"{role}@navet.example", name=role, roles=[role])
    Subscription.objects.bulk_create(Subscription(user=made, kind=kind) for kind in kinds)
    return made


def keys() -> set[str]:
    return set(Effect.objects.exclude(key__startswith="school").values_list("key", flat=True))


def test_two_beats_after_a_beat_that_slept_send_each_mail_once(tmp_path):
    """Through a backend that would write a second copy down: the mailbox would not take one."""
    planner = subscriber(
        "planner", Kind.WEEKLY_CAPACITY, Kind.MONTHLY_INDICATORS, Kind.TERTIAL_REPORT, Kind.ALERT_WEEK
    )
    manager = subscriber("management", Kind.MONTHLY_INDICATORS, Kind.ALERT_WEEK)
    subscriber("desk", Kind.MONTHLY_INDICATORS)  # a role that lost the figures
    classes.session(day=dt.date(2026, 9, 8), release_at=AT - dt.timedelta(days=9))
    sent = tmp_path / "sent"
    with elsewhere() as gate:
        gate.execute("SELECT pg_advisory_lock(%s)", [GATE])
        beats = [begin(EMAIL_BACKEND=FILES, EMAIL_URL=f"filemail:///{sent}") for _ in range(2)]
        waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
        wait_until(
            lambda: (
                gate.execute(waiting, [GATE]).fetchone() == (2,)
                or any(beat.poll() is not None for beat in beats)
            )
        )
        assert all(beat.poll() is None for beat in beats), beats[0].communicate()[0].decode()
        gate.execute("SELECT pg_advisory_unlock(%s)", [GATE])
    for beat in beats:
        said, _nothing = beat.communicate(timeout=180)
        assert beat.returncode == 0, said.decode()
    with time_machine.travel(AT + dt.timedelta(hours=1), tick=False):
        assert summaries.promise_due(AT + dt.timedelta(hours=1)) == 0
    wanted = {
        f"summary:weekly_capacity:2026-W36:{planner.pk}",
        *(f"summary:monthly_indicators:2026-09:{one.pk}" for one in (planner, manager)),
        f"summary:tertial_report:2026-2:{planner.pk}",
    }
    alerts = {key for key in keys() if key.startswith("alerts:")}
    assert {key.rpartition(":")[2] for key in alerts} == {str(planner.pk), str(manager.pk)}
    assert keys() == wanted | alerts
    assert len(alerts) == 2
    counted = Counter(
        line.split()[1]
        for path in sent.iterdir()
        for line in path.read_text().splitlines()
        if line.startswith("Message-ID:")
    )
    assert counted == {mail.message_id(key): 1 for key in wanted | alerts}
    assert Issue.objects.count() == 1


def test_a_worker_killed_after_the_mail_was_in_the_box_leaves_one_in_it(settings):
    planner = subscriber("planner", Kind.MONTHLY_INDICATORS, Kind.WEEKLY_CAPACITY)
    killed = begin(DIES_BEFORE_THE_MARK, EMAIL_BACKEND=MAILBOX)
    said, _nothing = killed.communicate(timeout=180)
    assert killed.returncode == -signal.SIGKILL, said.decode()
    assert set(Effect.objects.values_list("state", flat=True)) == {"pending"}
    settings.EMAIL_BACKEND = MAILBOX
    _the_next_worker()
    ids = list(DeliveredMail.objects.values_list("message_id", flat=True))
    assert sorted(ids) == sorted(mail.message_id(key) for key in keys())
    assert [one.recipients for one in DeliveredMail.objects.all()] == [[planner.email]] * 2


def test_a_worker_killed_after_the_mail_server_took_it_sends_the_same_mail_again(settings):
    """Nobody can know whether it was taken: it goes again under the same id, by which a reader's program has it once."""
    subscriber("planner", Kind.MONTHLY_INDICATORS)
    with _mail_server() as (port, taken):
        killed = begin(DIES_BEFORE_THE_MARK, EMAIL_URL=f"smtp://127.0.0.1:{port}", EMAIL_BACKEND=SMTP)
        said, _nothing = killed.communicate(timeout=180)
        assert killed.returncode == -signal.SIGKILL, said.decode()
        assert len(taken) == 1
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
        _the_next_worker()
    (key,) = keys()
    assert taken == [mail.message_id(key)] * 2
    assert Effect.objects.get().state == Effect.State.DONE


SMTP = "django.core.mail.backends.smtp.EmailBackend"


def _the_next_worker() -> None:
    with time_machine.travel(AT + dt.timedelta(minutes=1), tick=False):
        summaries.promise_due(AT + dt.timedelta(minutes=1))
        relay.relay(AT + dt.timedelta(minutes=1))


@contextlib.contextmanager
def _mail_server() -> Iterator[tuple[int, list[str]]]:
    """Its port, and the ids of what it has taken, in order."""
    taken: list[str] = []

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline():
                word = line.split()[0].upper() if line.split() else b""
                if word == b"DATA":
                    self.say("354 go on")
                    self.take()
                elif word == b"QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 yes")

        def take(self) -> None:
            lines = list(iter(self.rfile.readline, b".\r\n"))
            taken.extend(line.split()[1].decode() for line in lines if line.startswith(b"Message-ID:"))
            self.say("250 taken")

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1], taken
        finally:
            server.shutdown()
