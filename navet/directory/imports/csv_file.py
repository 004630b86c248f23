"""The list of units with year 9 as CSV (navet/directory/data): year 9 only, so it closes nothing."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from navet.directory.grades import Form, Grade
from navet.directory.imports.rows import BrokenFile, Fault, Faults, UnitRow
from navet.directory.models import Organiser

COLUMNS = [
    "school_unit_code",
    "name",
    "municipality_code",
    "municipality",
    "organiser_type",
    "organiser",
    "organiser_org_number",
    "street_address",
    "pupils_year_9_2024_25",
]
KINDS = {"Kommunal": Organiser.Kind.MUNICIPAL, "Enskild": Organiser.Kind.INDEPENDENT}
SENIOR = [Grade.G7, Grade.G8, Grade.G9]
F_TO_9 = [Grade.F, *(str(year) for year in range(1, 10))]


def read(text: str, faults: list[Fault]) -> list[UnitRow]:
    """The rows of the file; what is wrong goes into `faults`. Raises BrokenFile when the columns are wrong."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows: list[UnitRow] = []
    try:
        _check_columns(reader.fieldnames or [])
        for record in reader:
            found = Faults(reader.line_num, faults)
            if None in record or None in record.values():
                found.add(_("the line has not %(count)s columns") % {"count": len(COLUMNS)})
            else:
                rows.append(_row(record, found))
    except csv.Error as error:
        faults.append(Fault(reader.line_num, _("not CSV: %(error)s") % {"error": error}))
    return rows


def _check_columns(names: Sequence[str]) -> None:
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise BrokenFile([Fault(1, _("missing columns: %(names)s") % {"names": ", ".join(missing)})])
    if len(set(names)) < len(names):
        raise BrokenFile([Fault(1, _("a column comes twice"))])


def _row(record: dict[str, str], found: Faults) -> UnitRow:
    name = found.text("name", record["name"], required=True)
    kind = found.choice("organiser_type", record["organiser_type"], list(KINDS))
    from_preschool_class = "F-9" in name
    return UnitRow(
        line=found.line,
        code=found.digits("school_unit_code", record["school_unit_code"], 8),
        facts={
            "name": name,
            "street_address": found.text("street_address", record["street_address"]),
            "pupils_year_9": found.count("pupils_year_9_2024_25", record["pupils_year_9_2024_25"]),
        },
        # The list says only that there is a year 9; the register, which knows the forms and grades, goes before it.
        first_facts={
            "forms": [Form.PRESCHOOL_CLASS, Form.COMPULSORY] if from_preschool_class else [Form.COMPULSORY],
            "grades": F_TO_9 if from_preschool_class else SENIOR,
        },
        municipality_code=found.digits("municipality_code", record["municipality_code"], 4),
        municipality_name=found.text("municipality", record["municipality"], required=True),
        organiser_number=found.organisation_number(record["organiser_org_number"]),
        organiser_name=found.text("organiser", record["organiser"], required=True),
        organiser_kind=KINDS.get(kind),
    )
