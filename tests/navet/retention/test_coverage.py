"""No field that can hold a person is without a rule, or a reason to have none. Who adds a model reads docs/retention.md."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from navet.retention import coverage, rules
from visitors.models import Visit


def test_every_field_that_can_hold_a_person_has_a_rule_or_a_reason():
    assert list(coverage.uncovered()) == [], "see docs/retention.md"


def test_a_rule_taken_away_is_missed_with_the_history_of_its_model(monkeypatch):
    without = {key: rule for key, rule in rules._rules.items() if not key.startswith("groups.")}
    monkeypatch.setattr(rules, "_rules", without)
    missed = set(coverage.uncovered())
    assert {"groups.GroupBooking.contact_email", "groups.GroupBookingEvent.group_name"} <= missed


@pytest.mark.parametrize(
    ("field", "can"),
    [
        (models.CharField(max_length=40), True),
        (models.CharField(max_length=2), False),
        (models.CharField(max_length=40, choices=[("a", "A")]), False),
        (models.TextField(), True),
        (models.JSONField(), True),
        (models.EmailField(), True),
        (models.GenericIPAddressField(), True),
        (models.IntegerField(), False),
        (models.DateTimeField(), False),
    ],
)
def test_what_can_hold_a_person(field, can):
    assert coverage.can_hold_a_person(field) is can


def test_every_emptied_kept_or_shown_field_exists():
    for rule in rules.every():
        names = {field.name for field in rule.model._meta.get_fields()}
        assert rule.empties.keys() | rule.keeps.keys() <= names, rule.key
        rule.model._base_manager.values(*rule.words).query  # noqa: B018 (raises FieldError for what is no field)
        assert bool(rule.address) == bool(rule.shows), rule.key


def test_the_ledger_can_have_no_rule():
    over = rules.named("visitors.arrivals")
    with pytest.raises(ImproperlyConfigured):
        rules.register(rules.Rule(**{**vars(over), "key": "visitors.ledger", "model": Visit}))


def test_a_key_is_used_once():
    with pytest.raises(ImproperlyConfigured):
        rules.register(rules.named("visitors.arrivals"))


def test_a_time_for_a_rule_that_is_none_is_an_error(settings):
    settings.RETENTION = {"visitors.arrivals": 10, "visitors.arivals": 10, "till.passes": -1}
    assert [error.id for error in rules.unknown_settings(None)] == ["retention.E001"] * 2


def test_append_only_triggers_give_way_in_one_module_alone(repository: Path):
    rooms = [repository / name for name in ("navet", "visitors", "bookings", "worker")]
    found = [
        path.relative_to(repository).as_posix()
        for room in rooms
        for path in room.rglob("*.py")
        if "pgtrigger.ignore(" in path.read_text()
    ]
    assert found == ["navet/retention/engine.py"]
