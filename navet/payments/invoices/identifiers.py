"""Numbers that say who somebody is or where money goes: organisation number, VAT number, GLN, bankgiro. Pure."""

import re

from stdnum import ean, luhn
from stdnum.se import orgnr

_SEPARATORS = str.maketrans("", "", " -\u00a0\u2013")


def digits(text: str) -> str:
    """Without spaces and dashes: `556036-0793` -> `5560360793`."""
    return text.translate(_SEPARATORS)


def is_organisation_number(text: str) -> bool:
    """Ten digits with a right check digit, and no dash."""
    return bool(re.fullmatch(r"[0-9]{10}", text)) and orgnr.is_valid(text)


def is_vat_number(text: str) -> bool:
    """A Swedish one: SE, the organisation number, and two digits more."""
    return bool(re.fullmatch(r"SE[0-9]{12}", text)) and luhn.is_valid(text[2:12])


def is_gln(text: str) -> bool:
    """Thirteen digits with a right check digit (GS1)."""
    return bool(re.fullmatch(r"[0-9]{13}", text)) and ean.is_valid(text)


def pretty_organisation_number(text: str) -> str:
    """`5560360793` -> `556036-0793`, as it is printed."""
    return f"{text[:6]}-{text[6:]}" if len(text) == 10 else text
