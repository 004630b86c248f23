"""Django's part of a start, in one process because Django itself takes seconds to start: `serve` runs this.

What the steps say goes to the log; the terminal sees one line for each, and the demo year's progress bar.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import django
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from .failure import LauncherError
from .statics import are_stale

PENDING = (
    "DATABASE_URL's database has {count} migrations pending. Nothing was changed. "
    "To apply them: NAVET_MIGRATE=1, or `manage.py migrate`."
)


class Steps:
    """Management commands, run quietly into one log."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def quietly(self, tell: str, *command: str) -> None:
        print(tell, flush=True)
        with self.log.open("a") as log, redirect_stdout(log), redirect_stderr(log):
            call_command(*command)

    def run(self, work: Callable[[], None]) -> int:
        """Do `work` and return an exit code; what went wrong is one line on the terminal, whole in the log."""
        try:
            work()
        except (LauncherError, CommandError) as error:
            print(f"navet: {error}", file=sys.stderr, flush=True)
        except OperationalError as error:
            print(f"navet: The database does not answer: {error}", file=sys.stderr, flush=True)
        except Exception as error:  # whatever a migration or the demo year may raise
            with self.log.open("a") as log:
                traceback.print_exc(file=log)
            print(f"navet: {type(error).__name__}: {error} (more in {self.log})", file=sys.stderr, flush=True)
        else:
            return 0
        return 1


def pending_migrations() -> int:
    """Return how many migrations the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m navet.embedded.prepare")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--logins", type=Path, help="file that gets the demo's log-ins")
    parser.add_argument(
        "--migrate", action="store_true", help="apply migrations; without it, refuse if any is pending"
    )
    parser.add_argument("--demo", action="store_true", help="fill an empty database with the demo year")
    parser.add_argument("--static", action="store_true", help="collect static files if they are stale")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "navet.settings")
    steps = Steps(given.log)
    return steps.run(lambda: _prepare(steps, given))


def _prepare(steps: Steps, given: argparse.Namespace) -> None:
    django.setup()
    if count := pending_migrations():
        if not given.migrate:
            raise LauncherError(PENDING.format(count=count))
        steps.quietly(f"Migrating the database ({count} migrations)", "migrate", "--no-input")
    steps.quietly("Compiling translations", "messages", "--compile")
    if given.static and are_stale():
        steps.quietly("Collecting static files", "collectstatic", "--no-input")
    if given.demo:
        call_command("demo", "--if-empty")
    if given.logins:
        with given.logins.open("w") as logins:
            call_command("demo", "--logins", stdout=logins)


if __name__ == "__main__":
    sys.exit(main())
