"""The shape of what the desk's API takes and gives; OpenAPI is made of these."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from navet import periods
from navet.api.fields import CodeField, LineField, MoneyField
from navet.api.serializers import AnswerSerializer, StrictSerializer
from navet.directory.models import Municipality
from navet.house.models import Occasion
from visitors import day_list, differences, walk_ins
from visitors.models import Category, Indicator, Visit

FIRST_YEAR, LAST_YEAR = 2000, 2100
OVERRIDE_HELP = "Lets people in beyond the limit of the house; for the management, and kept."
STATUSES = [state for state in day_list.State if state != day_list.State.LATE]


class HouseMoment(serializers.DateTimeField):
    """A moment written with the offset of the house."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default_timezone": periods.HOUSE_ZONE} | kwargs)


class TapField(HouseMoment):
    """When something was tapped; years that no clock shows are refused, as they would be by arithmetic."""

    default_error_messages = {"out_of_range": _("Give a date between the years 2000 and 2100.")}

    def to_internal_value(self, value: Any) -> dt.datetime:
        if isinstance(value, str) and value[:4].isdigit() and not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
            self.fail("out_of_range")
        return super().to_internal_value(value)


class DayField(serializers.DateField):
    """A date within the years the house keeps."""

    default_error_messages = {"out_of_range": _("Give a date between the years 2000 and 2100.")}

    def to_internal_value(self, data: Any) -> dt.date:
        day = super().to_internal_value(data)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail("out_of_range")
        return day


class ArrivalsQuery(serializers.Serializer):
    date = DayField(required=False, help_text="The day in Borås; today when left out.")
    search = serializers.CharField(
        required=False, max_length=200, help_text="Words of the name, forgivingly, or a code."
    )
    status = serializers.ChoiceField(required=False, choices=[(s.value, s.label) for s in STATUSES])


