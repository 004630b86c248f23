"""What an import file says of a school unit, and what may be wrong with it. Pure: no database."""

import datetime as dt
import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from stdnum.se import orgnr

from navet.directory.models import Organiser, SchoolUnit
from navet.errors import Refused

LONGEST = {"name": 120, "street_address": 120, "postal_code": 6, "locality": 60, "phone": 20, "email": 254}


@dataclass(frozen=True)
class Fault:
    """One thing wrong, and the line it is on (1 is the first)."""

    line: int
    what: str

    def __str__(self) -> str:
        return _("line %(line)s: %(what)s") % {"line": self.line, "what": self.what}


class BrokenFile(Refused):
    """The whole file is refused; `faults` lists everything wrong with it."""

    code = "broken_file"
    status = 400

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.line)
        super().__init__(
            _("The file is refused and nothing was changed."), faults=[str(f) for f in self.faults]
        )


@dataclass(frozen=True)
class UnitRow:
    """One unit. None, or a missing key of `facts`, means that the file does not say, and what is known stays.

    `facts` are fields of SchoolUnit; `first_facts` are used only for a unit that is new.
    """

    line: int
    code: str
    facts: dict[str, object] = field(default_factory=dict)
    first_facts: dict[str, object] = field(default_factory=dict)
    municipality_code: str | None = None
    municipality_name: str | None = None
    organiser_number: str | None = None
    organiser_name: str | None = None
    organiser_kind: str | None = None


@dataclass(frozen=True)
class SchoolFile:
    """A file that is whole. `is_register`: what it leaves out of its municipalities has closed."""

    rows: tuple[UnitRow, ...]
    is_register: bool


class Faults:
    """Collects what is wrong with one record, so that all of it is said at once."""

    def __init__(self, line: int, into: list[Fault]) -> None:
        self.line = line
        self.into = into

    def add(self, what: str) -> None:
        self.into.append(Fault(self.line, what))

    def text(self, name: str, value: object, *, required: bool = False) -> str:
        """The value as one clean line of text; "" when it is missing or wrong."""
        if value is None or value == "":
            if required:
                self.add(_("%(field)s is missing") % {"field": name})
            return ""
        if not isinstance(value, str) or any(ord(letter) < 32 for letter in value.strip()):
            self.add(_("%(field)s is not text: %(value)r") % {"field": name, "value": value})
            return ""
        text = " ".join(value.split())
        if required and not text:
            self.add(_("%(field)s is missing") % {"field": name})
        longest = LONGEST.get(name, 120)
        if len(text) > longest:
            self.add(_("%(field)s is longer than %(longest)s letters") % {"field": name, "longest": longest})
        return text

    def digits(self, name: str, value: object, length: int) -> str:
        text = self.text(name, value, required=True)
        if text and not re.fullmatch(rf"[0-9]{{{length}}}", text):
            self.add(
                _("%(field)s is not %(length)s digits: %(value)r")
                % {"field": name, "length": length, "value": text}
            )
        return text

    def organisation_number(self, value: object) -> str:
        text = self.text("organisation number", value, required=True).replace("-", "")
        if text and not (re.fullmatch(r"[0-9]{10}", text) and orgnr.is_valid(text)):
            self.add(_("%(value)r is not an organisation number") % {"value": text})
        return text

    def choice(self, name: str, value: object, allowed: list[str]) -> str:
        text = self.text(name, value, required=True)
        if text and text not in allowed:
            self.add(_("unknown %(field)s: %(value)r") % {"field": name, "value": text})
        return text

    def count(self, name: str, value: object) -> int | None:
        text = self.text(name, value)
        if text and not re.fullmatch(r"[0-9]{1,5}", text):
            self.add(_("%(field)s is not a count: %(value)r") % {"field": name, "value": text})
            return None
        return int(text) if text else None

    def email(self, value: object) -> str:
        text = self.text("email", value)
        try:
            if text:
                validate_email(text)
        except ValidationError:
            self.add(_("%(value)r is not an e-mail address") % {"value": text})
        return text

    def date(self, name: str, value: object) -> dt.date | None:
        text = self.text(name, value)
        try:
            return dt.date.fromisoformat(text[:10]) if text else None
        except ValueError:
            self.add(_("%(field)s is not a date: %(value)r") % {"field": name, "value": text})
            return None


STATUSES = list(SchoolUnit.Status.values)
ORGANISER_KINDS = [kind for kind in Organiser.Kind.values if kind != Organiser.Kind.UNKNOWN]


def duplicates(rows: list[UnitRow]) -> list[Fault]:
    """A fault for every unit that comes a second time, and for organisers and municipalities with two names."""
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    names: dict[str, str] = {}
    for row in rows:
        if row.code in seen:
            faults.append(
                Fault(
                    row.line,
                    _("%(code)s is also on line %(line)s") % {"code": row.code, "line": seen[row.code]},
                )
            )
        seen.setdefault(row.code, row.line)
        for number, name in (
            (row.organiser_number, row.organiser_name),
            (row.municipality_code, row.municipality_name),
        ):
            if number and name and names.setdefault(number, name) != name:
                two = {"number": number, "name": names[number], "other": name}
                faults.append(Fault(row.line, _("%(number)s is named both %(name)s and %(other)s") % two))
    return faults
