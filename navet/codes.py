"""Codes people read aloud, type and scan: without letters that look alike, and never guessable."""

import secrets

# Crockford's base 32: no I, L, O or U. Ten letters are fifty bits; with the door's rate limits nobody guesses one.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_LETTERS = (ALPHABET * (256 // len(ALPHABET))).encode()  # a letter for each byte, each letter equally often
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", " ": "", "-": ""})


def new_code() -> str:
    """A fresh code such as `7K3M9QX2ZD`, from the operating system's randomness."""
    return secrets.token_bytes(LENGTH).translate(_LETTERS).decode()


def normalise(text: str) -> str:
    """What a person typed or a scanner read, as the code it means: `7k3m9-qx2zd` -> `7K3M9QX2ZD`."""
    return text.strip().upper().translate(_READ_AS)


def is_code(text: str) -> bool:
    """Whether `text` has the form of a code; says nothing of whether one exists."""
    return len(text) == LENGTH and all(letter in ALPHABET for letter in text)


def pretty(code: str) -> str:
    """`7K3M9QX2ZD` -> `7K3M9-QX2ZD`, as it is printed."""
    return f"{code[:5]}-{code[5:]}"


def new_pin() -> str:
    """A six digit one-time code for e-mail; short life and few tries guard it."""
    return f"{secrets.randbelow(10**6):06d}"


def new_checked_code() -> str:
    """A code whose last two letters check the others, so that a misread one is told from an unknown one."""
    body = new_code()[: LENGTH - 2]
    return body + _check(body)


def has_check(code: str) -> bool:
    """Whether the last two letters are right; of codes with one letter wrong, or two changed about, none passes."""
    return is_code(code) and code[-2:] == _check(code[:-2])


def _check(body: str) -> str:
    """Two letters: the rest of the number that the body is, by the largest prime that two letters hold."""
    number = 0
    for letter in body:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    high, low = divmod(number % 1021, len(ALPHABET))
    return ALPHABET[high] + ALPHABET[low]
