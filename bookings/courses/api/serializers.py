"""The API's shapes of courses."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bookings.common.serializers import (
    HeldBookingSerializer,
    NewContactSerializer,
    OccasionTimesSerializer,
    PhoneField,
)
from bookings.courses.models import MOST_AT_ONCE, Field
from bookings.courses.operations.registering import Person
from navet.api.fields import LineField, MoneyField
from navet.api.serializers import INT_MAX, StrictSerializer
from navet.directory.grades import Form
from navet.directory.models import SchoolUnit

ID: dict[str, Any] = {"min_value": 1, "max_value": INT_MAX}


class CourseSerializer(serializers.Serializer):
    """What is taught. The price is for each person of a school outside the agreements, VAT included."""

    slug = serializers.SlugField()
    title = serializers.CharField()
    summary = serializers.SerializerMethodField()
    field = serializers.ChoiceField(Field.choices)
    forms = serializers.ListField(child=serializers.ChoiceField(Form.choices))
    price = MoneyField(source="price_ore")
    vat_permille = serializers.IntegerField()

    def get_summary(self, course: Any) -> str:
        return course.text_in_language("summary")


class CourseRoundSerializer(serializers.Serializer):
    """A course that is given. `free_places` is true at the moment of the answer; the registration decides."""

    id = serializers.IntegerField(source="pk")
    course = serializers.SlugField(source="course.slug")
    title = serializers.CharField(source="course.title")
    days = OccasionTimesSerializer(source="occasions", many=True)
    capacity = serializers.IntegerField(source="occasion.capacity")
    free_places = serializers.SerializerMethodField()
    waiting = serializers.IntegerField(source="queued", help_text="Persons on the waiting list.")
    least = serializers.IntegerField(help_text="With fewer persons it may be called off.")
    decide_by = serializers.DateField(allow_null=True)

    def get_free_places(self, one: Any) -> int:
        return max(0, one.free)


class ParticipantSerializer(StrictSerializer):
    name = LineField(max_length=120)
    email = serializers.EmailField(max_length=254)


class PeopleSerializer(StrictSerializer):
    """Who comes, all of them."""

    participants = serializers.ListField(child=ParticipantSerializer(), min_length=1, max_length=MOST_AT_ONCE)

    def validate_participants(self, people: list[dict[str, str]]) -> list[Person]:
        return [Person(one["name"], one["email"]) for one in people]


class NewCourseRegistrationSerializer(NewContactSerializer, PeopleSerializer):
    round = serializers.IntegerField(**ID, source="round_id")
    school = serializers.IntegerField(**ID, help_text="Its id, as `/api/v1/schools/` tells it.")
    contact_phone = PhoneField(max_length=30, required=False, allow_blank=True, default="")
    invoice_reference = LineField(max_length=60, required=False, allow_blank=True, default="")
    waiting_list = serializers.BooleanField(
        default=False, help_text="Wait for places where it is full; else it is refused."
    )

    def validate_school(self, pk: int) -> SchoolUnit:
        unit = SchoolUnit.objects.open().select_related("organiser", "municipality").filter(pk=pk).first()
        if unit is None:
            raise serializers.ValidationError(_("There is no such school."), code="no_such_school")
        return unit


class CourseRegistrationSerializer(HeldBookingSerializer):
    """`queued_at` is set while they wait for places."""

    round = serializers.IntegerField(source="round_id")
    school = serializers.CharField(source="school.name")
    persons = serializers.IntegerField()
    participants = ParticipantSerializer(many=True)
    queued_at = serializers.DateTimeField(allow_null=True)
    invoice_reference = serializers.CharField(allow_blank=True)


class CourseChangesSerializer(PeopleSerializer):
    """Others come, all of them. Nothing sent changes nothing."""

    participants = serializers.ListField(
        child=ParticipantSerializer(), min_length=1, max_length=MOST_AT_ONCE, required=False
    )
