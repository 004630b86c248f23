"""`make check`: every check runs, even after one has failed; the summary says which did."""

import os
import subprocess
import sys
import time

# As a deployment sets them, so that `check --deploy` judges what would be deployed. No server is asked.
PRODUCTION = {
    "SECRET_KEY": "4f1c9be0a7d25836" * 4,
    "SITE_URL": "https://boka.navet.example",
    "ALLOWED_HOSTS": "boka.navet.example",
    "DATABASE_URL": "postgresql://navet@127.0.0.1:1/navet",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
EMBEDDED = ["python", "-m", "navet.embedded", "exec", "--fast", "--"]
CHECKS: dict[str, tuple[list[str], dict[str, str]]] = {
    "ruff check": (["ruff", "check", "."], {}),
    "ruff format": (["ruff", "format", "--check", "."], {}),
    "layers": (["lint-imports"], {}),
    "types": (["mypy"], PRODUCTION),
    "deployment": (["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    "migrations": ([*EMBEDDED, "python", "manage.py", "makemigrations", "--check", "--dry-run"], {}),
    "translations": (["python", "manage.py", "messages", "--check"], {}),
}


def main() -> int:
    failed = []
    for name, (command, extra) in CHECKS.items():
        begun = time.monotonic()
        done = subprocess.run(
            command, env=surroundings() | extra, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        verdict = "FAILED" if done.returncode else "ok"
        print(f"{verdict:>6}  {name}  ({time.monotonic() - begun:.1f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout.rstrip(), end="\n\n", flush=True)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks pass.")
    return bool(failed)


def surroundings() -> dict[str, str]:
    """The environment without what would change a verdict from one machine to the next."""
    unwanted = PRODUCTION.keys() | {"NAVET_EMBEDDED", "DEBUG"}
    return {name: value for name, value in os.environ.items() if name not in unwanted}


if __name__ == "__main__":
    sys.exit(main())
