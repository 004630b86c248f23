"""Beat and worker as they are run, killed over Monday's six o'clock, brought back late and twice, killed again after sending."""

import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from navet import periods
from navet.outbox import mail
from navet.outbox.models import DeliveredMail, Effect
from tests.faults.launching import REPOSITORY, wait_until
from tests.faults.test_summaries import DIES_BEFORE_THE_MARK, subscriber
from tests.faults.test_worker import MAILBOX, broker, database_url  # noqa: F401  # a fixture
from worker.models import Subscription

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
Kind = Subscription.Kind
BEFORE = periods.at(dt.date(2026, 8, 31), dt.time(5, 55))  # five minutes before Monday's mail
# Monday's, the month's and the tertial's moments went by. What beat remembers is gone where Python keeps it by Berkeley's library,
# as Debian's does, which writes nothing down until it is closed: then what is due is found at the next whole hour.
AFTER = periods.at(dt.date(2026, 9, 2), dt.time(9, 59, 15))
# The house's own application, worker and beat, by a clock of the test's that goes on; of the schedule what mails need.
PROCESS = """
import datetime as dt, os, signal, sys, time_machine
time_machine.travel(dt.datetime.fromisoformat("{at}")).start()
from worker.app import app
kept = "relay outbox", "promise summaries", "watch for alerts"
app.conf.beat_schedule = {{name: app.conf.beat_schedule[name] for name in kept}}
import django; django.setup()
from navet.outbox import relay
{patch}
app.worker_main(["worker", "--concurrency", "1", "--beat", "--schedule", "{schedule}", "--loglevel", "INFO",
    "--hostname", "{name}@%h", "--without-mingle", "--without-gossip"])
"""
# The mail is out of the house, and nobody has noted it: beat, worker and its child go at once.
KILLED_AFTER_SENDING = DIES_BEFORE_THE_MARK.replace("os.kill(os.getpid()", "os.killpg(0")
PROMISED = re.compile(r"Task worker\.promise_summaries\[\S+\] succeeded")


class Beats:
    """Beats with a worker each, every one a process group of its own with the schedule that it keeps in a file."""

    def __init__(self, folder: Path, redis_url: str) -> None:
        self.folder, self.redis_url = folder, redis_url
        self.running: list[subprocess.Popen[bytes]] = []

    def start(
        self, name: str, at: dt.datetime, patch: str = "", remembers: str = ""
    ) -> subprocess.Popen[bytes]:
        """A clock that stands at `at` goes on; `remembers` names the beat whose schedule it finds."""
        kept = self.folder / f"{name}.kept"
        if remembers:
            shutil.copytree(self.folder / f"{remembers}.kept", kept)
        else:
            kept.mkdir()
        code = PROCESS.format(at=at.isoformat(), name=name, schedule=kept / "beat", patch=patch)
        environment = os.environ | {
            "DATABASE_URL": database_url(), "REDIS_URL": self.redis_url, "SECRET_KEY": django_settings.SECRET_KEY,
            "DJANGO_SETTINGS_MODULE": "navet.settings", "EMAIL_BACKEND": MAILBOX,
        }  # fmt: skip
        with (self.folder / f"{name}.log").open("wb") as log:
            made = subprocess.Popen(
                [sys.executable, "-c", code], cwd=REPOSITORY, env=environment, stdout=log, stderr=log, start_new_session=True
            )  # fmt: skip
        self.running.append(made)
        return made

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def close(self) -> None:
        for one in self.running:
            if one.poll() is None:
                os.killpg(one.pid, signal.SIGKILL)
                one.wait()


@pytest.fixture
def beats(broker, tmp_path) -> Iterator[Beats]:  # noqa: F811
    made = Beats(tmp_path, broker.url)
    yield made
    made.close()


def test_each_subscriber_has_one_mail_though_beat_and_worker_were_killed_over_the_moment_and_after_sending(
    beats,
):
    people = [
        subscriber("planner", Kind.WEEKLY_CAPACITY, Kind.MONTHLY_INDICATORS),
        subscriber("management", Kind.MONTHLY_INDICATORS),
    ]
    first = beats.start("first", BEFORE)
    wait_until(lambda: "worker.relay_outbox" in beats.said("first") and "succeeded" in beats.said("first"))
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert not Effect.objects.exists()

    killed = beats.start("killed", AFTER, KILLED_AFTER_SENDING, remembers="first")
    assert killed.wait(180) == -signal.SIGKILL, beats.said("killed")
    assert set(Effect.objects.values_list("state", flat=True)) == {Effect.State.PENDING}

    for name in ("one", "other"):  # two at once, each with what the first one remembered
        beats.start(name, AFTER, remembers="first")
    wait_until(
        lambda: len(PROMISED.findall(beats.said("one") + beats.said("other"))) >= 2
    )  # whoever took them
    wait_until(lambda: not Effect.objects.filter(state=Effect.State.PENDING).exists())
    planner, manager = people
    keys = [
        f"summary:weekly_capacity:2026-W36:{planner.pk}",
        *(f"summary:monthly_indicators:2026-09:{one.pk}" for one in (planner, manager)),
    ]
    assert sorted(Effect.objects.filter(state="done").values_list("key", flat=True)) == sorted(keys)
    boxes = sorted((one.recipients[0], one.message_id) for one in DeliveredMail.objects.all())
    of = [planner, planner, manager]
    assert boxes == sorted((one.email, mail.message_id(key)) for one, key in zip(of, keys, strict=True))
