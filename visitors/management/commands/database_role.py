"""The GRANT statements for the application's own database role."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from visitors import database_role


class Command(BaseCommand):
    help = "Print the SQL that gives the application's database role its rights: none to change the ledger. --apply runs it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="an existing role without superuser rights, not the tables' owner")
        parser.add_argument(
            "--apply", action="store_true", help="run the statements as the role of DATABASE_URL"
        )

    def handle(self, *, role: str, apply: bool, **options: Any) -> None:
        database = str(connection.settings_dict["NAME"])
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in database_role.statements(role, database):
                text = statement.as_string(cursor.connection)
                if apply:
                    cursor.execute(text)
                self.stdout.write(f"{text};")
