"""The shape of a school booking in the API."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bookings.common.refusals import NoSuchSchool
from bookings.common.serializers import PhoneField
from bookings.schools import terms
from bookings.schools.forms.fields import MOST_ADULTS, MOST_PUPILS
from bookings.schools.models import Language, Need, SchoolBooking
from bookings.schools.operations import waiting
from navet.api.fields import LineField, MoneyField
from navet.api.serializers import INT_MAX, AnswerSerializer, StrictSerializer, shown
from navet.directory.grades import Grade
from navet.directory.models import SchoolUnit


@extend_schema_field(
    {
        "type": "object",
        "properties": {need: {"type": "integer", "minimum": 1, "maximum": 600} for need in Need.values},
        "additionalProperties": False,
        "example": {"wheelchair": 1},
    }
)
class NeedsField(serializers.Field):
    """Coded access needs with how many have each: `{"wheelchair": 1}`."""

    default_error_messages = {
        "invalid_needs": _(
            "Access needs are known codes with how many people have each, at most as many as come."
        )
    }

    def to_internal_value(self, data: Any) -> dict[str, int]:
        if not isinstance(data, dict) or any(
            need not in Need.values
            or isinstance(many, bool)
            or not isinstance(many, int)
            or not 1 <= many <= 600
            for need, many in data.items()
        ):
            self.fail("invalid_needs")
        return data

    def to_representation(self, value: dict[str, int]) -> dict[str, int]:
        return value


class NewBookingSerializer(StrictSerializer):
    """A class asks for places. Name the school by `school` (its id) or `school_code` (eight digits)."""

    session = serializers.IntegerField(min_value=1, max_value=INT_MAX)
    school = serializers.IntegerField(min_value=1, max_value=INT_MAX, required=False)
    school_code = serializers.RegexField(r"^[0-9]{8}$", required=False)
    class_name = LineField(max_length=40)
    grade = serializers.ChoiceField(Grade.choices)
    pupils = serializers.IntegerField(min_value=1, max_value=MOST_PUPILS)
    adults = serializers.IntegerField(min_value=0, max_value=MOST_ADULTS)
    language = serializers.ChoiceField(Language.choices, default=Language.SWEDISH)
    contact_name = LineField(max_length=120)
    contact_email = serializers.EmailField(max_length=254)
    contact_phone = PhoneField(max_length=30)
    needs = NeedsField(required=False)
    bus_at = serializers.TimeField(required=False, allow_null=True, default=None)
    lunch = serializers.IntegerField(
        min_value=1,
        max_value=INT_MAX,
        required=False,
        allow_null=True,
        default=None,
        help_text="A sitting's id.",
    )
    invoice_reference = LineField(max_length=60, required=False, allow_blank=True, default="")
    waiting_list = serializers.BooleanField(default=False)
    override_reason = LineField(max_length=200, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The school's id however it was named; whether there is one of that id the operation says, which reads it."""
        attrs["school_id"] = self._school(attrs.pop("school", None), attrs.pop("school_code", None))
        attrs["lunch_id"] = attrs.pop("lunch")
        attrs["session_id"] = attrs.pop("session")
        return attrs

    def _school(self, pk: int | None, code: str | None) -> int:
        if (pk is None) == (code is None):
            message = _("Name the school by its id or by its code.")
            raise serializers.ValidationError({"school": [serializers.ErrorDetail(str(message), "required")]})
        if pk is not None:
            return pk
        pk = SchoolUnit.objects.filter(code=code).values_list("pk", flat=True).first()
        if pk is None:
            raise serializers.ValidationError(
                {"school_code": [serializers.ErrorDetail(str(NoSuchSchool.message), "no_such_school")]}
            )
        return pk


