"""Add the ledger up again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from visitors import checks


class Command(BaseCommand):
    help = (
        "Add every figure up again, from the ledger's rows and from the bookings; list every difference and exit with 1 "
        "when there is one. What came of it is kept, as the worker's nightly check is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        began = timezone.now()
        found = checks.find()
        if found is None:
            raise CommandError(
                "The ledger is being added up by somebody else; try again later.", returncode=2
            )
        for difference in found:
            self.stdout.write(difference)
        check = checks.record(found, at=began, clock=timezone.now)
        seconds = (check.finished_at - began).total_seconds()
        if found:
            raise CommandError(f"{len(found)} differences in the ledger.", returncode=1)
        self.stdout.write(
            f"The ledger adds up: {check.entries} entries, {check.check_ins} check-ins, in {seconds:.1f} s."
        )
