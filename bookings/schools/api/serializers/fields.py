"""The fields of planning: days, moments, rooms, educators."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from navet.accounts.models import User
from navet.api.serializers import DATE, MESSAGES
from navet.house.models import Room

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
ID: dict[str, Any] = {"min_value": 1, "max_value": 2**63 - 1}


class DayField(serializers.DateField):
    """A date of this century, as 2026-03-02."""

    default_error_messages = {
        "not_a_date": MESSAGES["not_a_date"],
        "year": "{first} – {last}",
    }

    def to_internal_value(self, value: Any) -> dt.date:
        if not isinstance(value, str) or not DATE.fullmatch(value):
            self.fail("not_a_date")
        day = super().to_internal_value(value)
        if not FIRST_DAY <= day <= LAST_DAY:
            self.fail("year", first=FIRST_DAY, last=LAST_DAY)
        return day


class MomentField(serializers.DateTimeField):
    """A moment of this century, with its offset."""

    default_error_messages = {"year": "{first} – {last}"}

    def to_internal_value(self, value: Any) -> dt.datetime:
        if isinstance(value, str) and value[:4].isdigit() and not 2000 <= int(value[:4]) < 2100:
            self.fail("year", first=FIRST_DAY, last=LAST_DAY)
        return super().to_internal_value(value)


class ClockField(serializers.TimeField):
    """A time on the wall in Borås, to the minute."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M", **options)


class RoomsField(serializers.ListField):
    """Slugs of rooms -> rooms."""

    child = serializers.SlugRelatedField(slug_field="slug", queryset=Room.objects.all())

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_length": 1, "max_length": 20} | options)


class EducatorField(serializers.PrimaryKeyRelatedField):
    """The id of a staff user -> the user. An id that no column holds is nobody's."""

    def to_internal_value(self, data: Any) -> User:
        if not (isinstance(data, int) and 0 < data < 2**63):
            self.fail("does_not_exist", pk_value=data)
        return super().to_internal_value(data)


class EducatorsField(serializers.ListField):
    """Ids of staff users -> users."""

    child = EducatorField(queryset=User.objects.all(), pk_field=serializers.IntegerField(**ID))

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20} | options)
