"""Every promised mail comes, once: real Celery workers that are killed, robbed of Redis and of PostgreSQL, and raced."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from navet.accounts.models import User
from navet.embedded.home import Home
from navet.embedded.valkey import Valkey
from navet.outbox import mail, promises
from navet.outbox.models import DeliveredMail, Effect
from tests.faults.launching import REPOSITORY, wait_until
from tests.worker import brokers

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
MAILBOX = "navet.outbox.mailbox.MailboxBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"


class Workers:
    """Celery workers, each a process group of its own, on the test database and a Redis of the test's own."""

    def __init__(self, folder: Path, redis_url: str) -> None:
        self.folder, self.redis_url = folder, redis_url
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str, **extra: str) -> subprocess.Popen[bytes]:
        number = len(list(self.folder.glob("worker-*.log")))
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": settings.SECRET_KEY,
            "EMAIL_BACKEND": MAILBOX,
            **extra,
        }
        command = [sys.executable, "-m", "celery", "-A", "worker.app", "worker", "--loglevel", "INFO",
                   "--hostname", f"w{number}@%h", "--without-mingle", "--without-gossip", *arguments]  # fmt: skip
        with (self.folder / f"worker-{number}.log").open("wb") as log:
            worker = subprocess.Popen(
                command, cwd=REPOSITORY, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        self.running.append(worker)
        return worker

    def start_with_beat(self) -> subprocess.Popen[bytes]:
        return self.start("--concurrency", "1", "--beat", "--schedule", str(self.folder / "beat"))

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """SIGKILL to the worker and its children, at once."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self.running.remove(worker)

    def close(self) -> None:
        for worker in list(self.running):
            self.kill(worker)

    def said(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("worker-*.log")))


def database_url() -> str:
    """The test database's address, for another process."""
    here = connection.settings_dict
    return f"postgresql://{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"


def elsewhere() -> psycopg.Connection:
    return psycopg.connect(database_url())


@pytest.fixture
def broker() -> Iterator[Valkey]:
    """A Redis that a test may flush without robbing the tests beside it."""
    with tempfile.TemporaryDirectory(prefix="navet-test-") as folder:
        home = Home(Path(folder))
        for name in ("log", "run"):
            (home.path / name).mkdir(exist_ok=True)
        valkey = Valkey(home)
        valkey.start()
        yield valkey
        valkey.child.stop()


@pytest.fixture
def workers(broker: Valkey, tmp_path: Path, settings, monkeypatch) -> Iterator[Workers]:
    brokers.use(broker.url, settings=settings, monkeypatch=monkeypatch)
    made = Workers(tmp_path, broker.url)
    yield made
    made.close()


@pytest.fixture
def planner() -> User:
    return User.objects.create_user("planerare@navet.example", name="P", roles=["planner"])


@transaction.atomic
def promise(user: User, *keys: str) -> None:
    payload = {
        "mail": "accounts.password_reset",
        "args": {"user_id": user.pk},
    }  # is sent on any day, at any hour
    for key in keys:
        promises.promise("mail", key=key, payload=payload, due_at=timezone.now())


def all_done(*keys: str) -> bool:
    return Effect.objects.filter(key__in=keys, state=Effect.State.DONE).count() == len(keys)


def delivered() -> list[str]:
    return list(DeliveredMail.objects.values_list("message_id", flat=True))


def is_sending(other: psycopg.Connection) -> bool:
    """Whether a worker stands before the lock of `other` with its mail in its hand."""
    waiting = "SELECT 1 FROM pg_locks WHERE relation = 'outbox_deliveredmail'::regclass AND NOT granted"
    return other.execute(waiting).fetchone() is not None


def test_a_mail_comes_once_though_its_worker_was_killed_while_sending_it(workers, planner):
    killed = workers.start_with_beat()
    with elsewhere() as other:
        other.execute("LOCK TABLE outbox_deliveredmail IN EXCLUSIVE MODE")
        promise(planner, "a")
        wait_until(lambda: is_sending(other))
        workers.kill(killed)
        other.rollback()
    assert delivered() == []
    assert Effect.objects.get().state == Effect.State.PENDING
    workers.start_with_beat()
    wait_until(lambda: all_done("a"))
    assert delivered() == [mail.message_id("a")]


def test_a_mail_comes_once_though_redis_was_flushed(workers, broker, planner):
    promise(planner, "a")
    with redis.Redis.from_url(broker.url) as client:
        wait_until(lambda: client.llen("navet") == 1)  # the wake that is about to be lost
        client.flushall()
        assert client.dbsize() == 0
    workers.start_with_beat()
    wait_until(lambda: all_done("a"))
    with redis.Redis.from_url(broker.url) as client:
        client.flushall()  # under a running worker as well
    promise(planner, "b")
    wait_until(lambda: all_done("b"))
    assert delivered() == [mail.message_id("a"), mail.message_id("b")]


def test_a_mail_comes_once_though_postgresql_dropped_every_connection(workers, planner):
    workers.start_with_beat()
    promise(planner, "a")
    wait_until(lambda: all_done("a"))  # its connection is open now
    with elsewhere() as other:
        other.execute("LOCK TABLE outbox_deliveredmail IN EXCLUSIVE MODE")
        promise(planner, "b")
        wait_until(lambda: is_sending(other))
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        other.rollback()
    connection.close()
    wait_until(lambda: all_done("b"))
    assert sorted(delivered()) == sorted([mail.message_id("a"), mail.message_id("b")])


def test_workers_that_race_send_each_mail_once(workers, planner, tmp_path):
    """Through a backend that would write a second copy down: the mailbox would not take one."""
    sent = tmp_path / "sent"
    for _ in range(2):
        workers.start(
            "--concurrency", "2", EMAIL_BACKEND=FILES, EMAIL_URL=f"filemail:///{sent}"
        )  # fmt: skip
    keys = [f"race {number}" for number in range(40)]

    def promise_some(mine: list[str]) -> None:
        try:
            for key in mine:
                promise(planner, key)
        finally:
            connection.close()

    threads = [threading.Thread(target=promise_some, args=[keys[n::4]]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wait_until(lambda: all_done(*keys))
    counted = Counter(
        line.split()[1]
        for path in sent.iterdir()
        for line in path.read_text().splitlines()
        if line.startswith("Message-ID:")
    )
    assert counted == {mail.message_id(key): 1 for key in keys}
