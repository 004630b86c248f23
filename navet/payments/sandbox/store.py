"""What the sandbox knows, in one SQLite file; what was answered is in it before the answer leaves, so a kill loses nothing."""

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .faults import Faults

Body = dict[str, Any]
TABLES = """
CREATE TABLE IF NOT EXISTS objects (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, kind TEXT, created INTEGER, paid_by TEXT, body TEXT);
CREATE INDEX IF NOT EXISTS objects_by_age ON objects (kind, created, number);
CREATE INDEX IF NOT EXISTS objects_by_payment ON objects (paid_by, kind);
CREATE TABLE IF NOT EXISTS open_sessions (id TEXT PRIMARY KEY, expires_at INTEGER);
CREATE TABLE IF NOT EXISTS balance (id TEXT PRIMARY KEY, available_on INTEGER, net INTEGER);
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, asked TEXT, status INTEGER, body TEXT);
CREATE TABLE IF NOT EXISTS deliveries (
    number INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT, due_at REAL, attempts INTEGER, state TEXT);
CREATE INDEX IF NOT EXISTS deliveries_in_turn ON deliveries (state, due_at);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT);
"""


class Store:
    """One connection, one caller at a time."""

    def __init__(self, file: str | Path) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + TABLES)
        self._db.execute(
            "UPDATE deliveries SET state = 'waiting' WHERE state = 'under way'"
        )  # a killed start's

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All of the block or nothing of it."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def add(self, kind: str, prefix: str, created: int, body: Body, paid_by: str = "") -> Body:
        """Keep a new object under an id that nobody guesses; returns it with id, kind and time."""
        made = {
            "id": f"{prefix}_{secrets.token_hex(12)}",
            "object": kind,
            "created": created,
            "livemode": False,
            **body,
        }
        row = (made["id"], kind, created, paid_by, json.dumps(made))
        self.ask("INSERT INTO objects (id, kind, created, paid_by, body) VALUES (?, ?, ?, ?, ?)", *row)
        return made

    def get(self, kind: str, id_: str) -> Body | None:
        found = self.ask("SELECT body FROM objects WHERE id = ? AND kind = ?", id_, kind)
        return json.loads(found[0][0]) if found else None

    def put(self, body: Body) -> Body:
        """Keep an object as it is now."""
        self.ask("UPDATE objects SET body = ? WHERE id = ?", json.dumps(body), body["id"])
        return body

    def of_payment(self, kind: str, intent_id: str) -> list[Body]:
        rows = self.ask(
            "SELECT body FROM objects WHERE paid_by = ? AND kind = ? ORDER BY number", intent_id, kind
        )
        return [json.loads(body) for (body,) in rows]

    def number_of(self, id_: str) -> int | None:
        found = self.ask("SELECT number FROM objects WHERE id = ?", id_)
        return found[0][0] if found else None

    def count(self, name: str) -> int:
        """The next number of a series."""
        self.ask(
            "INSERT INTO settings VALUES (?, '0') ON CONFLICT DO UPDATE SET value = value + 1",
            f"count {name}",
        )
        return int(self.ask("SELECT value FROM settings WHERE name = ?", f"count {name}")[0][0])

    @property
    def faults(self) -> Faults:
        found = self.ask("SELECT value FROM settings WHERE name = 'faults'")
        return Faults(**json.loads(found[0][0])) if found else Faults()

    def set_faults(self, faults: Faults) -> None:
        told = json.dumps(faults.as_dict())
        self.ask("INSERT INTO settings VALUES ('faults', ?) ON CONFLICT DO UPDATE SET value = ?", told, told)
