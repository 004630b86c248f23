"""OCR: the number a payer types, so that the bank can tell us which invoice was paid. Level of check is the bank's agreement."""

from stdnum import luhn

SHORTEST, LONGEST = 2, 25  # digits, the check digit and the length digit included
ASCII_DIGITS = frozenset("0123456789")


def make(number: int, *, length_digit: bool) -> str:
    """The OCR of invoice `number`: its digits, the length of it all modulo 10 where agreed, and a Luhn check digit.

    Raises ValueError for what is no positive number or becomes too long.
    """
    if number < 1:
        raise ValueError("an OCR is made of a positive number")
    body = str(number)
    if length_digit:
        body += str((len(body) + 2) % 10)
    ocr = body + luhn.calc_check_digit(body)
    if len(ocr) > LONGEST:
        raise ValueError(f"an OCR has at most {LONGEST} digits")
    return ocr


def is_valid(ocr: str, *, length_digit: bool) -> bool:
    """Whether the check digit is right, and the length digit where agreed."""
    if not SHORTEST <= len(ocr) <= LONGEST or not ASCII_DIGITS.issuperset(ocr):
        return False
    if length_digit and (len(ocr) < 3 or int(ocr[-2]) != len(ocr) % 10):
        return False
    return luhn.is_valid(ocr)


def normalise(text: str) -> str:
    """What was typed or read, without spaces and the zeros that fill a field: `  0000 1234 6` -> `12346`."""
    return "".join(text.split()).lstrip("0")
