"""Serializers that take what the schema says and nothing near it."""

import datetime as dt
import re
from collections.abc import Callable
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.fields import is_simple_callable

# What a PostgreSQL integer holds; a field that needs more sets its own max_value.
INT_MAX = 2**31 - 1
TEXT_MAX = 10_000
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# No hour 24, which Python takes for a midnight since 3.14.
MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T(?!24)\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII | re.I
)
CLOCK = re.compile(r"(?!24)\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?", re.ASCII)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

MESSAGES = {
    "unknown_field": _("There is no such field here."),
    "not_text": _("Must be text."),
    "not_a_whole_number": _("Must be a whole number, without quotation marks."),
    "not_a_number": _("Must be a number, without quotation marks."),
    "not_true_or_false": _("Must be true or false."),
    "control_character": _("The text holds a character that cannot be stored."),
    "empty": _("May not be empty."),
    "too_long": _("The text is too long."),
    "too_large": _("The number is too large."),
    "not_a_date": _("Write the date as 2026-03-02."),
    "not_a_moment": _("Write the time with its offset, as 2026-03-02T09:30:00+01:00."),
    "not_a_clock": _("Write the time as 09:30."),
}


# How the framework puts a value of these, less the asking how.
PLAIN: dict[type[serializers.Field], Callable[[Any], Any]] = {
    serializers.CharField: str,
    serializers.EmailField: str,
    serializers.SlugField: str,
    serializers.IntegerField: int,
}


def _moment(value: Any, *, otherwise: Callable[[Any], Any]) -> Any:
    """A moment as the framework puts it, in the active time zone; `otherwise` is the framework's own, for what is none."""
    if type(value) is not dt.datetime or value.tzinfo is None:
        return otherwise(value)
    try:
        said = value.astimezone(get_current_timezone()).isoformat()
    except OverflowError:  # at either end of the calendar
        return otherwise(value)
    return f"{said[:-6]}Z" if said.endswith("+00:00") else said


_made: dict[type[serializers.BaseSerializer], serializers.BaseSerializer] = {}


def _shared(shape: type[serializers.BaseSerializer]) -> Any:
    """One serializer for all requests. Making one copies all its fields, which costs more than using them."""
    if shape not in _made:
        _made[shape] = shape()
    return _made[shape]


def parsed(shape: type[serializers.BaseSerializer], data: Any) -> dict[str, Any]:
    """The validated data, through a serializer that asks for no context. Raises ValidationError."""
    return _shared(shape).run_validation(data)


def shown(shape: type[serializers.BaseSerializer], what: Any) -> dict[str, Any]:
    """`what` as the shape says it, through a serializer that asks for no context."""
    return _shared(shape).to_representation(what)


class AnswerSerializer(serializers.Serializer):
    """What is answered, a field at a time as the framework does it, but with the way to each value found once.

    A list of fifty rows asks thirty questions of each; the framework finds out anew each time where the answer is.
    """

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {name: tell(instance) for name, tell in self._tellers}

    @cached_property
    def _tellers(self) -> list[tuple[str, Callable[[Any], Any]]]:
        return [(str(field.field_name), _teller(field)) for field in self._readable_fields]


def _teller(field: serializers.Field) -> Callable[[Any], Any]:
    """From an instance to the field's part of the answer."""
    find = (lambda instance: instance) if field.source == "*" else attrgetter(str(field.source))
    put = PLAIN.get(type(field), field.to_representation)
    if type(field) is serializers.DateTimeField and not vars(field).keys() & {"format", "timezone"}:
        put = partial(_moment, otherwise=put)

    def tell(instance: Any) -> Any:
        try:
            value = find(instance)
        except (
            AttributeError,
            ObjectDoesNotExist,
        ):  # a key of a dict, a relation that is not there, a default
            value = field.get_attribute(instance)
        if callable(value) and is_simple_callable(value):
            value = value()
        return None if value is None else put(value)

    return tell


