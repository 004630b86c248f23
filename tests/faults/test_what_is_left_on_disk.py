"""What the servers of the embedded house write beside their data: nothing that names anybody."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from navet.embedded.home import Home
from navet.embedded.postgres import Postgres
from navet.embedded.valkey import Valkey

NAMES = ("Alva Ek", "alva.ek@hem.example", "+46701740699")


@pytest.fixture
def home() -> Iterator[Home]:
    with tempfile.TemporaryDirectory(prefix="navet-test-") as folder:
        made = Home(Path(folder) / "home")
        made.make()
        yield made


def test_postgresql_logs_an_error_and_nothing_of_the_statement_or_the_row(home):
    postgres = Postgres(home, fast=True)
    postgres.start()
    try:
        with psycopg.connect(postgres.url, autocommit=True, cursor_factory=psycopg.ClientCursor) as line:
            line.execute(
                "CREATE TABLE person (name text, email text PRIMARY KEY, phone text CHECK (phone <> ''))"
            )
            line.execute("INSERT INTO person VALUES (%s, %s, %s)", NAMES)
            refused = (
                (psycopg.errors.UniqueViolation, NAMES),
                (psycopg.errors.CheckViolation, (*NAMES[:2], "")),
            )
            for fault, row in refused:
                with pytest.raises(fault, match=r"alva\.ek"):  # the client is told whose
                    line.execute("INSERT INTO person VALUES (%s, %s, %s)", row)
            line.execute("SELECT pg_sleep(1.2), %s", (NAMES[0],))
    finally:
        postgres.child.stop()
    log = postgres.child.log_file.read_text()
    assert "duplicate key value violates unique constraint" in log
    assert "violates check constraint" in log
    assert not [name for name in NAMES if name in log]


def test_valkey_keeps_nothing_of_what_it_was_told(home):
    valkey = Valkey(home)
    kept = valkey.folder / "appendonlydir"  # of an earlier version
    kept.mkdir()
    (kept / "appendonly.aof").write_text("192.0.2.7")
    valkey.start()
    try:
        with redis.Redis.from_url(valkey.url) as client:
            client.set("throttle:booking:ip-192.0.2.7:1", 1)
            assert client.get("throttle:booking:ip-192.0.2.7:1") == b"1"
    finally:
        valkey.child.stop()
    assert [file.name for file in valkey.folder.rglob("*")] == ["valkey.conf"]
    assert "192.0.2.7" not in valkey.child.log_file.read_text()
