"""The API's shapes of programmes."""

from rest_framework import serializers

from bookings.schools.models import Language, Programme, Subject
from navet.api.fields import MoneyField
from navet.api.serializers import AnswerSerializer
from navet.directory.grades import Grade


class RoomSerializer(AnswerSerializer):
    slug = serializers.SlugField()
    name = serializers.CharField()
    step_free = serializers.BooleanField()
    hearing_loop = serializers.BooleanField()


class ProgrammeBriefSerializer(AnswerSerializer):
    """Texts are in the language of Accept-Language, Swedish where the English is missing."""

    slug = serializers.SlugField()
    title = serializers.CharField()


class ProgrammeSerializer(ProgrammeBriefSerializer):
    """Prices are for those outside the agreements, per group, VAT included."""

    summary = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()
    prepare = serializers.SerializerMethodField()
    accessibility = serializers.SerializerMethodField()
    curriculum = serializers.SerializerMethodField()
    subjects = serializers.ListField(child=serializers.ChoiceField(choices=Subject.choices))
    grades = serializers.ListField(child=serializers.ChoiceField(choices=Grade.choices))
    languages = serializers.ListField(child=serializers.ChoiceField(choices=Language.choices))
    length_minutes = serializers.IntegerField()
    min_pupils = serializers.IntegerField()
    max_pupils = serializers.IntegerField()
    groups_at_once = serializers.IntegerField()
    half_class_max = serializers.IntegerField()
    price_half = MoneyField(source="price_half_ore")
    price_full = MoneyField(source="price_full_ore")
    rooms = RoomSerializer(many=True)

    def get_summary(self, programme: Programme) -> str:
        return programme.text_in_language("summary")

    def get_text(self, programme: Programme) -> str:
        return programme.text_in_language("text")

    def get_prepare(self, programme: Programme) -> str:
        return programme.text_in_language("prepare")

    def get_accessibility(self, programme: Programme) -> str:
        return programme.text_in_language("accessibility")

    def get_curriculum(self, programme: Programme) -> str:
        return programme.text_in_language("curriculum")


class ProgrammesQuery(serializers.Serializer):
    grade = serializers.ChoiceField(choices=Grade.choices, required=False)
    subject = serializers.ChoiceField(choices=Subject.choices, required=False)
