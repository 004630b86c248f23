"""Make the directory say what an import file says: all of it, or nothing."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from navet.directory import search
from navet.directory.imports.rows import BrokenFile, Fault, SchoolFile, UnitRow
from navet.directory.models import Municipality, Organiser, SchoolUnit

FIELDS = [
    "name",
    "forms",
    "grades",
    "status",
    "street_address",
    "postal_code",
    "locality",
    "email",
    "phone",
    "pupils_year_9",
    "closed_date",
    "organiser",
    "municipality",
]


@dataclass(frozen=True)
class Difference:
    field: str
    old: object
    new: object


@dataclass
class Report:
    """What an import did, or would do."""

    added: list[SchoolUnit] = field(default_factory=list)
    changed: list[tuple[SchoolUnit, list[Difference]]] = field(default_factory=list)
    closed: list[SchoolUnit] = field(default_factory=list)
    organisers: list[tuple[Organiser, list[Difference]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unchanged: int = 0


@transaction.atomic
def apply(file: SchoolFile, *, close_missing: bool, dry_run: bool = False, at: dt.date) -> Report:
    """Add, change and close units; `at` is the date of closing where the file gives none.

    With `close_missing`, units that a register leaves out of a municipality it covers are closed; demo units and
    preschools, which no register knows, stay. Raises BrokenFile when the file asks for what cannot be.
    """
    # Imports queue here, so two at once do not both add a unit.
    municipalities = {m.code: m for m in Municipality.objects.select_for_update().order_by("pk")}
    known = {unit.code: unit for unit in SchoolUnit.objects.filter(kind="school").select_related("organiser")}
    _check(file, municipalities, known)
    report = Report()
    _add_municipalities(file, municipalities)
    organisers = _update_organisers(file, report)
    for row in file.rows:
        _sort(row, known, municipalities, organisers, report, at)
    if file.is_register and close_missing:
        _close_missing(file, known, report, at)
    _write(report)
    transaction.on_commit(search.forget_names, robust=True)
    if dry_run:
        transaction.set_rollback(True)
    return report


def _check(
    file: SchoolFile, municipalities: dict[str, Municipality], known: dict[str | None, SchoolUnit]
) -> None:
    faults = []
    for row in file.rows:
        code = row.municipality_code
        municipality = municipalities.get(code or "")
        if code is None and row.code not in known:
            what = _("%(code)s is new, and the file does not say where it is") % {"code": row.code}
        elif code and municipality is None and not row.municipality_name:
            what = _("municipality %(code)s is not known and has no name here") % {"code": code}
        elif municipality and row.municipality_name not in (None, municipality.name):
            names = {"code": code, "name": municipality.name, "other": row.municipality_name}
            what = _("municipality %(code)s is %(name)s, not %(other)s") % names
        else:
            continue
        faults.append(Fault(row.line, what))
    by_name = {m.name: m.code for m in municipalities.values()}
    for row in file.rows:
        if (
            row.municipality_name
            and by_name.get(row.municipality_name, row.municipality_code) != row.municipality_code
        ):
            facts = {"name": row.municipality_name, "code": by_name[row.municipality_name]}
            faults.append(Fault(row.line, _("%(name)s has the code %(code)s") % facts))
    if faults:
        raise BrokenFile(faults)


def _add_municipalities(file: SchoolFile, municipalities: dict[str, Municipality]) -> None:
    for row in file.rows:
        code = row.municipality_code
        if code and code not in municipalities:
            municipalities[code] = Municipality.objects.create(code=code, name=row.municipality_name or "")


def _update_organisers(file: SchoolFile, report: Report) -> dict[str, Organiser]:
    known = {organiser.organisation_number: organiser for organiser in Organiser.objects.all()}
    for row in file.rows:
        number = row.organiser_number
        if not number:
            continue
        if number not in known:
            known[number] = Organiser(
                organisation_number=number, name=row.organiser_name or "", kind=row.organiser_kind or ""
            )
            known[number].save()
            continue
        said: dict[str, object] = {"name": row.organiser_name, "kind": row.organiser_kind}
        differences = _differences(known[number], said)
        if differences:
            known[number].save(update_fields=[difference.field for difference in differences])
            report.organisers.append((known[number], differences))
    return known


def unknown_organiser() -> Organiser:
    """Who runs the units of which nothing is said. Not municipal, so that no visit becomes free by mistake."""
    return Organiser.objects.get_or_create(
        organisation_number="", defaults={"name": "Okänd huvudman", "kind": Organiser.Kind.UNKNOWN}
    )[0]


def _sort(
    row: UnitRow,
    known: dict[str | None, SchoolUnit],
    municipalities: dict[str, Municipality],
    organisers: dict[str, Organiser],
    report: Report,
    at: dt.date,
) -> None:
    """Put the row's unit among the added, the changed, the closed or the unchanged."""
    said = dict(row.facts)
    if row.municipality_code:
        said["municipality"] = municipalities[row.municipality_code]
    if row.organiser_number:
        said["organiser"] = organisers[row.organiser_number]
    unit = known.get(row.code)
    if said.get("status") == SchoolUnit.Status.CLOSED and not said.get("closed_date"):
        said["closed_date"] = unit.closed_date if unit and unit.closed_date else at
    if unit is None:
        report.added.append(_new_unit(row, said, report))
        return
    was_open = unit.status != SchoolUnit.Status.CLOSED
    differences = _differences(unit, said)
    if not differences:
        report.unchanged += 1
    elif was_open and unit.status == SchoolUnit.Status.CLOSED:
        report.closed.append(unit)
    else:
        report.changed.append((unit, differences))


def _new_unit(row: UnitRow, said: dict[str, object], report: Report) -> SchoolUnit:
    if "organiser" not in said:
        said["organiser"] = unknown_organiser()
        report.notes.append(
            _("%(code)s %(name)s: the file does not say who runs it")
            % {"code": row.code, "name": said["name"]}
        )
    return SchoolUnit(code=row.code, **{**row.first_facts, **said})


def _differences(thing: SchoolUnit | Organiser, said: dict[str, object]) -> list[Difference]:
    """Set what differs, and say what it was."""
    differences = []
    for name, new in said.items():
        old = getattr(thing, name)
        if old != new:
            setattr(thing, name, new)
            differences.append(Difference(name, old, new))
    return differences


def _close_missing(
    file: SchoolFile, known: dict[str | None, SchoolUnit], report: Report, at: dt.date
) -> None:
    covered = {row.municipality_code for row in file.rows}
    named = {row.code for row in file.rows}
    municipalities = set(Municipality.objects.filter(code__in=covered).values_list("pk", flat=True))
    for code, unit in known.items():
        gone = code not in named and unit.municipality_id in municipalities and not unit.is_demo
        if gone and unit.status != SchoolUnit.Status.CLOSED:
            unit.status, unit.closed_date = SchoolUnit.Status.CLOSED, at
            report.closed.append(unit)


def _write(report: Report) -> None:
    SchoolUnit.objects.bulk_create(report.added, batch_size=1000)
    units = [unit for unit, _differences in report.changed] + report.closed
    SchoolUnit.objects.bulk_update(units, FIELDS, batch_size=500)
