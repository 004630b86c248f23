"""How every form of the house is written out; the templates say it, this names them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm, ChoiceField, ModelChoiceField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList


class Renderer(TemplatesSetting):
    """Label, required mark, hint and error tied to their control, in `{{ form }}` and `as_field_group` alike."""

    form_template_name = "navet/forms/form.html"
    field_template_name = "navet/forms/field.html"


def offer(form: BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Sets what a field of choices offers; of a field of rows, the rows."""
    field = form.fields[name]
    if isinstance(field, ModelChoiceField) and isinstance(choices, QuerySet):
        field.queryset = choices
    elif isinstance(field, ChoiceField):
        field.choices = choices
    else:
        raise TypeError(f"{name} is no field of choices")


@dataclass(frozen=True)
class Fault:
    """One line of the summary above a form; `target` is the id of the control it leads to, "" when there is none."""

    label: str
    text: str
    target: str


def faults_of(form: BaseForm) -> list[Fault]:
    """Every error of a bound form, its own first, then field by field in the order of the page."""
    whole: list[ErrorList] = [form.non_field_errors(), *(field.errors for field in form.hidden_fields())]
    faults = [Fault("", str(error), "") for errors in whole for error in errors]
    for field in form.visible_fields():
        target = f"{field.auto_id}_group" if field.use_fieldset else field.id_for_label
        faults += [Fault(str(field.label), str(error), target) for error in field.errors]
    return faults
