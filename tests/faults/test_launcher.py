"""The launcher against real servers, real signals and real kills. Each house is a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import psycopg
import pytest
import redis

from navet.embedded.ports import answers, free_port

from .launching import PATIENCE, REPOSITORY, House, house, is_running, wait_until

pytestmark = pytest.mark.faults


@pytest.fixture
def home() -> Iterator[House]:
    with house() as made:
        yield made


def test_exec_runs_the_command_with_both_servers_and_stops_them(home):
    code = (
        "import os, sys, psycopg, redis;"
        "row = psycopg.connect(os.environ['DATABASE_URL']).execute("
        "\"SELECT current_setting('data_checksums'), current_setting('TimeZone'),"
        "datlocprovider, datlocale FROM pg_database WHERE datname = 'navet'\").fetchone();"
        "redis.Redis.from_url(os.environ['REDIS_URL']).set('a', 'b');"
        "print(*row, os.environ['NAVET_EMBEDDED'], len(os.environ['SECRET_KEY']) > 40, os.environ['DATABASE_URL']);"
        "sys.exit(7)"
    )
    done = home.run("exec", "--", sys.executable, "-c", code)
    *told, url = done.stdout.split()
    assert (done.returncode, told) == (7, ["on", "UTC", "b", "C.UTF-8", "1", "True"]), done.stderr
    assert home.services() == {}
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_exec_joins_servers_that_are_running(home):
    home.serve_servers()
    pids = home.pid("postgres"), home.pid("valkey")
    done = home.run("exec", "--", "sh", "-c", "echo $DATABASE_URL")
    assert done.stdout.strip() == home.services()["DATABASE_URL"]
    assert [is_running(pid) for pid in pids] == [True, True]


def test_exec_waits_with_stopping_until_its_guests_are_done(home):
    here = home.folder / "guest"
    work = f"touch {here}; sleep 1; echo $DATABASE_URL"
    guest = [sys.executable, "-m", "navet.embedded", "exec", "--", "sh", "-c", work]
    script = (
        "import os, subprocess, time\n"
        f"subprocess.Popen({guest!r}, env={home.environment()!r})\n"
        f"while not os.path.exists({str(here)!r}): time.sleep(.02)"
    )
    done = home.run("exec", "--", sys.executable, "-c", script)
    assert done.returncode == 0
    assert "postgresql://" in done.stdout


def test_exec_says_in_one_line_that_a_command_does_not_exist(home):
    done = home.run("exec", "--", "no-such-command")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


def test_a_killed_launcher_is_recovered_from_and_the_data_are_kept(home):
    launcher = home.serve_servers()
    home.sql("CREATE TABLE kept AS SELECT 42 AS n")
    home.kill(launcher)
    home.serve_servers()
    assert home.sql("SELECT n FROM kept") == [(42,)]


def test_everything_killed_at_once_is_recovered_from_and_the_data_are_kept(home):
    launcher = home.serve_servers()
    home.sql("CREATE TABLE kept AS SELECT 42 AS n")
    home.kill(launcher, "postgres", "valkey")
    home.serve_servers()
    assert home.sql("SELECT n FROM kept") == [(42,)]


def test_a_kill_in_the_middle_of_making_the_cluster_is_recovered_from(home):
    launcher = home.start("--servers-only")
    wait_until(lambda: any(home.path.glob("postgres/draft-*/cluster/PG_VERSION")))
    launcher.kill()
    launcher.wait()
    home.serve_servers()
    assert home.sql("SELECT 1") == [(1,)]
    assert not any(home.path.glob("postgres/draft-*"))


def test_a_pid_file_that_names_a_stranger_neither_hinders_the_start_nor_hurts_the_stranger(home):
    assert home.run("exec", "--", "true").returncode == 0
    stranger = subprocess.Popen(["sleep", "600"], start_new_session=True)
    try:
        (home.path / "run" / "postgres.pid").write_text(str(stranger.pid))
        (home.path / "postgres" / "cluster" / "postmaster.pid").write_text(f"{stranger.pid}\n")
        assert home.run("exec", "--", "true").returncode == 0
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("name", ["postgres", "valkey"])
def test_a_server_that_dies_is_started_again_where_it_was(home, name):
    home.serve_servers()
    before = home.services()
    home.sql("CREATE TABLE kept AS SELECT 42 AS n")
    killed = home.pid(name)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: (home.path / "run" / f"{name}.pid").exists() and home.pid(name) != killed)
    wait_until(home.answers)
    wait_until(
        lambda: answers(redis.Redis.from_url(before["REDIS_URL"]).connection_pool.connection_kwargs["port"])
    )
    assert home.services() == before
    assert home.sql("SELECT n FROM kept") == [(42,)]
    assert f"{name} ended unexpectedly (signal 9)" in home.said()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_servers_cleanly(home, signum):
    launcher = home.serve_servers()
    pids = [home.pid("postgres"), home.pid("valkey")]
    launcher.send_signal(signum)
    assert launcher.wait(PATIENCE) == 0
    assert not any(is_running(pid) for pid in pids)
    assert "database system is shut down" in (home.path / "log" / "postgres.log").read_text()
    assert not (home.path / "services.json").exists()


def test_two_homes_live_side_by_side(home):
    with house() as other:
        home.serve_servers()
        other.serve_servers()
        home.sql("CREATE TABLE only_here (n int)")
        assert other.sql("SELECT to_regclass('only_here')") == [(None,)]


def test_a_home_in_use_is_refused_in_one_line_and_left_alone(home):
    launcher = home.serve_servers()
    done = home.run("serve")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert f"pid {launcher.pid}" in done.stderr
    assert home.answers()


def test_a_busy_port_is_refused_in_one_line_before_anything_starts(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = home.run("serve", PORT=str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"navet: Port {port} is already in use. Choose another with PORT=.\n"
    assert not (home.path / "postgres").exists()


def test_secrets_and_addresses_are_readable_by_their_owner_only(home):
    home.serve_servers()
    for name in ("services.json", "postgres.password", "valkey.password", "secret_key", "valkey/valkey.conf"):
        assert (home.path / name).stat().st_mode & 0o077 == 0, name
    assert json.loads((home.path / "services.json").read_text())["pids"] == {
        "postgres": home.pid("postgres"),
        "valkey": home.pid("valkey"),
    }


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a place outside")
def test_as_root_a_closed_folder_stays_closed_and_the_cluster_lives_outside_it():
    with house(mode=0o700) as closed:
        first = closed.run("exec", "--", "true")
        assert first.returncode == 0, first.stderr
        assert "its data are kept in /var/lib/navet/" in first.stdout
        second = closed.run("exec", "--", "true")
        assert (second.returncode, second.stdout) == (0, "")
        assert closed.folder.stat().st_mode & 0o777 == 0o700


def test_manage_says_in_one_line_how_to_start_the_servers(home):
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=REPOSITORY,
        env=home.environment(),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "make run" in done.stderr


def test_manage_finds_the_servers_of_a_running_launcher(home):
    home.serve_servers()
    code = "from django.db import connection as c; print(c.settings_dict['PORT'])"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=REPOSITORY, env=home.environment(), capture_output=True, text=True,
    )  # fmt: skip
    assert f":{done.stdout.strip()}/" in home.services()["DATABASE_URL"], done.stderr


@pytest.mark.slow
def test_serve_on_others_servers_refuses_pending_migrations_and_changes_nothing(home):
    with house() as keeper:
        keeper.serve_servers()
        services = {name: keeper.services()[name] for name in ("DATABASE_URL", "REDIS_URL")}
        done = home.run("serve", PORT=str(free_port()), **services)
        assert done.returncode == 1
        assert "migrations pending. Nothing was changed." in done.stderr
        assert keeper.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert not (home.path / "postgres").exists()


@pytest.mark.slow
def test_serve_answers_brings_back_a_killed_web_process_and_ends_everything_at_once(home):
    port = free_port()
    launcher = home.start("--no-demo", PORT=str(port))
    wait_until(lambda: "Navet is open" in home.said() or launcher.poll() is not None)
    assert launcher.poll() is None, home.said()
    assert _status(port) == 200
    killed = home.pid("web")
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: (home.path / "run" / "web.pid").exists() and home.pid("web") != killed)
    wait_until(lambda: answers(port))
    assert _status(port) == 200
    pids = [home.pid(name) for name in ("web", "worker", "valkey", "postgres")]
    launcher.send_signal(signal.SIGTERM)
    assert launcher.wait(PATIENCE) == 0
    assert not any(is_running(pid) for pid in pids)
    assert not answers(port)


def _status(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
        return int(answer.status)
