"""Add the ledger up again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from visitors import audit
from visitors.models import CheckIn, Visit


class Command(BaseCommand):
    help = "Add the ledger of visits up again; list every difference and exit with 1 when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(audit.differences())
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            raise CommandError(f"{len(found)} differences in the ledger.", returncode=1)
        entries, check_ins = Visit.objects.count(), CheckIn.objects.count()
        self.stdout.write(f"The ledger adds up: {entries} entries, {check_ins} check-ins.")
