"""Schools of the demo: the 29 real year 7-9 units, and invented ones, marked so, for everybody younger and older."""

import datetime as dt
import random
from pathlib import Path

from demo import season
from navet import directory, periods
from navet.directory.grades import Form, Grade
from navet.directory.imports.apply import apply
from navet.directory.imports.parse import parse
from navet.directory.models import Agreement, Municipality, Organiser, SchoolPeriod, SchoolUnit

_WITH_AGREEMENT = ("Borås", "Mark", "Svenljunga", "Tranemo", "Ulricehamn", "Herrljunga")
# How many invented units each municipality gets: (F-6 schools, preschools, upper secondary schools).
_INVENTED = {
    "Borås": (18, 8, 3),
    "Mark": (6, 3, 1),
    "Ulricehamn": (5, 2, 1),
    "Vårgårda": (2, 1, 0),
    "Tranemo": (3, 1, 0),
    "Svenljunga": (2, 1, 0),
    "Bollebygd": (2, 1, 0),
    "Herrljunga": (2, 1, 0),
}
_TREES = [
    "Björken",
    "Linden",
    "Eken",
    "Rönnen",
    "Granen",
    "Asken",
    "Hasseln",
    "Lönnen",
    "Alen",
    "Tallen",
    "Syrenen",
    "Häggen",
    "Oxeln",
    "Boken",
    "Videt",
    "Sälgen",
    "Enen",
    "Olvonet",
]


def import_real_schools(*, at: dt.date) -> None:
    """The 29 real units, through the importer that staff use."""
    file = Path(directory.__file__).parent / "data" / "schools-sjuharad-y9.csv"
    apply(parse(file.read_bytes()), close_missing=False, at=at)


def make_schools(rng: random.Random) -> None:
    """Invented units beside the imported real ones."""
    units = []
    serial = 0
    for municipality in Municipality.objects.filter(name__in=_INVENTED).order_by("code"):
        organiser = _organiser_of(municipality)
        primary, preschools, upper = _INVENTED[municipality.name]
        for n in range(primary):
            serial += 1
            units.append(
                _unit(
                    serial,
                    f"{_TREES[n]}s skola F-6",
                    municipality,
                    organiser,
                    [Form.PRESCHOOL_CLASS, Form.COMPULSORY],
                    ["F", "1", "2", "3", "4", "5", "6"],
                    rng.randint(140, 420),
                )
            )
        for n in range(upper):
            serial += 1
            units.append(
                _unit(
                    serial,
                    f"{_TREES[-1 - n]}s gymnasium",
                    municipality,
                    organiser,
                    [Form.UPPER_SECONDARY, Form.ADULT],
                    ["GY", "VUX"],
                    rng.randint(400, 1100),
                )
            )
        for n in range(preschools):
            name = f"{_TREES[n]}s förskola, {municipality.name} (demo)"
            units.append(
                SchoolUnit(
                    kind=SchoolUnit.Kind.PRESCHOOL,
                    name=name,
                    municipality=municipality,
                    organiser=organiser,
                    forms=[Form.PRESCHOOL],
                    grades=[Grade.PRESCHOOL],
                    pupils=rng.randint(40, 110),
                    is_demo=True,
                )
            )
    serial += 1
    boras = Municipality.objects.get(name="Borås")
    units.append(
        _unit(
            serial,
            "Videts anpassade skola",
            boras,
            _organiser_of(boras),
            [Form.ADAPTED_COMPULSORY],
            ["AN"],
            60,
        )
    )
    SchoolUnit.objects.bulk_create(units)


def _unit(
    serial: int,
    name: str,
    municipality: Municipality,
    organiser: Organiser,
    forms: list[str],
    grades: list[str],
    pupils: int,
) -> SchoolUnit:
    return SchoolUnit(
        code=f"{99_000_000 + serial}", name=f"{name}, {municipality.name} (demo)", municipality=municipality,
        organiser=organiser, forms=forms, grades=grades, pupils=pupils, is_demo=True,
    )  # fmt: skip


def _organiser_of(municipality: Municipality) -> Organiser:
    return Organiser.objects.get_or_create(
        organisation_number=municipality.organisation_number,
        defaults={"name": f"{municipality.name}s kommun", "kind": Organiser.Kind.MUNICIPAL},
    )[0]


def make_agreements(today: dt.date) -> None:
    """The six agreement municipalities of DOMAIN.md; their dates are invented."""
    years = periods.date_range(dt.date(today.year - 2, 1, 1), dt.date(today.year + 2, 12, 31))
    Agreement.objects.bulk_create(
        Agreement(municipality=municipality, valid=years, note="Datum är demo", is_demo=True)
        for municipality in Municipality.objects.filter(name__in=_WITH_AGREEMENT)
    )


def make_calendars(today: dt.date) -> None:
    """Terms and breaks of every municipality, and one school with a staff day of its own."""
    rows = []
    for municipality in Municipality.objects.filter(name__in=_INVENTED):
        for autumn in range(today.year - 2, today.year + 2):
            rows += [
                SchoolPeriod(municipality=municipality, is_demo=True, **row) for row in _year_rows(autumn)
            ]
    SchoolPeriod.objects.bulk_create(rows)
    school = SchoolUnit.objects.filter(municipality__name="Mark", is_demo=False).order_by("code").first()
    if school:
        friday = season.school_year(today.year).autumn[0] + dt.timedelta(days=30)
        SchoolPeriod.objects.create(
            school=school,
            kind=SchoolPeriod.Kind.STAFF_DAY,
            name="Studiedag",
            days=periods.date_range(friday, friday),
            is_demo=True,
        )


def _year_rows(autumn: int) -> list[dict[str, object]]:
    year = season.school_year(autumn)
    terms = [("Hösttermin", *year.autumn), ("Vårtermin", *year.spring)]
    return [
        {"kind": SchoolPeriod.Kind.TERM, "name": name, "days": periods.date_range(first, last)}
        for name, first, last in terms
    ] + [
        {"kind": SchoolPeriod.Kind.BREAK, "name": name, "days": periods.date_range(first, last)}
        for name, first, last in year.breaks
    ]