class StrictSerializer(serializers.Serializer):
    """Refuses unknown fields and JSON values of another type than the field's: "7" is no number, true is not 1."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            return super().to_internal_value(data)  # says what it got instead of an object
        faults = self._faults(data)
        try:
            value = super().to_internal_value({k: v for k, v in data.items() if k not in faults})
        except ValidationError as exc:
            if not faults:
                raise
            # A field left out above because of its type is not also missing.
            told = exc.detail if isinstance(exc.detail, dict) else {}
            raise ValidationError({**told, **faults}) from exc
        if faults:
            raise ValidationError(faults)
        return value

    def _faults(self, data: dict[str, Any]) -> dict[str, list[ErrorDetail]]:
        judges = self._judges
        found = {
            name: judges[name](value) if name in judges else "unknown_field"
            for name, value in data.items()
            if value is not None or name not in judges  # null is judged by allow_null
        }
        return {name: [ErrorDetail(str(MESSAGES[code]), code)] for name, code in found.items() if code}

    @cached_property
    def _judges(self) -> dict[str, Callable[[Any], str | None]]:
        return {str(field.field_name): _judge(field) for field in self._writable_fields}


def _judge(field: serializers.Field) -> Callable[[Any], str | None]:
    """From a value to the code of what is wrong with its JSON type, or None."""
    if isinstance(field, serializers.ListField):
        of_items = _judge(field.child)
        # The field itself says that it wants a list, and what it thinks of null.
        return lambda value: _first_fault(of_items, value) if isinstance(value, list) else None
    check = next((check for kinds, check in CHECKS if isinstance(field, kinds)), None)
    return partial(check, field) if check else lambda _value: None


def _first_fault(judge: Callable[[Any], str | None], items: list[Any]) -> str | None:
    return next((code for item in items if item is not None and (code := judge(item))), None)


def _boolean(field: serializers.Field, value: Any) -> str | None:
    return None if isinstance(value, bool) else "not_true_or_false"


def _whole(field: serializers.Field, value: Any) -> str | None:
    # JSON knows one kind of number: 7.0 is a whole one.
    if isinstance(value, bool) or not (
        isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    ):
        return "not_a_whole_number"
    bound = getattr(field, "max_value", None)
    return "too_large" if bound is None and abs(value) > INT_MAX else None


def _key(field: serializers.Field, value: Any) -> str | None:
    return None if isinstance(value, int) and not isinstance(value, bool) else "not_a_whole_number"


def _number(field: serializers.Field, value: Any) -> str | None:
    return None if isinstance(value, int | float) and not isinstance(value, bool) else "not_a_number"


def _text(field: serializers.Field, value: Any) -> str | None:
    if not isinstance(value, str):
        return "not_text"
    if CONTROL.search(value):
        return "control_character"
    bound = getattr(field, "max_length", None)
    return "too_long" if bound is None and len(value) > TEXT_MAX else None


def _name(field: serializers.SlugRelatedField, value: Any) -> str | None:
    # To the framework "" is null, and what was meant to name something would name nothing.
    return _text(field, value) or (None if value else "empty")


def _choice(field: serializers.ChoiceField, value: Any) -> str | None:
    numbers = all(isinstance(choice, int) for choice in field.choices)
    return _whole(field, value) if numbers else _text(field, value)


def _written(pattern: re.Pattern[str], code: str) -> Any:
    def check(field: serializers.Field, value: Any) -> str | None:
        return None if isinstance(value, str) and pattern.fullmatch(value) else code

    return check


# First match decides; DRF's classes inherit from each other less than one would think.
CHECKS: list[tuple[Any, Any]] = [
    (serializers.BooleanField, _boolean),
    (serializers.MultipleChoiceField, lambda field, value: None),
    (serializers.ChoiceField, _choice),
    (serializers.IntegerField, _whole),
    (serializers.PrimaryKeyRelatedField, _key),
    (serializers.SlugRelatedField, _name),
    (serializers.FloatField, _number),
    (serializers.DateTimeField, _written(MOMENT, "not_a_moment")),
    (serializers.DateField, _written(DATE, "not_a_date")),
    (serializers.TimeField, _written(CLOCK, "not_a_clock")),
    (
        (
            serializers.CharField,
            serializers.UUIDField,
            serializers.DecimalField,
        ),
        _text,
    ),
]
