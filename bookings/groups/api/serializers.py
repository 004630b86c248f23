"""The API's shapes of groups."""

from typing import Any

from rest_framework import serializers

from bookings.common.serializers import HeldBookingSerializer, NewContactSerializer, PhoneField
from bookings.groups.forms.booking import MOST_ADULTS, MOST_HEADS
from bookings.groups.models import GroupKind, GroupPackage
from navet.api.fields import LineField, MoneyField
from navet.api.serializers import StrictSerializer
from navet.directory.models import Municipality

MUNICIPALITY: dict[str, Any] = {
    "slug_field": "code",
    "queryset": Municipality.objects.all(),
    "required": False,
    "allow_null": True,
    "default": None,
    "help_text": "Where most of the group live: the municipality's code of four digits.",
}


class PackagePriceSerializer(serializers.Serializer):
    """In force from a date on, until another is; VAT included."""

    from_date = serializers.DateField()
    per_head = MoneyField(source="per_head_ore")
    per_group = MoneyField(source="per_group_ore")
    vat_permille = serializers.IntegerField()


class GroupPackageSerializer(serializers.Serializer):
    """Texts are in the language of Accept-Language, Swedish where the English is missing."""

    slug = serializers.SlugField()
    kind = serializers.ChoiceField(GroupKind.choices)
    title = serializers.CharField()
    summary = serializers.SerializerMethodField()
    included = serializers.SerializerMethodField()
    ages = serializers.SerializerMethodField()
    length_minutes = serializers.IntegerField()
    min_heads = serializers.IntegerField()
    max_heads = serializers.IntegerField()
    prices = PackagePriceSerializer(many=True)

    def get_summary(self, package: GroupPackage) -> str:
        return package.text_in_language("summary")

    def get_included(self, package: GroupPackage) -> str:
        return package.text_in_language("included")

    def get_ages(self, package: GroupPackage) -> str:
        return package.text_in_language("ages")


class GroupTimeSerializer(serializers.Serializer):
    """A time the package is offered. `is_free` is true at the moment of the answer; the booking decides."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    is_free = serializers.BooleanField()
    taken = serializers.CharField(
        allow_blank=True, help_text='What is taken: "rooms", "educators" or "groups".'
    )


class GroupTimesSerializer(serializers.Serializer):
    times = GroupTimeSerializer(many=True)


class GroupTimesQuery(serializers.Serializer):
    package = serializers.SlugField(max_length=50)
    first = serializers.DateField(
        help_text="First day; the earliest that can be booked if left out.", required=False
    )
    last = serializers.DateField(help_text="Last day, at most 62 days later.", required=False)


class NewGroupBookingSerializer(NewContactSerializer):
    package = serializers.SlugField(max_length=50, source="package_slug")
    starts_at = serializers.DateTimeField()
    group_name = LineField(max_length=80)
    is_organisation = serializers.BooleanField(
        default=False,
        help_text="Whether the group's name is an association's or a company's, and no private person's.",
    )
    heads = serializers.IntegerField(min_value=1, max_value=MOST_HEADS)
    adults = serializers.IntegerField(min_value=0, max_value=MOST_ADULTS, default=0)
    municipality: Any = serializers.SlugRelatedField(**MUNICIPALITY)
    contact_phone = PhoneField(max_length=30)


class GroupChangesSerializer(StrictSerializer):
    """Other numbers; what is left out stays."""

    heads = serializers.IntegerField(min_value=1, max_value=MOST_HEADS, required=False)
    adults = serializers.IntegerField(min_value=0, max_value=MOST_ADULTS, required=False)


class GroupBookingSerializer(HeldBookingSerializer):
    package = serializers.SlugField(source="package.slug")
    group_name = serializers.CharField()
    is_organisation = serializers.BooleanField()
    heads = serializers.IntegerField()
    adults = serializers.IntegerField()
    municipality: Any = serializers.CharField(source="municipality.code", allow_null=True, default=None)
    vat_permille = serializers.IntegerField()


class GroupArrivalSerializer(StrictSerializer):
    """A group at the desk that nobody expected."""

    kind = serializers.ChoiceField(GroupKind.choices)
    group_name = LineField(max_length=80)
    is_organisation = serializers.BooleanField(
        default=False,
        help_text="Whether the group's name is an association's or a company's, and no private person's.",
    )
    heads = serializers.IntegerField(min_value=1, max_value=MOST_HEADS)
    adults = serializers.IntegerField(min_value=0, max_value=MOST_ADULTS, default=0)
    municipality: Any = serializers.SlugRelatedField(**MUNICIPALITY)


class GroupReceivedSerializer(serializers.Serializer):
    """The arrival it got, checked in."""

    arrival = serializers.CharField(source="arrival.code")
    group = serializers.CharField(source="arrival.label")
    participants = serializers.IntegerField()
    adults = serializers.IntegerField()
    checked_in_at = serializers.DateTimeField()
