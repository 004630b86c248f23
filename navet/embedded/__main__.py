"""`python -m navet.embedded serve | exec [--fast] -- COMMAND`: see docs/running.md."""

import argparse
import os
import signal
import subprocess
import sys
from types import FrameType

from . import default_home
from .children import dies_with_parent
from .failure import LauncherError, Stopped
from .home import Home
from .places import wheel_folder
from .serve import Serve, chosen_port
from .servers import services

# Tests on others' servers still run as one machine does: static files unhashed, a key that signs nothing real.
UNDER_TEST = {"NAVET_EMBEDDED": "1", "SECRET_KEY": "tests sign nothing that is worth forging"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m navet.embedded", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    start = verbs.add_parser("serve", help="servers, migrations, demo year, web and worker, until Ctrl-C")
    start.add_argument(
        "--no-demo", action="store_true", help="do not fill an empty database with the demo year"
    )
    start.add_argument("--servers-only", action="store_true", help="only PostgreSQL and Valkey")
    run = verbs.add_parser("exec", help="run a command with the servers up, and stop them after it")
    run.add_argument(
        "--fast", action="store_true", help="a cluster for tests, without fsync, in NAVET_HOME/test"
    )
    run.add_argument("command", nargs=argparse.REMAINDER, help="-- COMMAND and its arguments")
    given = parser.parse_args()
    _listen()
    try:
        return _serve(given) if given.verb == "serve" else _exec(given)
    except LauncherError as error:
        print(f"navet: {error}", file=sys.stderr, flush=True)
        return 1
    except Stopped as stopped:
        return 0 if given.verb == "serve" else 128 + stopped.signum  # to be stopped is how serving ends


def _listen() -> None:
    def stop(signum: int, _frame: FrameType | None) -> None:
        raise Stopped(signum)

    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, stop)


def _serve(given: argparse.Namespace) -> int:
    served = served_elsewhere()
    if served and given.servers_only:
        raise LauncherError("DATABASE_URL and REDIS_URL are set, so there are no servers to start.")
    house = Serve(
        Home(default_home()),
        port=chosen_port(),
        served=served,
        demo=not given.no_demo,
        servers_only=given.servers_only,
    )
    return house.run()


def _exec(given: argparse.Namespace) -> int:
    command = given.command[1:] if given.command[:1] == ["--"] else given.command
    if not command:
        raise LauncherError("exec needs a command: python -m navet.embedded exec -- COMMAND")
    if served_elsewhere():
        return _run(command, UNDER_TEST if given.fast else {})
    home = Home(default_home() / "test" if given.fast else default_home())
    tools = wheel_folder() / "pginstall18" / "bin"  # psql and pg_dump of the server's own version
    with services(home, fast=given.fast) as environment:
        return _run(command, environment | {"PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}"})


def served_elsewhere() -> bool:
    """Say whether the environment names both servers. Raises LauncherError where it names only one."""
    named = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)]
    if len(named) == 1:
        raise LauncherError(f"Only {named[0]} is set. Set DATABASE_URL and REDIS_URL both, or neither.")
    return bool(named)


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run `command` in the foreground and return its exit code, 128 + n where signal n ended it."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the person's own command
            command, env=os.environ | environment, preexec_fn=dies_with_parent(signal.SIGTERM)
        )
    except OSError as error:
        raise LauncherError(f"{command[0]} cannot be run: {error.strerror}.") from None
    while True:
        try:
            code = process.wait()
            return code if code >= 0 else 128 - code
        except (
            Stopped
        ) as stopped:  # Ctrl-C reaches the command by itself; the command decides when it is done
            if stopped.signum != signal.SIGINT:
                process.send_signal(stopped.signum)


if __name__ == "__main__":
    sys.exit(main())
