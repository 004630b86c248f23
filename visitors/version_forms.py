"""Which entries behind a comparison of rules are asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visitors.counting import Rules
from visitors.decisions import BY_CATEGORY
from visitors.forms import RowsForm
from visitors.models import Category

OLD, NEW, DIFFERENCE = "gamla", "nya", "skillnad"


class ComparedRowsForm(RowsForm):
    """RowsForm with the side that is looked at; an indicator whose categories are a rule has to be said."""

    visa = forms.ChoiceField(
        label=_("Side"),
        choices=[
            (OLD, _("What counts by the old rules")),
            (NEW, _("What counts by the new rules")),
            (DIFFERENCE, _("What makes the difference")),
        ],
    )
    indikator = forms.ChoiceField(
        label=_("Indicator"), choices=[(code.value, code.label) for code in BY_CATEGORY]
    )


class ProposedRowsForm(ComparedRowsForm):
    """As for rules that nobody has decided yet: `raknas` are the categories that would count in the indicator."""

    raknas = forms.MultipleChoiceField(
        label=_("Would count"),
        choices=Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def rules(self, old: Rules) -> Rules:
        """The rules in force with what is asked for."""
        chosen = frozenset(self.cleaned_data["raknas"])
        return old._replace(categories={**old.categories, self.cleaned_data["indikator"]: chosen})

    def _word(self, field: forms.Field, value: Any) -> Any:  # type: ignore[override]  # said of this form's lists as well
        if isinstance(value, list):
            return ", ".join(str(Category(one).label) for one in value)
        return super()._word(field, value)
