"""A file's bytes as school units, or everything that is wrong with it. Pure: no database."""

from django.utils.translation import gettext as _

from navet.directory.imports import csv_file, register
from navet.directory.imports.rows import BrokenFile, Fault, SchoolFile, UnitRow, duplicates

# The whole register of Sweden, some 14 000 detail answers, is about 40 MB.
LARGEST_BYTES = 64 * 1024 * 1024


def parse(content: bytes) -> SchoolFile:
    """Read JSON of Skolenhetsregistret v2 or the year 9 CSV. Raises BrokenFile listing all faults with their lines."""
    text = _decode(content)
    faults: list[Fault] = []
    rows: list[UnitRow]
    if text.lstrip()[:1] in ("[", "{"):
        rows, is_register = register.read(text, faults)
    else:
        rows, is_register = csv_file.read(text, faults), False
    if not rows and not faults:
        faults.append(Fault(1, _("the file has no school units")))
    faults += duplicates([row for row in rows if row.code])
    if faults:
        raise BrokenFile(faults)
    return SchoolFile(tuple(rows), is_register)


def _decode(content: bytes) -> str:
    if len(content) > LARGEST_BYTES:
        raise BrokenFile([Fault(1, _("the file is larger than %(mb)s MB") % {"mb": LARGEST_BYTES >> 20})])
    if b"\0" in content:
        raise BrokenFile(
            [Fault(content.count(b"\n", 0, content.index(b"\0")) + 1, _("the file is not text"))]
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenFile([Fault(line, _("the file is not UTF-8"))]) from None
