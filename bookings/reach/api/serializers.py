"""The API's shape of who came and who did not."""

from rest_framework import serializers

from bookings.reach import reach
from navet.directory.grades import Form
from navet.directory.models import SchoolUnit
from navet.directory.serializers import SchoolSerializer

VISITS = [
    (reach.NEVER, "Never"),
    (reach.NOT_THIS_YEAR, "Not this school year"),
    (reach.CAME, "This school year"),
]


class ReachQuery(serializers.Serializer):
    school_year = serializers.IntegerField(
        min_value=2000,
        max_value=2099,
        required=False,
        help_text="The year of its autumn; else the present one.",
    )
    municipality = serializers.RegexField(r"^[0-9]{4}$", required=False, help_text="Municipality code.")
    form = serializers.ChoiceField(choices=Form.choices, required=False, help_text="School form.")
    visits = serializers.ChoiceField(
        choices=VISITS, required=False, help_text="`not_this_year` has those that never came too."
    )


class ReachedSchoolSerializer(SchoolSerializer):
    pupils = serializers.IntegerField(allow_null=True, help_text="Null where the number is not known.")
    is_open = serializers.BooleanField(
        help_text="False of a school that has closed, which is here for what it did in the year."
    )

    class Meta:
        model = SchoolUnit
        fields = [*SchoolSerializer.Meta.fields, "pupils", "is_open"]


class ReachedUnitSerializer(serializers.Serializer):
    school = ReachedSchoolSerializer()
    visits = serializers.ChoiceField(choices=VISITS, source="came")
    classes = serializers.IntegerField(help_text="Classes checked in this school year.")
    heads = serializers.IntegerField(help_text="Their pupils in the ledger, once for each visit.")
    classes_to_come = serializers.IntegerField(source="to_come")
    last_date = serializers.DateField(allow_null=True, help_text="When it was last here, ever.")
    invited_this_term = serializers.BooleanField(source="is_invited")


class ShareSerializer(serializers.Serializer):
    """Of the units listed. What is of pupils counts units with a known number alone."""

    units = serializers.IntegerField()
    units_came = serializers.IntegerField()
    units_never = serializers.IntegerField()
    units_of_unknown_size = serializers.IntegerField(source="unknown")
    pupils = serializers.IntegerField()
    pupils_of_units_that_came = serializers.IntegerField(source="pupils_of_visitors")
    heads = serializers.IntegerField()


class ReachSerializer(serializers.Serializer):
    at = serializers.DateTimeField(help_text="When it was counted.")
    school_year = serializers.IntegerField(help_text="The year of its autumn.")
    share = ShareSerializer()
    units = ReachedUnitSerializer(many=True)
