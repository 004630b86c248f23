"""The fields and shapes that every line's bookings share in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bookings.common.forms import e164
from bookings.common.models import Status
from navet.api.fields import LineField, MoneyField, PinField
from navet.api.serializers import StrictSerializer


class PhoneField(LineField):
    """A telephone number as people write it; kept as E.164."""

    default_error_messages = {"invalid_phone": _("Write a telephone number, such as 070-174 06 05.")}

    def to_internal_value(self, data: Any) -> str:
        number = e164(super().to_internal_value(data))
        if number is None:
            self.fail("invalid_phone")
        return number


class ConfirmationSerializer(StrictSerializer):
    pin = PinField(help_text="The six digits of the mail.")


class LeavingSerializer(StrictSerializer):
    reason = LineField(max_length=200, required=False, allow_blank=True, default="")


class OccasionTimesSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class HeldBookingSerializer(serializers.Serializer):
    """What every line tells of a booking; `contact_*` is empty for what was made at the desk."""

    code = serializers.CharField()
    status = serializers.ChoiceField(Status.choices)
    occasion = OccasionTimesSerializer()
    contact_name = serializers.CharField(allow_blank=True)
    contact_email = serializers.CharField(allow_blank=True)
    contact_phone = serializers.CharField(allow_blank=True)
    at_desk = serializers.BooleanField()
    price = MoneyField(source="price_ore")
    holds_until = serializers.DateTimeField(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)
    cancel_reason = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class NewContactSerializer(StrictSerializer):
    contact_name = LineField(max_length=120)
    contact_email = serializers.EmailField(max_length=254)
