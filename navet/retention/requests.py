"""What the house holds about whoever has an address: to see, to take along, to have deleted."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from navet.pages import formats
from navet.retention import decisions, engine, rules
from navet.retention.models import Run
from navet.retention.rules import Rule

SWEDISH, ENGLISH = "_sv", "_en"


@dataclass(frozen=True)
class Holding:
    """What is held under one rule: the rows as she sees them, and how many of them may go when she asks."""

    rule: Rule
    rows: list[dict[str, Any]]
    may_go: int

    @property
    def stays(self) -> int:
        return len(self.rows) - self.may_go

    @property
    def facts(self) -> list[list[tuple[str, Any]]]:
        """Each row as words and values; what is empty is left out."""
        return [
            [
                (
                    capfirst(str(words or _field(self.rule.model, name).verbose_name)),
                    self._said(name, row[_key(name)]),
                )
                for name, words in self.rule.words.items()
                if row[_key(name)] not in ("", None, {})
            ]
            for row in self.rows
        ]

    def _said(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return ", ".join(f"{self.rule.codes.get(code, code)}: {number}" for code, number in value.items())
        return _said(_field(self.rule.model, name), value)

    def as_data(self) -> dict[str, Any]:
        """To take along."""
        rule = self.rule
        return {
            "kind": rule.key,
            "holds": str(rule.holds),
            "purpose": str(rule.purpose),
            "ground": str(rule.ground.label),
            "kept": rule.lasts,
            "remains": str(rule.remains),
            "records": self.rows,
        }


def _field(model: type[Model], path: str) -> Any:
    """A field, also through other tables: `session__occasion__title_sv`."""
    field: Any = None
    for step in path.split("__"):
        field = (field.related_model if field else model)._meta.get_field(step)
    return field


def _said(field: Any, value: Any) -> Any:
    """As people read it: the word of a choice, a date in the house's own time, yes or no."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int):
        return str(value)  # a year, which is written without a space
    if field.name.endswith("phone"):
        return formats.phone(value)
    return dict(field.flatchoices).get(value, value)


def held(email: str, *, at: dt.datetime) -> list[Holding]:
    """Everything that this address leads to, a Holding for each rule that has something. Two queries a rule, at most."""
    found = []
    for rule in decisions.in_force():
        rows = _rows(rule, email) if rule.address else []
        if rows:
            found.append(Holding(rule, rows, _may_go(rule, email, at).count()))
    return found


def _rows(rule: Rule, email: str) -> list[dict[str, Any]]:
    """Hers by the names of `_key`; a text in two languages in the active one, in Swedish where it has no English."""
    read = {name: _columns(name) for name in rule.words}
    found = rule.of(email).order_by("pk").values(*{column for columns in read.values() for column in columns})
    return [
        {
            _key(name): next((row[one] for one in columns if row[one]), row[name])
            for name, columns in read.items()
        }
        for row in found
    ]


def _columns(name: str) -> list[str]:
    if not name.endswith(SWEDISH):
        return [name]
    both = [name, name.removesuffix(SWEDISH) + ENGLISH]
    return both if (get_language() or "sv").startswith("sv") else both[::-1]


def _key(name: str) -> str:
    """A text in two languages goes by its name without one."""
    return name.removesuffix(SWEDISH)


def forget(email: str, *, at: dt.datetime) -> Run:
    """Empty or remove what may go, by the rules' own ways. The run says how much; running it again finds nothing."""
    return engine.forget(
        [(rule, _may_go(rule, email, at)) for rule in rules.every() if rule.on_request is not None], at=at
    )


def _may_go(rule: Rule, email: str, at: dt.datetime) -> QuerySet[Any]:
    return rule.of(email).filter(rule.on_request(at)) if rule.on_request else rule.of(email).none()


def at_once(_at: dt.datetime) -> Q:
    """An `on_request` for rows that nobody needs once their person asks."""
    return Q()
