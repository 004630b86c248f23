"""Schools and import files for tests."""

import copy
import json

from navet.directory import operations
from navet.directory.models import Municipality, Organiser, SchoolUnit

HEADER = (
    "school_unit_code,name,municipality_code,municipality,organiser_type,organiser,"
    "organiser_org_number,street_address,pupils_year_9_2024_25"
)
ENGELBREKT = (
    "86215855,Engelbrektskolan 7-9,1490,Borås,Kommunal,Borås kommun,2120001561,Engelbrektsgatan 14,117"
)

DETAIL = {
    "meta": {"title": "Skolenhetsregistret"},
    "data": {
        "type": "schoolunit",
        "schoolUnitCode": "86215855",
        "attributes": {
            "displayName": "Engelbrektskolan 7-9",
            "status": "AKTIV",
            "url": None,
            "email": "engelbrekt@boras.test",
            "phoneNumber": "033-35 00 00",
            "headMaster": "Rektor Rektorsson",
            "addresses": [
                {"type": "POSTADRESS", "streetAddress": "Box 1", "postalCode": "50180", "locality": "Borås"},
                {
                    "type": "BESOKSADRESS",
                    "streetAddress": "Engelbrektsgatan 14",
                    "postalCode": "50438",
                    "locality": "Borås",
                    "geoCoordinates": {"latitude": "57.7", "longitude": "12.9"},
                },
            ],
            "schoolUnitType": "SKOLENHET",
            "municipalityCode": "1490",
            "schoolTypes": ["GR"],
            "schoolTypeProperties": {"gr": {"grades": ["7", "8", "9"]}},
            "startdate": "2012-07-01",
            "endDate": None,
        },
    },
    "included": {
        "type": "organizer",
        "organizationNumber": "2120001561",
        "attributes": {"displayName": "Borås kommun", "organizerType": "KOMMUN"},
    },
}


def csv(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines, ""]).encode()


def detail(code: str = "86215855", *, included: object = ..., **attributes: object) -> dict:
    """A detail answer of the register; `...` as a value leaves the attribute out."""
    answer = copy.deepcopy(DETAIL)
    answer["data"]["schoolUnitCode"] = code
    if included is not ...:
        answer["included"] = included
    for name, value in attributes.items():
        answer["data"]["attributes"][name] = value
    return answer


def register(*answers: object) -> bytes:
    return json.dumps(list(answers), ensure_ascii=False, indent=1).encode()


def organiser(number: str = "2120001561", kind: str = Organiser.Kind.MUNICIPAL, name: str = "") -> Organiser:
    return Organiser.objects.get_or_create(
        organisation_number=number, defaults={"name": name or f"Organiser {number}", "kind": kind}
    )[0]


def school(
    name: str, code: str | None, *, municipality: str = "1490", run_by: Organiser | None = None, **more
):
    """A school, or a preschool when it has no code."""
    operations.ensure_municipalities()
    return SchoolUnit.objects.create(
        name=name,
        code=code,
        kind="school" if code else "preschool",
        municipality=Municipality.objects.get(code=municipality),
        organiser=run_by or organiser(),
        **more,
    )
