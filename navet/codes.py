"""Codes people read aloud, type and scan: without letters that look alike, and never guessable."""

import secrets

# Crockford's base 32: no I, L, O or U. Ten letters are fifty bits; with the door's rate limits nobody guesses one.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", " ": "", "-": ""})


def new_code() -> str:
    """A fresh code such as `7K3M9QX2ZD`, from the operating system's randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


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
