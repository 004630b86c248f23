"""`manage.py import_schools FILE [--dry-run] [--partial]`"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from navet import periods
from navet.directory.imports.apply import Difference, Report, apply
from navet.directory.imports.parse import LARGEST_BYTES, parse
from navet.directory.imports.rows import BrokenFile


class Command(BaseCommand):
    help = "Add, change and close school units as a file of Skolenhetsregistret v2 (JSON) or the year 9 list (CSV) says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say the same, change nothing")
        parser.add_argument(
            "--partial",
            action="store_true",
            help="the JSON is not all units of its municipalities: do not close those that it leaves out",
        )

    def handle(self, *, file: Path, dry_run: bool, partial: bool, **_options: Any) -> None:
        try:
            report = apply(
                parse(self._content(file)),
                close_missing=not partial,
                dry_run=dry_run,
                at=periods.local_day(timezone.now()),
            )
        except BrokenFile as broken:
            raise CommandError("\n".join([str(broken), *map(str, broken.faults)])) from None
        self._say(report, dry_run)

    def _content(self, file: Path) -> bytes:
        try:
            with file.open("rb") as opened:
                return opened.read(LARGEST_BYTES + 1)
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(why)s") % {"file": file, "why": error.strerror}
            ) from None

    def _say(self, report: Report, dry_run: bool) -> None:
        for unit in report.added:
            self.stdout.write(_("added: %(what)s") % {"what": f"{unit.code} {unit.name}"})
        for unit, differences in report.changed:
            self._say_changes(f"{unit.code} {unit.name}", differences)
        for organiser, differences in report.organisers:
            self._say_changes(f"{organiser.organisation_number} {organiser.name}", differences)
        for unit in report.closed:
            self.stdout.write(
                _("closed: %(what)s (%(date)s)")
                % {"what": f"{unit.code} {unit.name}", "date": unit.closed_date}
            )
        for note in report.notes:
            self.stdout.write(_("note: %(what)s") % {"what": note})
        counts = {
            "added": len(report.added),
            "changed": len(report.changed),
            "closed": len(report.closed),
            "unchanged": report.unchanged,
        }
        self.stdout.write(
            _("%(added)s added, %(changed)s changed, %(closed)s closed, %(unchanged)s unchanged.") % counts
        )
        if dry_run:
            self.stdout.write(_("A dry run: nothing was changed."))

    def _say_changes(self, what: str, differences: list[Difference]) -> None:
        for difference in differences:
            change = f"{difference.field}: {_shown(difference.old)} -> {_shown(difference.new)}"
            self.stdout.write(_("changed: %(what)s") % {"what": f"{what}; {change}"})


def _shown(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value)) or "–"
    return "–" if value in (None, "") else str(value)
