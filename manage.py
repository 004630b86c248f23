#!/usr/bin/env python
"""Django's command line, with the embedded servers of a running launcher where none are given."""

import os
import sys

from navet import embedded

WITHOUT_SERVERS = {
    "help",
    "--help",
    "-h",
    "version",
    "--version",
    "messages",
    "check",
    "makemessages",
    "collectstatic",
}
NO_SERVERS = (
    "No database: neither DATABASE_URL and REDIS_URL are set, nor does a launcher run in {home}. Start one with "
    "`make run`, or run one command with `python -m navet.embedded exec -- python manage.py {command}`."
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "navet.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        services = embedded.known_services()
        os.environ.update(services)
        if not services and command not in WITHOUT_SERVERS:
            sys.exit(NO_SERVERS.format(home=embedded.default_home(), command=command))
        if not services:
            os.environ.setdefault("SECRET_KEY", "this process neither signs nor serves anything")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - the environment comes first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
