"""Fields that say what they take, for strict serializers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from navet import codes, money


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            "amount": {"type": "string", "pattern": r"^-?\d+\.\d{2}$", "example": "1250.00"},
            "currency": {"type": "string", "const": money.CURRENCY},
        },
        "required": ["amount", "currency"],
        "additionalProperties": False,
    }
)
class MoneyField(serializers.Field):
    """Integer öre inside, `{"amount": "1250.00", "currency": "SEK"}` outside."""

    default_error_messages = {
        "wrong_type": _("Money is an object: the amount as text, with two decimals, and the currency."),
        "invalid_amount": _("An amount has at most two decimals, with a point."),
        "unknown_currency": _("Only SEK."),
    }

    def to_representation(self, value: int) -> dict[str, str]:
        return money.as_json(value)

    def to_internal_value(self, data: Any) -> int:
        if (
            not isinstance(data, dict)
            or set(data) != {"amount", "currency"}
            or not isinstance(data["amount"], str)
        ):
            self.fail("wrong_type")
        if data["currency"] != money.CURRENCY:
            self.fail("unknown_currency")
        try:
            return money.ore_from_kronor(data["amount"])
        except ValueError:
            self.fail("invalid_amount")


@extend_schema_field({"type": "string", "minLength": codes.LENGTH, "maxLength": 20, "example": "7K3M9QX2ZD"})
class CodeField(serializers.CharField):
    """A booking code as a person types it (`7k3m9-qx2zd`), normalised; never says whether one exists."""

    default_error_messages = {"invalid_code": _("A code is ten letters and digits.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20} | kwargs)

    def to_internal_value(self, data: Any) -> str:
        code = codes.normalise(super().to_internal_value(data))
        if not codes.is_code(code):
            self.fail("invalid_code")
        return code


@extend_schema_field({"type": "string", "pattern": r"^ *([0-9] *){6}$", "maxLength": 20, "example": "123456"})
class PinField(serializers.CharField):
    """The six digits of a mailed code; spaces between them are the mail program's, not the reader's."""

    default_error_messages = {"invalid_pin": _("The code is six digits.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20} | kwargs)

    def to_internal_value(self, data: Any) -> str:
        digits = "".join(super().to_internal_value(data).split())
        if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
            self.fail("invalid_pin")
        return digits


class LineField(serializers.CharField):
    """One line of text: a name, a subject of a mail."""

    default_error_messages = {"line_break": _("Write on one line.")}

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if len(text.splitlines()) > 1:
            self.fail("line_break")
        return text
