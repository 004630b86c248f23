"""`manage.py exchange_seed 17 --reason "…"`: a new fingerprint for a draw whose seed is lost with the server's secret key."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bookings.leisure.operations import drawing
from navet.errors import Refused


class Command(BaseCommand):
    help = "Publishes a new fingerprint beside the lost one. First try to put the earlier key into SECRET_KEY_FALLBACKS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("group", type=int, help="The number in the address of the draw's page.")
        parser.add_argument("--reason", required=True, help="Stands on the draw's page, for anybody to read.")

    def handle(self, *args: Any, **options: Any) -> None:
        reason = " ".join(options["reason"].split())
        if not 0 < len(reason) <= 200:
            raise CommandError("Give a reason of 1 to 200 characters.")
        try:
            group = drawing.exchange_seed(options["group"], reason=reason, at=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(group.seed_sha256)
