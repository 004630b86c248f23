"""Broken files are refused whole: every fault is named with its line, and nothing is guessed."""

import json

import pytest
from django.utils import translation

from navet.directory.imports import parse as parsing
from navet.directory.imports.parse import parse
from navet.directory.imports.rows import BrokenFile
from tests.navet.directory.making import ENGELBREKT, HEADER, csv, detail, register

LONG = "x" * 121


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def swapped(column: int, value: str) -> bytes:
    """The CSV with one value of its one line replaced."""
    cells = ENGELBREKT.split(",")
    cells[column] = value
    return csv(",".join(cells))


BROKEN = {
    # CSV, a value at a time
    "code of seven digits": (swapped(0, "8621585"), "line 2: school_unit_code is not 8 digits: '8621585'"),
    "code of nine digits": (swapped(0, "862158555"), "line 2: school_unit_code is not 8 digits"),
    "code with letters": (swapped(0, "8621585X"), "line 2: school_unit_code is not 8 digits"),
    "code in other digits": (swapped(0, "٨٦٢١٥٨٥٥"), "line 2: school_unit_code is not 8 digits"),
    "code missing": (swapped(0, ""), "line 2: school_unit_code is missing"),
    "name missing": (swapped(1, ""), "line 2: name is missing"),
    "name of spaces": (swapped(1, "   "), "line 2: name is missing"),
    "name too long": (swapped(1, LONG), "line 2: name is longer than 120 letters"),
    "name with control letter": (swapped(1, "Skol\x07an"), "line 2: name is not text"),
    "municipality code of three digits": (swapped(2, "149"), "line 2: municipality_code is not 4 digits"),
    "municipality name missing": (swapped(3, ""), "line 2: municipality is missing"),
    "unknown organiser type": (swapped(4, "Privat"), "line 2: unknown organiser_type: 'Privat'"),
    "organiser missing": (swapped(5, ""), "line 2: organiser is missing"),
    "organisation number, wrong check digit": (swapped(6, "2120001562"), "is not an organisation number"),
    "organisation number, letters": (swapped(6, "212000156A"), "is not an organisation number"),
    "organisation number, short": (swapped(6, "212000"), "is not an organisation number"),
    "organisation number missing": (swapped(6, ""), "line 2: organisation number is missing"),
    "pupils negative": (swapped(8, "-3"), "line 2: pupils_year_9_2024_25 is not a count: '-3'"),
    "pupils a fraction": (swapped(8, "11.5"), "is not a count"),
    "pupils a word": (swapped(8, "many"), "is not a count"),
    # CSV, the file
    "nothing": (b"", "line 1: missing columns: school_unit_code"),
    "only a header": (csv(), "the file has no school units"),
    "another table": (b"id,name\n1,x\n", "line 1: missing columns: school_unit_code"),
    "a column missing": (HEADER.replace(",street_address", "").encode(), "missing columns: street_address"),
    "semicolons": ((HEADER + "\n" + ENGELBREKT).replace(",", ";").encode(), "line 1: missing columns"),
    "a column twice": ((HEADER + ",name\n").encode(), "line 1: a column comes twice"),
    "too few cells": (csv("86215855,Engelbrektskolan"), "line 2: the line has not 9 columns"),
    "too many cells": (csv(ENGELBREKT + ",x"), "line 2: the line has not 9 columns"),
    "a quotation mark left open": (csv('86215855,"Engel'), "not CSV"),
    "the same unit twice": (csv(ENGELBREKT, ENGELBREKT), "line 3: 86215855 is also on line 2"),
    "an organiser with two names": (
        csv(ENGELBREKT, ENGELBREKT.replace("86215855", "12345678").replace("Borås kommun", "Borås stad")),
        "line 3: 2120001561 is named both Borås kommun and Borås stad",
    ),
    "Latin-1": ((HEADER + "\n" + ENGELBREKT).encode("latin-1"), "line 2: the file is not UTF-8"),
    "UTF-16": (csv(ENGELBREKT).decode().encode("utf-16"), "line 1: the file is not text"),
    "a spreadsheet": (b"PK\x03\x04\x14\x00\x06\x00", "line 1: the file is not text"),
    # JSON, the file
    "truncated JSON": (register(detail())[:-40], "not JSON"),
    "JSON cut after a brace": (b"{", "line 1: not JSON"),
    "an empty list": (b"[]", "the file has no school units"),
    "a list of numbers": (b"[1, 2]", "data.attributes is missing"),
    "an object of something else": (b'{"error": "no such page"}', "line 1: no answer of the register"),
    "data that is a list": (b'{"data": []}', "line 1: no answer of the register"),
    "nested without end": (b"[" * 100_000 + b"]" * 100_000, "not JSON"),
    # JSON, a value at a time
    "JSON code a number": (register(detail(86215855)), "schoolUnitCode is not text: 86215855"),
    "JSON code missing": (register(detail(None)), "schoolUnitCode is missing"),
    "JSON name missing": (register(detail(displayName=None)), "name is missing"),
    "JSON name an object": (register(detail(displayName={})), "name is not text"),
    "JSON unknown status": (register(detail(status="STÄNGD")), "unknown status: 'STÄNGD'"),
    "JSON status missing": (register(detail(status=None)), "status is missing"),
    "JSON unknown form": (register(detail(schoolTypes=["GR", "FSK"])), "unknown schoolTypes: 'FSK'"),
    "JSON forms a word": (register(detail(schoolTypes="GR")), "schoolTypes is not a list"),
    "JSON forms of objects": (register(detail(schoolTypes=[{}])), "unknown schoolTypes"),
    "JSON unknown grade": (
        register(detail(schoolTypeProperties={"gr": {"grades": ["9", "10"]}})),
        "unknown grade: '10'",
    ),
    "JSON grades a word": (
        register(detail(schoolTypeProperties={"gr": {"grades": "789"}})),
        "gr.grades is not a list",
    ),
    "JSON e-mail": (register(detail(email="engelbrekt at boras")), "is not an e-mail address"),
    "JSON telephone too long": (register(detail(phoneNumber="0" * 21)), "phone is longer than 20 letters"),
    "JSON addresses an object": (register(detail(addresses={})), "addresses is not a list"),
    "JSON end date": (register(detail(endDate="i sommar")), "endDate is not a date"),
    "JSON municipality code": (
        register(detail(municipalityCode="Borås")),
        "municipalityCode is not 4 digits",
    ),
    "JSON organiser a word": (register(detail(included="Borås")), "included.attributes is missing"),
    "JSON organiser number": (
        register(
            detail(
                included={
                    "organizationNumber": "2120001562",
                    "attributes": {"displayName": "Borås kommun", "organizerType": "KOMMUN"},
                }
            )
        ),
        "'2120001562' is not an organisation number",
    ),
    "JSON organiser kind": (
        register(
            detail(
                included={
                    "organizationNumber": "2120001561",
                    "attributes": {"displayName": "Borås kommun", "organizerType": "OKAND"},
                }
            )
        ),
        "unknown organizerType: 'OKAND'",
    ),
    "JSON the same unit twice": (register(detail(), detail()), "86215855 is also on line 2"),
    "JSON list entry a word": (b'{"data": {"attributes": ["x"]}}', "schoolUnitCode is missing"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_the_line_and_the_reason(name):
    content, reason = BROKEN[name]
    with pytest.raises(BrokenFile) as refused:
        parse(content)
    assert reason in "\n".join(map(str, refused.value.faults))


def test_all_faults_are_named_in_the_order_of_their_lines():
    bad = ENGELBREKT.replace("86215855", "x").replace("2120001561", "1")
    with pytest.raises(BrokenFile) as refused:
        parse(csv(ENGELBREKT, bad, ENGELBREKT.replace("1490", "19")))
    assert [fault.line for fault in refused.value.faults] == [3, 3, 4, 4, 4][: len(refused.value.faults)]
    assert {"line 3: school_unit_code is not 8 digits: 'x'", "line 4: 86215855 is also on line 2"} <= set(
        map(str, refused.value.faults)
    )


def test_the_line_of_a_fault_in_json_is_where_its_answer_begins():
    content = register(detail("11111111"), detail("22222222", status="?"), detail("33333333"))
    lines = content.decode().splitlines()
    with pytest.raises(BrokenFile) as refused:
        parse(content)
    (fault,) = refused.value.faults
    assert lines[fault.line - 1].strip() == "{"
    assert any("22222222" in line for line in lines[fault.line : fault.line + 8])


def test_a_huge_file_is_refused_unread(monkeypatch):
    monkeypatch.setattr(parsing, "LARGEST_BYTES", 100)
    with pytest.raises(BrokenFile) as refused:
        parse(csv(ENGELBREKT))
    assert "larger than" in str(refused.value.faults[0])


def test_the_csv_of_the_repository_has_the_29_units(repository):
    file = parse((repository / "navet/directory/data/schools-sjuharad-y9.csv").read_bytes())
    assert len(file.rows) == 29
    assert not file.is_register
    assert sum(row.facts["pupils_year_9"] or 0 for row in file.rows) == 2732
    f_to_9 = {row.facts["name"] for row in file.rows if "F" in row.first_facts["grades"]}
    assert f_to_9 == {"Fredriksborgskolan F-9"}


def test_a_byte_order_mark_and_windows_line_ends_are_read():
    content = b"\xef\xbb\xbf" + csv(ENGELBREKT).replace(b"\n", b"\r\n")
    assert [row.code for row in parse(content).rows] == ["86215855"]


def test_a_detail_answer_is_read_whole():
    (row,) = parse(register(detail())).rows
    assert row.facts == {
        "name": "Engelbrektskolan 7-9",
        "status": "AKTIV",
        "forms": ["GR"],
        "grades": ["7", "8", "9"],
        "email": "engelbrekt@boras.test",
        "phone": "033-35 00 00",
        "closed_date": None,
        "street_address": "Engelbrektsgatan 14",
        "postal_code": "50438",
        "locality": "Borås",
    }
    assert (row.organiser_number, row.organiser_kind) == ("2120001561", "KOMMUN")


@pytest.mark.parametrize(
    ("forms", "properties", "grades"),
    [
        (["FKLASS", "GR"], {"gr": {"grades": ["1", "2", "3"]}}, ["F", "1", "2", "3"]),
        (["GR"], {}, [str(year) for year in range(1, 10)]),
        (["GR"], None, [str(year) for year in range(1, 10)]),
        (["GRAN"], {"gran": {"grades": ["1"]}}, ["AN"]),
        (["SP"], {"sp": {"grades": ["9", "10"]}}, ["9"]),
        (["GY", "GYAN"], {"gy": {"programmes": ["NA"]}}, ["GY", "AN"]),
        (["VUX"], {"vux": {"schoolTypeParts": ["VUXSFI"]}}, ["VUX"]),
        (["FTH"], {}, []),
    ],
)
def test_grades_come_from_forms_and_their_properties(forms, properties, grades):
    (row,) = parse(register(detail(schoolTypes=forms, schoolTypeProperties=properties))).rows
    assert row.facts["grades"] == grades


def test_the_shapes_of_the_register_are_told_apart():
    one = json.dumps(detail()).encode()
    entries = {
        "data": {"type": "x", "attributes": [{"schoolUnitCode": "86215855", "name": "E", "status": "AKTIV"}]}
    }
    assert parse(register(detail())).is_register
    assert not parse(one).is_register
    listed = parse(json.dumps(entries).encode())
    assert not listed.is_register
    assert listed.rows[0].facts == {"name": "E", "status": "AKTIV"}