class ChangesSerializer(StrictSerializer):
    """What may be changed; what is left out stays."""

    pupils = serializers.IntegerField(min_value=1, max_value=MOST_PUPILS, required=False)
    adults = serializers.IntegerField(min_value=0, max_value=MOST_ADULTS, required=False)
    class_name = LineField(max_length=40, required=False)
    language = serializers.ChoiceField(Language.choices, required=False)
    contact_name = LineField(max_length=120, required=False)
    contact_phone = PhoneField(max_length=30, required=False)
    needs = NeedsField(required=False)
    bus_at = serializers.TimeField(required=False, allow_null=True)
    lunch = serializers.IntegerField(min_value=1, max_value=INT_MAX, required=False, allow_null=True)
    invoice_reference = LineField(max_length=60, required=False, allow_blank=True)
    final_count = serializers.BooleanField(
        default=False, help_text="These are the final numbers; with both `pupils` and `adults`."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "lunch" in attrs:
            attrs["lunch_id"] = attrs.pop("lunch")
        if attrs["final_count"] and set(attrs) != {"final_count", "pupils", "adults"}:
            message = _("A final count is the number of pupils and of adults, and nothing else.")
            raise serializers.ValidationError(
                {"final_count": [serializers.ErrorDetail(str(message), "final_count")]}
            )
        return attrs


class ContactSerializer(StrictSerializer):
    """Another contact; what is left out stays. A new address holds when the code sent to it is entered, for staff at once."""

    contact_name = LineField(max_length=120, required=False)
    contact_email = serializers.EmailField(max_length=254, required=False)
    contact_phone = PhoneField(max_length=30, required=False)
    mail_language = serializers.ChoiceField(settings.LANGUAGES, required=False)


class CancellationSerializer(StrictSerializer):
    reason = LineField(max_length=200, required=False, allow_blank=True, default="")
    waive_fee = serializers.BooleanField(default=False, help_text="Staff only, with a reason.")
    invoice_reference = LineField(
        max_length=60,
        required=False,
        allow_blank=True,
        default="",
        help_text="Where the fee of a late cancellation is invoiced, in place of what the booking says.",
    )


class OfferSerializer(StrictSerializer):
    accept = serializers.BooleanField()


class MoveSerializer(StrictSerializer):
    session = serializers.IntegerField(min_value=1, max_value=INT_MAX)
    lunch = serializers.IntegerField(
        min_value=1, max_value=INT_MAX, required=False, allow_null=True, default=None
    )
    invoice_reference = LineField(max_length=60, required=False, allow_blank=True)


class BookedSessionSerializer(AnswerSerializer):
    id = serializers.IntegerField(source="pk")
    programme = serializers.SlugField(source="programme.slug")
    title = serializers.CharField(source="programme.title")
    starts_at = serializers.DateTimeField(source="occasion.starts_at")
    ends_at = serializers.DateTimeField(source="occasion.ends_at")


class BookedSchoolSerializer(AnswerSerializer):
    id = serializers.IntegerField(source="pk")
    code = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    municipality = serializers.CharField(source="municipality.name")


class TermsSerializer(AnswerSerializer):
    """`free_until` is the first moment that is too late; `owed` is what cancelling costs now."""

    free_until = serializers.DateTimeField()
    is_free = serializers.BooleanField()
    owed = MoneyField(source="owed_ore")
    late = MoneyField(source="late_ore")


class ListedBookingSerializer(AnswerSerializer):
    """A booking as staff list it and its contact sees it."""

    code = serializers.CharField()
    status = serializers.ChoiceField(SchoolBooking.Status.choices)
    session = BookedSessionSerializer()
    school = BookedSchoolSerializer()
    class_name = serializers.CharField()
    grade = serializers.ChoiceField(Grade.choices)
    pupils = serializers.IntegerField()
    adults = serializers.IntegerField()
    language = serializers.ChoiceField(Language.choices)
    contact_name = serializers.CharField()
    contact_email = serializers.EmailField()
    contact_phone = serializers.CharField()
    needs = NeedsField()
    bus_at = serializers.TimeField(allow_null=True)
    lunch = serializers.IntegerField(source="lunch_id", allow_null=True)
    invoice_reference = serializers.CharField(allow_blank=True)
    price = MoneyField(source="price_ore")
    owed = MoneyField(source="owed_ore")
    holds_until = serializers.DateTimeField(allow_null=True)
    waiting_since = serializers.DateTimeField(allow_null=True)
    passed_over = serializers.IntegerField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)
    cancel_reason = serializers.CharField(allow_blank=True)
    final_count_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class BookingSerializer(ListedBookingSerializer):
    """One booking, with the language of its mails, its place in the queue and what cancelling costs."""

    mail_language = serializers.ChoiceField(settings.LANGUAGES)
    waiting_position = serializers.SerializerMethodField()
    cancellation = serializers.SerializerMethodField()

    def get_waiting_position(self, booking: SchoolBooking) -> int | None:
        return waiting.position(booking) if booking.status == SchoolBooking.Status.WAITING else None

    @extend_schema_field(TermsSerializer)
    def get_cancellation(self, booking: SchoolBooking) -> dict[str, Any]:
        return shown(TermsSerializer, terms.cancellation(booking, timezone.now()))