class VisitsQuery(serializers.Serializer):
    date = DayField(required=False, help_text="The day in Borås; today when neither it nor a year is given.")
    year = serializers.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="A whole year up to `until`; not with `date`.",
    )
    until = DayField(required=False, help_text="The last day counted, with `year`; today when left out.")
    indicator = serializers.ChoiceField(
        required=False, choices=Indicator.choices, help_text="Only what counts in it, with `year`."
    )
    rules = serializers.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="The year whose rules decide what counts in `indicator`; `year` when left out.",
    )
    month = serializers.IntegerField(required=False, min_value=1, max_value=12, help_text="With `year`.")
    municipality = serializers.RegexField(
        r"^([0-9]{4}|unknown)$", required=False, help_text="The municipality's four digit code, or `unknown`."
    )
    category = serializers.ChoiceField(required=False, choices=Category.choices)
    source = serializers.ChoiceField(required=False, choices=Visit.Source.choices)  # type: ignore[assignment]  # DRF takes fields out of the class body

    default_error_messages = {
        "needs_year": _("Only together with a year."),
        "day_or_year": _("Give a day or a year, not both."),
    }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What is asked of a year is not asked of a day."""
        if "year" not in attrs:
            alone = [name for name in ("until", "indicator", "rules", "month") if name in attrs]
            if alone:
                raise serializers.ValidationError(dict.fromkeys(alone, self.error_messages["needs_year"]))
        elif "date" in attrs:
            raise serializers.ValidationError({"date": self.error_messages["day_or_year"]})
        return attrs


VISIT_FILTERS = frozenset(VisitsQuery().fields)


class PartyMunicipalitySerializer(AnswerSerializer):
    code = serializers.CharField()
    name = serializers.CharField()


class CheckInSerializer(AnswerSerializer):
    id = serializers.IntegerField()
    arrival = serializers.CharField(source="arrival.code")
    participants = serializers.IntegerField()
    adults = serializers.IntegerField()
    checked_in_at = HouseMoment()
    by = serializers.SerializerMethodField(help_text="The person or the device that did it.")
    undone_at = HouseMoment(allow_null=True)

    def get_by(self, check_in: Any) -> str:
        return check_in.who


class ArrivalSerializer(AnswerSerializer):
    """A `day_list.Party`. `booked_participants` is the count first booked, `expected_participants` the latest."""

    code = serializers.CharField(source="arrival.code")
    kind = serializers.ChoiceField(source="arrival.kind", choices=Occasion.Kind.choices)
    starts_at = HouseMoment(source="arrival.starts_at")
    ends_at = HouseMoment(source="arrival.ends_at")
    label = serializers.CharField(source="arrival.label")  # type: ignore[assignment]  # DRF takes fields out of the class body
    municipality = PartyMunicipalitySerializer(source="arrival.municipality", allow_null=True)
    booked_participants = serializers.IntegerField(source="arrival.booked_participants")
    expected_participants = serializers.IntegerField(source="arrival.expected_participants")
    expected_adults = serializers.IntegerField(source="arrival.expected_adults")
    needs = serializers.DictField(
        source="arrival.needs", child=serializers.IntegerField(), help_text="Coded need -> how many."
    )
    bus_at = serializers.TimeField(source="arrival.bus_at", allow_null=True)
    lunch_at = HouseMoment(source="arrival.lunch_at", allow_null=True)
    contact_name = serializers.CharField(source="arrival.contact_name")
    contact_phone = serializers.CharField(source="arrival.contact_phone")
    status = serializers.ChoiceField(source="state", choices=day_list.State.choices)
    rooms = serializers.ListField(child=serializers.CharField())
    educators = serializers.ListField(child=serializers.CharField())
    check_in = CheckInSerializer(allow_null=True)
    difference = serializers.ChoiceField(
        choices=differences.Difference.choices,
        allow_null=True,
        help_text="How who came differs from who was expected; null when it does not, and before they come.",
    )


class NewCheckInSerializer(StrictSerializer):
    arrival = CodeField(help_text="The code on the booking.")
    participants = serializers.IntegerField(min_value=0, max_value=100_000)
    adults = serializers.IntegerField(min_value=0, max_value=100_000, default=0)
    checked_in_at = TapField(
        required=False,
        help_text="When it was tapped, from a desk that was without a network: today in Borås; else now.",
    )
    override_reason = LineField(max_length=200, default="", allow_blank=True, help_text=OVERRIDE_HELP)


class NothingSerializer(StrictSerializer):
    """No fields: the address says it all."""


class NewVisitSerializer(StrictSerializer):
    ticket = serializers.SlugField(
        max_length=16,
        required=False,
        help_text="The code of the desk's ticket; all whom it admits are entered as one tap. Else give `category`.",
    )
    category = serializers.ChoiceField(
        choices=[(c.value, c.label) for c in walk_ins.CATEGORIES],
        required=False,
        help_text="Without `ticket`: what they are counted as.",
    )
    count = serializers.IntegerField(
        min_value=1, max_value=100_000, help_text="Tickets, or heads of the category."
    )
    municipality = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Municipality.objects.all(),
        required=False,
        allow_null=True,
        default=None,
        help_text="The municipality's four digit code.",
    )
    at = TapField(
        required=False,
        help_text="When it was tapped, from a desk that was without a network: today in Borås; else now.",
    )
    override_reason = LineField(max_length=200, default="", allow_blank=True, help_text=OVERRIDE_HELP)
    annual_pass = CodeField(required=False, help_text="The pass they show; with the category `annual_pass`.")
    again = serializers.BooleanField(
        default=False, help_text="They are others than those whom the pass let in earlier today."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "ticket" not in attrs and "category" not in attrs:
            raise serializers.ValidationError({"category": self.error_messages["required"]})
        if "ticket" in attrs and "category" in attrs:
            raise serializers.ValidationError({"ticket": _("Say either which ticket or which category.")})
        if "annual_pass" in attrs and attrs.get("category") != Category.ANNUAL_PASS:
            raise serializers.ValidationError(
                {"annual_pass": _("A pass goes with the category annual_pass.")}
            )
        if "annual_pass" in attrs and attrs["municipality"] is not None:
            raise serializers.ValidationError({"municipality": _("A pass has no municipality.")})
        return attrs


class ReceiptSerializer(AnswerSerializer):
    """What the till is to take for an entry; below zero when the entry takes another back."""

    product = serializers.CharField(help_text="The code of a ticket, a category, or a kind of annual pass.")
    tickets = serializers.IntegerField()
    unit_price = MoneyField(source="unit_ore")
    amount = MoneyField(source="amount_ore", help_text="VAT included.")
    vat = MoneyField(source="vat_ore", help_text="Of the amount.")
    vat_permille = serializers.IntegerField(help_text="The VAT rate, per mille: 250 is 25 %.")


class TapSerializer(AnswerSerializer):
    """The ticket by which an entry was made; the entries of one tap name the same `first`, and are taken back together."""

    code = serializers.CharField(source="kind.code")
    tickets = serializers.IntegerField()
    heads = serializers.IntegerField(help_text="Of the whole tap.")
    first = serializers.IntegerField(
        source="first_id", help_text="The first entry of the tap; it has the receipt."
    )


class VisitSerializer(AnswerSerializer):
    """An entry of the ledger; `count` is heads, below zero when it takes back what it `reverses`."""

    id = serializers.IntegerField()
    at = HouseMoment()
    day = serializers.DateField()
    category = serializers.ChoiceField(choices=Category.choices)
    count = serializers.IntegerField()
    municipality = serializers.CharField(source="municipality.code", allow_null=True, default=None)
    source = serializers.ChoiceField(choices=Visit.Source.choices)  # type: ignore[assignment]  # DRF takes fields out of the class body
    via = serializers.ChoiceField(
        choices=[("", ""), *Visit.Via.choices],
        help_text="The door it was entered through; empty for the house itself.",
    )
    check_in = serializers.IntegerField(source="check_in_id", allow_null=True)
    reverses = serializers.IntegerField(source="reverses_id", allow_null=True)
    by = serializers.CharField(source="who")
    ticket = TapSerializer(allow_null=True, default=None)
    receipt = ReceiptSerializer(allow_null=True, default=None)
    entered_at = HouseMoment()
    counts = serializers.SerializerMethodField(help_text="What it adds to the figure asked for.")

    def get_counts(self, visit: Visit) -> int:
        return getattr(visit, "counts", visit.count)


class HeadsSerializer(serializers.Serializer):
    category = serializers.ChoiceField(choices=Category.choices)
    heads = serializers.IntegerField()


class SoonSerializer(serializers.Serializer):
    parties = serializers.IntegerField()
    participants = serializers.IntegerField()
    adults = serializers.IntegerField()


class HouseNowSerializer(serializers.Serializer):
    at = HouseMoment()
    heads = serializers.IntegerField()
    limit = serializers.IntegerField(allow_null=True, help_text="People at most; null where none is set.")
    warn_at = serializers.IntegerField(allow_null=True, help_text="The desk is warned from so many heads.")
    warning = serializers.ChoiceField(choices=["none", "near", "full"])
    by_category = HeadsSerializer(many=True)
    expected_next_hour = SoonSerializer()
