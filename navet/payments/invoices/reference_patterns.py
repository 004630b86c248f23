"""What a buyer wants every invoice to bear, as a pattern of that buyer's own; checked before the invoice leaves.

Borås Stad, for instance, wants a code that begins with YY (DOMAIN.md, section 3). Pure.
"""

import re

from django.utils.translation import gettext_lazy as _

from navet.errors import Refused

LONGEST = 60  # of what is matched; with the limits below no pattern keeps us waiting
LONGEST_PATTERN = 80
# Classes, literals, counts in braces and plain alternatives: all that a reference needs, and nothing that backtracks for ever.
_ALLOWED = re.compile(
    r"(?:\[[A-Za-z0-9ÅÄÖåäö_./ -]+\]|\\d|[A-Za-z0-9ÅÄÖåäö_/ -]|\\[.+-]|\{\d{1,2}(?:,\d{1,2})?\}|\?|\|)+"
)


class ReferenceMissing(Refused):
    code = "invoice_reference_missing"
    field = "reference"
    message = _("This customer wants a reference on every invoice.")


class ReferenceWrong(Refused):
    """`extra`: `example`."""

    code = "invoice_reference_wrong"
    field = "reference"


def is_pattern(text: str) -> bool:
    """Whether `text` is a pattern we take: letters, digits, classes, \\d, counts in braces, ? and |."""
    if len(text) > LONGEST_PATTERN or not _ALLOWED.fullmatch(text):
        return False
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def check(reference: str, *, pattern: str, example: str) -> None:
    """Raises ReferenceMissing or ReferenceWrong where the customer's pattern wants something else; no pattern, no check."""
    if not pattern:
        return
    if not reference:
        raise ReferenceMissing(
            _wanted(_("This customer wants a reference on every invoice."), example), example=example
        )
    if len(reference) > LONGEST or not re.fullmatch(pattern, reference):
        message = _("“%(reference)s” is not a reference this customer accepts.") % {"reference": reference}
        raise ReferenceWrong(_wanted(message, example), example=example)


def _wanted(message: object, example: str) -> str:
    if not example:
        return str(message)
    hint = _("It looks like %(example)s.") % {"example": example}
    return f"{message} {hint}"
