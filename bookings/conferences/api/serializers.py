"""The API's shapes of conferences. Money is excluding VAT unless it says otherwise."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bookings.common.serializers import HeldBookingSerializer
from bookings.conferences import links
from bookings.conferences.models import (
    AddOnKind,
    ConferencePackage,
    CustomerType,
    Meal,
    PartKind,
    Rendition,
    ReservationLine,
    RoomOffer,
    Status,
)
from bookings.conferences.models.reservations import MOST_PERSONS
from navet.api.fields import MoneyField
from navet.house.models import Furnishing
from navet.payments.models import Settlement, Unit


class UnitPriceSerializer(serializers.Serializer):
    """In force from a date on, until another is."""

    from_date = serializers.DateField(source="valid.lower")
    per_person = MoneyField(source="per_person_ore")
    per_group = MoneyField(source="per_group_ore")


class _InTheLanguage(serializers.Serializer):
    """Texts are in the language of Accept-Language, Swedish where the English is missing."""

    slug = serializers.SlugField()
    title = serializers.CharField()
    summary = serializers.SerializerMethodField()
    min_persons = serializers.IntegerField()
    max_persons = serializers.IntegerField()
    prices = UnitPriceSerializer(many=True)

    def get_summary(self, thing: Any) -> str:
        return thing.text_in_language("summary")


class ConferencePackageSerializer(_InTheLanguage):
    part_kind = serializers.ChoiceField(PartKind.choices)
    included = serializers.SerializerMethodField()
    meals = serializers.ListField(child=serializers.ChoiceField(Meal.choices))
    rooms_included = serializers.IntegerField()

    def get_included(self, package: ConferencePackage) -> str:
        return package.text_in_language("included")


class ConferenceAddOnSerializer(_InTheLanguage):
    kind = serializers.ChoiceField(AddOnKind.choices)
    part_kinds = serializers.ListField(source="parts", child=serializers.ChoiceField(PartKind.choices))
    length_minutes = serializers.IntegerField(help_text="0: has no time of its own.")
    led_by_educator = serializers.BooleanField(source="needs_educator")


class FurnishingSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(Furnishing.Kind.choices)
    capacity = serializers.IntegerField()


class RoomPriceSerializer(serializers.Serializer):
    """In force from a date on; null where the room is not let so."""

    from_date = serializers.DateField(source="valid.lower")
    half_day = MoneyField(source="half_day_ore", allow_null=True)
    day = MoneyField(source="day_ore", allow_null=True)
    evening = MoneyField(source="evening_ore", allow_null=True)
    extra_hour = MoneyField(source="extra_hour_ore", allow_null=True)


class RenditionSerializer(serializers.Serializer):
    """WebP. What an address gives never changes."""

    url = serializers.SerializerMethodField()
    width = serializers.IntegerField(help_text="Pixels.")
    height = serializers.IntegerField(help_text="Pixels.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, rendition: Rendition) -> str:
        return links.picture_url(rendition)


class RoomPictureSerializer(serializers.Serializer):
    alt = serializers.CharField(source="__str__", help_text="What the picture shows.")
    renditions = RenditionSerializer(many=True, help_text="The same picture in its sizes, the largest first.")


class ConferenceRoomSerializer(serializers.Serializer):
    slug = serializers.SlugField(source="room.slug")
    name = serializers.CharField(source="room.name")
    summary = serializers.SerializerMethodField()
    access = serializers.SerializerMethodField()
    step_free = serializers.BooleanField(source="room.step_free")
    hearing_loop = serializers.BooleanField(source="room.hearing_loop")
    furnishings = FurnishingSerializer(source="room.furnishings", many=True)
    prices = RoomPriceSerializer(many=True)
    pictures = RoomPictureSerializer(many=True, help_text="The first one stands for the room.")

    def get_summary(self, offer: RoomOffer) -> str:
        return offer.text_in_language("summary")

    def get_access(self, offer: RoomOffer) -> str:
        return offer.text_in_language("access")


class AvailabilityQuery(serializers.Serializer):
    first = serializers.DateField(
        help_text="First day; the earliest that can be booked if left out.", required=False
    )
    last = serializers.DateField(help_text="Last day, at most 31 days later.", required=False)
    persons = serializers.IntegerField(min_value=1, max_value=MOST_PERSONS, required=False)
    furnishing = serializers.ChoiceField(Furnishing.Kind.choices, required=False)
    room = serializers.SlugField(max_length=50, required=False)


class SquareSerializer(serializers.Serializer):
    """A room in a part of a day. `is_free` is true at the moment of the answer; the booking decides."""

    date = serializers.DateField(source="day")
    part = serializers.SlugField(source="part.slug")
    room = serializers.SlugField(source="offer.room.slug")
    starts_at = serializers.DateTimeField(source="period.lower")
    ends_at = serializers.DateTimeField(source="period.upper")
    is_free = serializers.BooleanField()
    why = serializers.CharField(allow_blank=True, help_text='Why not: "taken", "closed" or "not_let".')
    price = MoneyField(source="ore", allow_null=True)


class AvailabilitySerializer(serializers.Serializer):
    squares = SquareSerializer(many=True)


class ReservedRoomSerializer(serializers.Serializer):
    room = serializers.SlugField(source="offer.room.slug")
    furnishing = serializers.ChoiceField(Furnishing.Kind.choices)


class AdditionSerializer(serializers.Serializer):
    add_on = serializers.SlugField(source="add_on.slug")
    persons = serializers.IntegerField()
    starts_at = serializers.DateTimeField(allow_null=True)


class ReservationDaySerializer(serializers.Serializer):
    """`code` is what the desk finds this day's guests by."""

    code = serializers.CharField()
    starts_at = serializers.DateTimeField(source="occasion.starts_at")
    ends_at = serializers.DateTimeField(source="occasion.ends_at")
    part = serializers.SlugField(source="part.slug")
    persons = serializers.IntegerField(source="heads")
    extra_hours = serializers.IntegerField()
    package = serializers.SlugField(source="package.slug", allow_null=True, default=None)
    rooms = ReservedRoomSerializer(many=True)
    add_ons = AdditionSerializer(source="additions", many=True)


class ReservationLineSerializer(serializers.Serializer):
    of = serializers.ChoiceField(ReservationLine.Of.choices)
    slug = serializers.SlugField()
    text = serializers.CharField()
    quantity = serializers.IntegerField()
    unit = serializers.ChoiceField(Unit.choices)
    unit_price = MoneyField(source="unit_ore")
    net = MoneyField(source="net_ore")


class ReservationSerializer(HeldBookingSerializer):
    """`price` is including VAT; `occasion` is that of the first day; `diets` are counts by code."""

    status = serializers.ChoiceField(Status.choices)
    title = serializers.CharField()
    persons = serializers.IntegerField()
    customer_type = serializers.ChoiceField(CustomerType.choices)
    organisation = serializers.CharField(allow_blank=True)
    organisation_number = serializers.CharField(allow_blank=True)
    settlement = serializers.ChoiceField(Settlement.choices, allow_blank=True)
    diets = serializers.DictField(child=serializers.IntegerField())
    discount_percent = serializers.IntegerField()
    final_count_date = serializers.DateField(allow_null=True)
    final_at = serializers.DateTimeField(allow_null=True)
    days = ReservationDaySerializer(many=True)
    lines = ReservationLineSerializer(many=True)
