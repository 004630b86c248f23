"""The tests' databases are copies of one that was migrated once and is kept: migrating takes a minute, a copy a moment."""

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql

SqlFlush = Callable[..., list[str]]
PREFIX = "navet_migrated_"
# No test changes them, and making them anew takes its time.
DJANGOS = {"django_content_type", "auth_permission"}


def migrated() -> str:
    """Return the name of a database in which all migrations have run; made here unless an earlier run has made it.

    What the migrations say is in its name, so a changed one gives another, and the old one goes. Workers wait for one another.
    """
    name = PREFIX + _said_by_the_migrations()
    with _alone() as server:
        kept = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
        if name not in kept:
            _migrate(f"{name}_unfinished")
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            server.execute(rename.format(sql.Identifier(f"{name}_unfinished"), sql.Identifier(name)))
        for old in kept:
            if old.startswith(PREFIX) and old != name:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old)))
    return name


def _said_by_the_migrations() -> str:
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    said = hashlib.sha256()
    for file in sorted(file for folder in folders for file in folder.glob("*.py")):
        said.update(file.read_bytes())
    return said.hexdigest()[:16]


@contextlib.contextmanager
def _alone() -> Iterator[psycopg.Connection]:
    """A connection to the house's own database, of which only its server is used, one worker at a time."""
    at = settings.DATABASES["default"]
    with psycopg.connect(
        host=at["HOST"],
        port=at["PORT"],
        user=at["USER"],
        password=at["PASSWORD"],
        dbname=at["NAME"],
        autocommit=True,
    ) as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
        yield server


def _migrate(name: str) -> None:
    before, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    named = test["NAME"]
    test["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        test["NAME"] = named
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = before


def nothing_to_make_anew(*_args: object, **_asked: object) -> None:
    """In place of the signal that Django sends after a flush, to have made what `DJANGOS` kept: two hundred queries a test."""


def sql_emptying(
    operations: DatabaseOperations, style: object, tables: list[str], **_asked: bool
) -> list[str]:
    """Django's `sql_flush` for tests that commit: DELETE, for a TRUNCATE of 150 tables takes longer than most tests do.

    As a replica does, without triggers and foreign keys, which only the owner of a server may ask for.
    """
    quoted = (operations.quote_name(table) for table in tables if table not in DJANGOS)
    return ["SET LOCAL session_replication_role = replica;", *(f"DELETE FROM {table};" for table in quoted)]


def putting_back(emptying: SqlFlush) -> SqlFlush:
    """The same `sql_flush`, after which what the migrations wrote is there again: tests of both kinds may come in any order.

    To be called while the database of the tests is as the migrations left it.
    """
    written = _written_by_the_migrations()

    def sql_flush(
        operations: DatabaseOperations, style: object, tables: list[str], **asked: bool
    ) -> list[str]:
        statements = emptying(operations, style, tables, **asked)
        return statements + [f"INSERT INTO {one} SELECT * FROM migrated.{one};" for one in written] * bool(
            tables
        )

    return sql_flush


def _written_by_the_migrations() -> list[str]:
    """The tables that the migrations have filled; a copy of each is put aside, in a schema of its own."""
    written = []
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA migrated")
        for table in set(connection.introspection.table_names(cursor)) - DJANGOS - {"django_migrations"}:
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT FROM {name} LIMIT 1")
            if cursor.rowcount:
                cursor.execute(f"CREATE TABLE migrated.{name} AS TABLE {name}")
                written.append(name)
    return written
