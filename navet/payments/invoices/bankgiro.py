"""Bankgiro numbers: seven or eight digits, the last of which checks the others. Pure."""

import re

from stdnum import luhn

from navet.payments.invoices import identifiers


def is_valid(number: str) -> bool:
    """Seven or eight digits with a right check digit, and no dash."""
    return bool(re.fullmatch(r"[0-9]{7,8}", number)) and luhn.is_valid(number)


def parse(text: str) -> str:
    """`5050-1055` -> `50501055`. Raises ValueError for what is no bankgiro number."""
    number = identifiers.digits(text)
    if not is_valid(number):
        raise ValueError("not a bankgiro number")
    return number


def pretty(number: str) -> str:
    """`50501055` -> `5050-1055`, `5501234` -> `550-1234`, as it is printed."""
    return f"{number[:-4]}-{number[-4:]}"
