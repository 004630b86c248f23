"""What all tests share: which Chromium there is, and a cache that no two tests or workers share."""

import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests import databases
from tests.navet.payments.invoices import published

# How long an example takes says how busy the machine is, not whether the code is right. And the same tree has the same answer
# twice; NAVET_EXPLORE=yes draws examples anew, for whoever goes looking.
hypothesis_settings.register_profile(
    "house", deadline=None, derandomize=os.environ.get("NAVET_EXPLORE") != "yes"
)
hypothesis_settings.load_profile("house")

CHROMIUMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# No drawing by a graphics card, and no calls to its makers.
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LONG = ("browser", "faults", "slow")
WITHOUT_CHROMIUM = "no Chromium found; set CHROMIUM to the path of one"


def find_chromium() -> str | None:
    """Return the path of the Chromium that CHROMIUM names, else of one in a usual place."""
    chosen = os.environ.get("CHROMIUM")
    candidates = (chosen,) if chosen else CHROMIUMS
    return next((found for name in candidates if (found := shutil.which(name))), None)


def pytest_configure(config: pytest.Config) -> None:
    """Give each worker keys of its own in the cache: throttles and log-in codes must not leak between workers."""
    from django.conf import settings  # pytest-django has configured it by now

    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    for cache_settings in settings.CACHES.values():
        cache_settings["KEY_PREFIX"] = f"test-{os.getppid()}-{worker}"
    # A password's hash is slow on purpose, half a second each: here as fast as can be, and no test is about it.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Static files are looked for when they are asked for, not all of them for each of thousands of test clients.
    settings.WHITENOISE_AUTOREFRESH = True
    # Whatever key the machine has: a test that pays starts a sandbox and says so.
    settings.STRIPE = dict.fromkeys(("api_key", "webhook_secret", "api_base"), "")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Three for two cores: tests that kill and start processes wait more than they work. A file is one worker's."""
    paths = [config.invocation_params.dir / argument.split("::")[0] for argument in config.args]
    files = sum(len(list(path.rglob("test_*.py"))) if path.is_dir() else 1 for path in paths)
    return max(1, min(files, (os.cpu_count() or 1) * 3 // 2))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Of tests with one name a scheduler by file runs a single one, and says nothing of the others.
    twice = [name for name, many in Counter(item.nodeid for item in items).items() if many > 1]
    if twice:
        raise pytest.UsageError(f"tests share a name: {', '.join(twice[:5])}")
    # Files with long tests come first, in the order that was drawn: in the end no worker waits for another's long one.
    long = {item.path for item in items for name in LONG if item.get_closest_marker(name)}
    items.sort(key=lambda item: item.path not in long)
    if find_chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=WITHOUT_CHROMIUM))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was left out, so that nobody takes silence for a pass."""
    left_out = [
        report.nodeid
        for report in terminalreporter.stats.get("skipped", [])
        if WITHOUT_CHROMIUM in str(report.longrepr)
    ]
    if left_out:
        terminalreporter.section("LEFT OUT", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(left_out)} browser tests did not run: {WITHOUT_CHROMIUM}.")
    for why in (published.WITHOUT_RULES, published.WITHOUT_PEPPOL):
        skipped = [one for one in terminalreporter.stats.get("skipped", []) if why in str(one.longrepr)]
        if skipped:
            terminalreporter.section("LEFT OUT", sep="!", red=True, bold=True)
            terminalreporter.line(
                f"{len(skipped)} tests by the published rules of e-invoices did not run: {why}."
            )


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium's executable, for Playwright's `executable_path`."""
    return find_chromium() or pytest.skip(WITHOUT_CHROMIUM)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object], chromium: str) -> dict[str, object]:
    """Have pytest-playwright drive the Chromium that is here; as root it does without the sandbox it cannot have."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    # The order of day and month in its own date fields is the machine's, not the page's.
    env = {**os.environ, "LANGUAGE": "en_US"}
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*QUIET, *as_root], "env": env}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """On servers of our own, a worker's database is a copy; on another's, nothing is left behind, so it is made anew."""
    if os.environ.get("NAVET_OWN_SERVERS") == "yes":
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Transactional tests end with every table as the migrations left it; in their database the ledger lets it happen."""
    # Of every connection: beside a running event loop Django opens another than this one.
    operations = type(connection.ops)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if os.environ.get("NAVET_OWN_SERVERS") == "yes":
            operations.sql_flush = databases.putting_back(databases.sql_emptying)
            flush.emit_post_migrate_signal = databases.nothing_to_make_anew
            return
        operations.sql_flush = databases.putting_back(operations.sql_flush)
        cursor.execute(
            "SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_never_emptied%'"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Start every test with nothing in its part of the cache; other parts, perhaps somebody's, stay untouched."""
    cache.delete_pattern("*")


@pytest.fixture(autouse=True)
def in_swedish() -> None:
    """Start every test in the house's language: a request in English by the test client leaves its thread in English."""
    translation.activate("sv")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of manage.py."""
    return Path(__file__).resolve().parent.parent
