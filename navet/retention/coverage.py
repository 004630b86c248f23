"""Which fields can hold a person, and which of them have neither a rule nor a reason to have none."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from navet.retention import rules
from navet.retention.rules import EVERY_FIELD

TEXTS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.GenericIPAddressField,
    models.BinaryField,
    models.FileField,
)
SHORTEST = 5  # characters; a shorter text names nobody
# The same in every model.
NEUTRAL = {
    "code": "drawn at random, or of a public register",
    "slug": "part of a published address",
    "fingerprint": "a digest",
    "pgh_label": "the kind of change",
}  # fmt: skip


def uncovered() -> Iterator[str]:
    """`app.Model.field` of everything that can hold a person and of which nobody has said when it ends."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield from (
                f"{model._meta.label}.{name}" for name in _texts(model) if not _is_covered(model, name)
            )


def _texts(model: type[models.Model]) -> Iterator[str]:
    return (field.name for field in model._meta.fields if can_hold_a_person(field))


def can_hold_a_person(field: models.Field) -> bool:
    """A text, list of texts, file or address that is no choice from a list, no key of another table, and long enough."""
    if isinstance(field, ArrayField):
        return can_hold_a_person(field.base_field)
    if field.choices or field.name in NEUTRAL or not isinstance(field, TEXTS):
        return False
    return field.max_length is None or field.max_length >= SHORTEST


def _is_covered(model: type[models.Model], name: str) -> bool:
    if EVERY_FIELD in (reasons := rules.exemptions(model)) or name in reasons:
        return True
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is not None:
        return _is_covered(tracked, name)
    of_model = [rule for rule in rules.every() if rule.model is model]
    return any(not rule.empties or name in rule.empties or name in rule.keeps for rule in of_model)
