from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from navet.payments import statutory


class Command(BaseCommand):
    help = "Write the VAT rules that the law settles, where finance has none yet; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            written = statutory.ensure_rules()
        self.stdout.write(f"{written} VAT rules written.")
