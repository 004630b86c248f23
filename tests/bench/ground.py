"""What the bench stands on: a database of its own beside the house's, a demo year in it, and a served house."""

import datetime as dt
import os
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from navet.embedded.ports import answers, free_port

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "navet_bench"


def use_own_database() -> None:
    """Point this process and its children at an empty database; the house's own is not touched."""
    address = urllib.parse.urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    os.environ["DATABASE_URL"] = address._replace(path=f"/{DATABASE}").geturl()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    os.environ.setdefault("LOG_LEVEL", "WARNING")


@dataclass
class Ground:
    """Ids and keys that requests are made of."""

    sessions: list[int]
    wanted: list[int]
    school: int
    arrivals: list[str]
    device: str
    cookie: str


def lay(arrivals: int) -> Ground:
    """A demo year, then sessions with places enough and parties due now. Django is set up by now."""
    # Django's models can be imported only after django.setup(), and this module is what sets the environment for it.
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from demo import year
    from tests.bench import rows

    call_command("migrate", verbosity=0)
    now = timezone.now()
    year.build(seed=1, now=now, progress=lambda line: None)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_row (id bigserial PRIMARY KEY, body text NOT NULL)")
        cursor.execute("ANALYZE")
    ground = rows.make(arrivals=arrivals, now=now)
    connection.close()
    return ground


@contextmanager
def served() -> Iterator[int]:
    """The web process as `make run` starts it; yields its port. No worker: mails wait in the outbox."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--log-level", "warning", "navet.wsgi:application",
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as web:
        try:
            until = time.monotonic() + 60
            while not answers(port):
                if web.poll() is not None or time.monotonic() > until:
                    raise SystemExit("bench: the web process does not start")
                time.sleep(0.1)
            yield port
        finally:
            web.terminate()
            with suppress(subprocess.TimeoutExpired):
                web.wait(20)


def in_days(now: dt.datetime, days: int) -> dt.datetime:
    return (now + dt.timedelta(days=days)).replace(microsecond=0)
