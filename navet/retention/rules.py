"""How long each kind of record keeps its persons: a rule per record class, registered by the app whose record it is.

The kernel knows no app: `<app>/retention.py` calls `register` and `exempt`, and docs/retention.md says how.
"""

import abc
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db.models import CharField, F, Model, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

Words = str | Promise

NOWHERE = "@removed.invalid"  # RFC 2606: no mail ever arrives there
NOTHING = "–"  # where a text must not be empty
FOR_THE_BOOKS_DAYS = 7 * 365 + 2  # seven years; bookkeeping() counts from the end of the year


class Ground(TextChoices):
    """On what ground of article 6 of the GDPR something is kept."""

    TASK = "task", _("Task of public interest")
    CONTRACT = "contract", _("Agreement")
    LAW = "law", _("Legal obligation")


class About(TextChoices):
    """Whom a record is about; the privacy page goes by it."""

    VISITORS = "visitors", _("Those who book and visit")
    STAFF = "staff", _("Those who work here")
    TECHNICAL = "technical", _("What the service needs to work")


class Emptied(abc.ABC):
    """What stands in a field whose person is gone, where that is no plain value."""

    @abc.abstractmethod
    def in_row(self, pk: str) -> Any:
        """An expression of the row, whose own key is the field `pk`."""

    @abc.abstractmethod
    def still_held(self, name: str) -> Q:
        """Which rows hold a person still in the field `name`."""


class Nowhere(Emptied):
    """An address of its own in every row, so that what must be unique or not empty stays so, and that nobody has."""

    def in_row(self, pk: str) -> Any:
        return Concat(Cast(F(pk), CharField()), Value(NOWHERE))

    def still_held(self, name: str) -> Q:
        return ~Q(**{name: ""}) & ~Q(**{f"{name}__endswith": NOWHERE})


@dataclass(frozen=True)
class Rule:
    """`due(before)` are the rows whose time began before that moment; `days` after it they are emptied or removed.

    `empties` says what stands in which field afterwards; without it the row goes. The same fields of the model's history
    go with it. `past` names append-only triggers of the model that give way to this rule alone; `also` is called with the
    primary keys of each batch, in its transaction. `keeps` says why another text of the model may stay.
    `address` is the field by which somebody's own rows are found (`lookup`); `shows` what she sees of them, in words of
    the field or of the rule (a field in two languages is named by its Swedish one), and `codes` the words of what is
    counted by code; `on_request(at)` which of them may go when she asks, and `stays` why the others may not.
    """

    key: str
    model: type[Model]
    about: About
    holds: Words
    purpose: Words
    ground: Ground
    after: Words
    days: int
    remains: Words
    due: Callable[[dt.datetime], QuerySet[Any]]
    empties: Mapping[str, Any] = field(default_factory=dict)
    keeps: Mapping[str, str] = field(default_factory=dict)
    past: Sequence[str] = ()
    also: Callable[[list[Any]], None] | None = None
    address: str = ""
    lookup: str = "iexact"
    shows: Mapping[str, Words] | Sequence[str] = ()
    codes: Mapping[str, Words] = field(default_factory=dict)
    on_request: Callable[[dt.datetime], Q] | None = None
    stays: Words = ""
    hourly: bool = False
    decided: int | None = None  # filled in by decisions.applied
    reference: str = ""

    @property
    def kept_days(self) -> int:
        """Days that Navet decided on, else those of the environment (settings.RETENTION), else the rule's own."""
        if self.decided is not None:
            return self.decided
        return int(settings.RETENTION.get(self.key, self.days))

    @property
    def words(self) -> Mapping[str, Words]:
        """What she sees, in words; "" where the field's own do."""
        return self.shows if isinstance(self.shows, Mapping) else dict.fromkeys(self.shows, "")

    @property
    def lasts(self) -> str:
        """How long it is kept, in the active language: "1 year after the visit"."""
        years, days_over = divmod(self.kept_days, 365)
        if self.kept_days == 0:
            kept = gettext("removed at once")
        elif years and days_over <= years // 4 + 1:
            kept = ngettext("%(number)s year", "%(number)s years", years) % {"number": years}
        else:
            kept = ngettext("%(number)s day", "%(number)s days", self.kept_days) % {"number": self.kept_days}
        return f"{kept} {self.after}"

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        """Those whose time is out at this moment and that still hold something."""
        return self.due(at - dt.timedelta(days=self.kept_days)).filter(self.still_held())

    def still_held(self) -> Q:
        """Whether one of the emptied fields has something else in it than is to stand there; of removed rows always."""
        held = Q()
        for name, value in self.empties.items():
            held |= value.still_held(name) if isinstance(value, Emptied) else ~Q(**{name: value})
        return held

    def of(self, email: str) -> QuerySet[Any]:
        """The rows that still hold something of whoever has this address; none where no address leads to them."""
        rows: QuerySet[Any] = self.model._base_manager.all()
        if not self.address or not email:
            return rows.none()
        return rows.filter(**{f"{self.address}__{self.lookup}": email}).filter(self.still_held())


_rules: dict[str, Rule] = {}
_exempt: dict[type[Model], dict[str, str]] = {}
EVERY_FIELD = "*"


def register(rule: Rule) -> None:
    """Once per rule, as the app's `retention.py` is read. What is never emptied (the ledger) has no rule."""
    if rule.key in _rules:
        raise ImproperlyConfigured(f"two retention rules are named {rule.key}")
    if any(trigger.name == "never_emptied" for trigger in getattr(rule.model._meta, "triggers", [])):
        raise ImproperlyConfigured(f"{rule.model._meta.label} is a ledger: retention never touches it")
    _rules[rule.key] = rule


def exempt(label: str, why: str, *fields: str) -> None:
    """These texts of a model (all of them, where none is named) hold no person, or hold one for ever for this reason."""
    _exempt.setdefault(apps.get_model(label), {}).update(dict.fromkeys(fields or (EVERY_FIELD,), why))


def every() -> list[Rule]:
    """All rules, those about visitors first, each group in the order of their names."""
    order = list(About)
    return sorted(_rules.values(), key=lambda rule: (order.index(rule.about), rule.key))


def by_about(chosen: Iterable[Rule]) -> list[tuple[About, list[Rule]]]:
    """In their groups."""
    chosen = list(chosen)
    return [(about, [rule for rule in chosen if rule.about == about]) for about in About]


def named(key: str) -> Rule:
    """Raises KeyError for a rule that nobody registered."""
    return _rules[key]


def exemptions(model: type[Model]) -> dict[str, str]:
    """Field (`EVERY_FIELD` for the rest) -> why it has no rule."""
    return _exempt.get(model, {})


def bookkeeping(before: dt.datetime) -> dt.date:
    """The first day of the year of `before`: accounts of earlier years are old enough (bokföringslagen 7 kap. 2 §)."""
    return dt.date(before.year, 1, 1)


@checks.register
def unknown_settings(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A system check: every time that Navet set belongs to a rule, and is no time before the record was made."""
    return [
        checks.Error(f"RETENTION_DAYS sets {key}={days}", id="retention.E001")
        for key, days in settings.RETENTION.items()
        if key not in _rules or int(days) < 0
    ]
