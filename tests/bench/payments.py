"""`make bench BENCH=payments`: ten thousand payments (BENCH_PAYMENTS) through the Stripe sandbox, with everything going wrong.

20 % of the webhooks come twice, 10 % late, 5 % never; 1 % of the calls are refused and 1 % lose their answer; a Celery worker is killed every
twenty seconds. Served by the web process of `make run`, on a database of its own. Prints both books, and exits with 1 where they differ.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench import ground
from tests.sandboxes import RunningSandbox

COUNT = int(os.environ.get("BENCH_PAYMENTS", "10000"))
THREADS = 4
KILL_EVERY = 20.0  # seconds


def main() -> int:
    ground.use_own_database()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.storm.settings"
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rpartition("/")[0] + "/5"
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="navet-bench-")))
        sandbox = RunningSandbox(folder)
        stack.callback(sandbox.kill)
        os.environ |= sandbox.environment
        import django

        django.setup()
        return _run(stack, sandbox, folder)


def _run(stack: ExitStack, sandbox: RunningSandbox, folder: Path) -> int:
    from django.core.management import call_command
    from django.utils import timezone

    from tests.storm import paying

    call_command("migrate", verbosity=0)
    sandbox.webhook = f"http://127.0.0.1:{stack.enter_context(ground.served())}/stripe/webhook/"
    sandbox.start()
    storm = paying.Storm(sandbox, COUNT)
    storm.begin()
    killer = paying.Killer(lambda: _worker(folder), _kill, workers=2, every=KILL_EVERY)
    beat = _celery(folder, "beat", "--schedule", str(folder / "beat"))
    stack.callback(lambda: [_kill(process) for process in [*killer.workers, beat]])
    killer.start()
    since, began = timezone.now(), time.monotonic()
    storm.pay_all(THREADS)
    print(f"{COUNT} orders placed and paid at the sandbox in {time.monotonic() - began:.0f} s", flush=True)
    storm.change_some()
    killer.stop()
    storm.wait()
    made_up = storm.make_up()
    storm.wait()
    print(
        f"everything settled after {time.monotonic() - began:.0f} s; {killer.killed} workers were killed",
        flush=True,
    )
    return _print(sandbox, made_up, paying.add_up(since))


def _worker(folder: Path) -> subprocess.Popen:
    return _celery(folder, "worker", "--concurrency", "1", "--hostname", f"w{time.monotonic_ns()}@%h",
                   "--without-mingle", "--without-gossip")  # fmt: skip


def _celery(folder: Path, *arguments: str) -> subprocess.Popen:
    with (folder / "celery.log").open("ab") as log:
        command = [sys.executable, "-m", "celery", "-A", "worker.app", *arguments, "--loglevel", "WARNING"]
        return subprocess.Popen(command, cwd=ground.ROOT, stdout=log, stderr=log, start_new_session=True)


def _kill(process: subprocess.Popen) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _print(sandbox: RunningSandbox, made_up: int, books) -> int:
    carried = sandbox.control("state")["deliveries"]
    print(f"webhooks: {', '.join(f'{number} {state}' for state, number in sorted(carried.items()))}")
    print(f"payments that the round asked about: {made_up}")
    print(f"{books.orders} orders; paid once: {books.paid_once}; product line told once: {books.told_once}")
    print(
        f"{books.refunds} refunds; made once: {books.refunded_once}; orders left with a surplus: {books.surplus}"
    )
    for name, (paid, gone) in {"our books": books.ours, "the sandbox": books.theirs}.items():
        print(f"{name:12} paid {paid / 100:18,.2f}   refunded {gone / 100:16,.2f} kr")
    print(f"differences noted: {books.differences}")
    for one in books.unlike[:20]:
        print(f"  differs: {one}")
    print("The books are equal, to the öre." if books.agree else "THE BOOKS DIFFER.")
    return 0 if books.agree else 1


if __name__ == "__main__":
    sys.exit(main())
