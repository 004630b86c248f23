"""Skolenhetsregistret, open API v2: detail answers `{meta, data: {type, attributes}, included}`, one or a list of them,
and the list answer, whose `attributes` is a list of code, name and status."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from navet.directory.grades import Form, Grade
from navet.directory.imports.rows import ORGANISER_KINDS, STATUSES, BrokenFile, Fault, Faults, UnitRow

# The register has no preschools.
FORMS = [form for form in Form.values if form != Form.PRESCHOOL]
YEARS = [str(year) for year in range(1, 10)]
GRADES_OF: dict[str, list[str]] = {
    Form.PRESCHOOL_CLASS: [Grade.F],
    Form.UPPER_SECONDARY: [Grade.UPPER_SECONDARY],
    Form.ADAPTED_COMPULSORY: [Grade.ADAPTED],
    Form.ADAPTED_UPPER_SECONDARY: [Grade.ADAPTED],
    Form.ADULT: [Grade.ADULT],
}
WITH_YEARS = (Form.COMPULSORY, Form.SAMI, Form.SPECIAL)


def read(text: str, faults: list[Fault]) -> tuple[list[UnitRow], bool]:
    """The units, and whether the file is a register of its municipalities: a list of detail answers.

    Raises BrokenFile when it is no JSON.
    """
    rows: list[UnitRow] = []
    answers = list(_answers(text))
    for line, answer in answers:
        data = answer.get("data") if isinstance(answer, dict) else None
        attributes = data.get("attributes") if isinstance(data, dict) else None
        if isinstance(attributes, dict):
            rows.append(_detail(answer, attributes, Faults(line, faults)))
        elif isinstance(attributes, list):
            rows += [_entry(entry, attributes, Faults(line, faults)) for entry in attributes]
        else:
            faults.append(Fault(line, _("no answer of the register: data.attributes is missing")))
    is_list = text.lstrip().startswith("[")
    return rows, is_list and all(
        isinstance(a["data"]["attributes"], dict) for _line, a in answers if not faults
    )


def _answers(text: str) -> Iterator[tuple[int, Any]]:
    """Every answer with the line it begins on."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise BrokenFile([Fault(error.lineno, _("not JSON: %(error)s") % {"error": error.msg})]) from None
    except (RecursionError, ValueError):
        raise BrokenFile([Fault(1, _("not JSON: %(error)s") % {"error": _("nested too deep")})]) from None
    if not isinstance(whole, list):
        yield 1, whole
        return
    decoder = json.JSONDecoder()
    position, line = text.index("[") + 1, 1
    line += text.count("\n", 0, position)
    for _answer in whole:
        begins = position
        while text[begins] in " \t\r\n,":
            begins += 1
        line += text.count("\n", position, begins)
        answer, position = decoder.raw_decode(text, begins)
        yield line, answer
        line += text.count("\n", begins, position)


def _entry(entry: object, siblings: list[Any], found: Faults) -> UnitRow:
    """A unit of a list answer: code, name and status only."""
    known = entry if isinstance(entry, dict) else {}
    return UnitRow(
        line=found.line,
        code=found.digits("schoolUnitCode", known.get("schoolUnitCode"), 8),
        facts={
            "name": found.text("name", known.get("name"), required=True),
            "status": found.choice("status", known.get("status"), STATUSES),
        },
    )


def _detail(answer: dict[str, Any], attributes: dict[str, Any], found: Faults) -> UnitRow:
    code = answer["data"].get("schoolUnitCode", attributes.get("schoolUnitCode"))
    forms = _forms(attributes, found)
    number, name, kind = _organiser(answer, found)
    return UnitRow(
        line=found.line,
        code=found.digits("schoolUnitCode", code, 8),
        facts={
            "name": found.text("name", attributes.get("displayName", attributes.get("name")), required=True),
            "status": found.choice("status", attributes.get("status"), STATUSES),
            "forms": forms,
            "grades": _grades(forms, attributes.get("schoolTypeProperties"), found),
            "email": found.email(attributes.get("email")),
            "phone": found.text("phone", attributes.get("phoneNumber")),
            "closed_date": found.date("endDate", attributes.get("endDate") or attributes.get("enddate")),
            **_address(attributes.get("addresses"), found),
        },
        municipality_code=found.digits("municipalityCode", attributes.get("municipalityCode"), 4),
        organiser_number=number,
        organiser_name=name,
        organiser_kind=kind,
    )


def _forms(attributes: dict[str, Any], found: Faults) -> list[str]:
    forms = attributes.get("schoolTypes") or []
    if not isinstance(forms, list):
        found.add(_("%(field)s is not a list") % {"field": "schoolTypes"})
        return []
    return [found.choice("schoolTypes", form, FORMS) for form in dict.fromkeys(map(str, forms))]


def _grades(forms: list[str], properties: object, found: Faults) -> list[str]:
    """The grades in the order of the school. Years come from the properties; without them, all nine."""
    known = properties if isinstance(properties, dict) else {}
    grades: set[str] = set()
    for form in forms:
        grades.update(GRADES_OF.get(form, []))
        if form not in WITH_YEARS:
            continue
        own = known.get(form.lower())
        years = own.get("grades") if isinstance(own, dict) else None
        if years is not None and not isinstance(years, list):
            found.add(_("%(field)s is not a list") % {"field": f"{form.lower()}.grades"})
            continue
        # Specialskolan has a tenth year, which programmes do not tell from the ninth.
        allowed = [*YEARS, "10"] if form == Form.SPECIAL else YEARS
        named = [found.choice("grade", year, allowed) for year in years or YEARS]
        grades.update("9" if year == "10" else year for year in named)
    return [grade for grade in Grade.values if grade in grades]


def _address(addresses: object, found: Faults) -> dict[str, str]:
    """The visiting address; nothing when the register has none."""
    if addresses is not None and not isinstance(addresses, list):
        found.add(_("%(field)s is not a list") % {"field": "addresses"})
        return {}
    for address in addresses or []:
        if isinstance(address, dict) and address.get("type") == "BESOKSADRESS":
            street = address.get("streetAddress", address.get("street"))
            return {
                "street_address": found.text("street_address", street),
                "postal_code": found.text("postal_code", address.get("postalCode")),
                "locality": found.text("locality", address.get("locality")),
            }
    return {}


def _organiser(answer: dict[str, Any], found: Faults) -> tuple[str | None, str | None, str | None]:
    """Number, name and kind of who runs the unit; three None when the answer was saved without `included`."""
    included = answer.get("included")
    if included is None:
        return None, None, None
    attributes = included.get("attributes") if isinstance(included, dict) else None
    if not isinstance(attributes, dict):
        found.add(_("%(field)s is missing") % {"field": "included.attributes"})
        return None, None, None
    return (
        found.organisation_number(included.get("organizationNumber")),
        found.text("organiser", attributes.get("displayName"), required=True),
        found.choice("organizerType", attributes.get("organizerType"), ORGANISER_KINDS),
    )
