import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone
from rest_framework import serializers

from navet.api.fields import MoneyField
from navet.api.serializers import AnswerSerializer, StrictSerializer, parsed, shown


def shapes(base):
    """The same shape on the framework's serializer and on ours."""

    class Inner(base):
        code = serializers.CharField()
        many = serializers.IntegerField()

    class Shape(base):
        id = serializers.IntegerField(source="pk")
        text = serializers.CharField()
        lazy = serializers.CharField(source="inner.code")
        missing = serializers.CharField(source="nothing.code", allow_null=True, default=None)
        at = serializers.DateTimeField()
        choice = serializers.ChoiceField([("a", "A")])
        money = MoneyField(source="ore")
        inner = Inner()
        several = Inner(many=True)
        none = serializers.IntegerField(allow_null=True)
        method = serializers.SerializerMethodField()
        called = serializers.CharField()
        listed = serializers.ListField(child=serializers.IntegerField())
        yes = serializers.BooleanField()

        def get_method(self, instance):
            return self.context.get("said", "nothing")

    return Shape


class Called:
    @staticmethod
    def name():
        return "called"


def thing():
    inner = SimpleNamespace(code="c", many="7")
    return SimpleNamespace(
        pk=1, text=12, inner=inner, nothing=None, at=dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC), choice="a", ore=12550,
        several=[inner, inner], none=None, called=Called.name, listed=[1, 2], yes=True,
    )  # fmt: skip


@pytest.mark.parametrize("context", [{}, {"said": "something"}])
def test_an_answer_is_what_the_framework_would_say(context):
    plain = shapes(serializers.Serializer)(thing(), context=context).data
    assert shapes(AnswerSerializer)(thing(), context=context).data == plain
    assert list(shapes(AnswerSerializer)(thing(), context=context).data) == list(plain)


def test_an_answer_of_dicts_is_what_the_framework_would_say():
    given = vars(thing()) | {"inner": {"code": "c", "many": 7}, "several": [], "called": "x"}
    plain = shapes(serializers.Serializer)(given).data
    assert shapes(AnswerSerializer)(given).data == plain


MOMENTS = [
    dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC),
    dt.datetime(2026, 7, 3, 9, 30, 15, 120, tzinfo=dt.UTC),
    dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    dt.datetime(2026, 3, 3, 9),  # noqa: DTZ001 - the framework makes it aware
    dt.datetime.max.replace(tzinfo=dt.UTC),
    "2026-03-03T09:00:00Z",
    "",
]


def _put(base, options, moment):
    shape = type("Shape", (base,), {"at": serializers.DateTimeField(**options)})
    try:
        return shape({"at": moment}).data
    except serializers.ValidationError as refused:
        return refused.detail


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "UTC"])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("options", [{}, {"format": "%d %H:%M"}, {"default_timezone": dt.UTC}])
def test_a_moment_is_put_as_the_framework_puts_it(zone, moment, options):
    with timezone.override(zone):
        plain = _put(serializers.Serializer, options, moment)
        assert _put(AnswerSerializer, options, moment) == plain


def test_a_list_of_answers():
    plain = shapes(serializers.Serializer)([thing(), thing()], many=True).data
    assert shapes(AnswerSerializer)([thing(), thing()], many=True).data == plain


def test_shown_says_the_same_of_each():
    shape = shapes(AnswerSerializer)
    first, second = thing(), thing()
    second.pk = 2
    assert [shown(shape, one)["id"] for one in (first, second)] == [1, 2]


class Asked(StrictSerializer):
    count = serializers.IntegerField(min_value=1)
    note = serializers.CharField(required=False, default="")


def test_parsed_keeps_nothing_of_the_one_before():
    assert parsed(Asked, {"count": 1, "note": "x"}) == {"count": 1, "note": "x"}
    assert parsed(Asked, {"count": 2}) == {"count": 2, "note": ""}


@pytest.mark.parametrize(
    "body", [{"count": 0}, {"count": "1"}, {"count": 1, "other": 2}, {}, {"count": None}]
)
def test_parsed_refuses_what_a_serializer_of_its_own_refuses(body):
    own = Asked(data=body)
    assert not own.is_valid()
    with pytest.raises(serializers.ValidationError) as refused:
        parsed(Asked, body)
    assert refused.value.detail == own.errors
