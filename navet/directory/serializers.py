"""The shape of schools and municipalities in the API. Contacts stay inside."""

from rest_framework import serializers

from navet.api.serializers import StrictSerializer
from navet.directory.models import Municipality, SchoolUnit


class MunicipalitySerializer(serializers.ModelSerializer):
    class Meta:
        model = Municipality
        fields = ["code", "name", "in_sjuharad"]


class SchoolSerializer(serializers.ModelSerializer):
    """`code` is null for a preschool, which the register does not have; `id` names both kinds."""

    municipality = MunicipalitySerializer()

    class Meta:
        model = SchoolUnit
        fields = ["id", "code", "name", "kind", "forms", "grades", "municipality"]


class SchoolsQuery(StrictSerializer):
    search = serializers.CharField(
        required=False, max_length=80, help_text="Part of the name, forgiving of mistakes, or of the code."
    )
    municipality = serializers.RegexField(r"^[0-9]{4}$", required=False, help_text="Municipality code.")
