"""The search as a form whose address can be shared; the words of the address are Swedish, as the pages' are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField
from bookings.schools.models import Language, Programme, Subject
from bookings.schools.search import Wish
from navet.directory.grades import Grade
from navet.pages.forms import offer

MOST_PUPILS = 500


class ProgrammeChoice(forms.ModelChoiceField):
    """A programme by its slug."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Programme.objects.none(), to_field_name="slug", **options)


class SearchForm(forms.Form):
    """A class looks for a programme. Every field may be left empty; `wish()` is what it comes to."""

    ADDRESS = {
        "grade": "arskurs",
        "subject": "amne",
        "pupils": "elever",
        "first": "fran",
        "last": "till",
        "language": "sprak",
        "programme": "program",
        "only_free": "lediga",
    }

    grade = forms.ChoiceField(
        label=_("Grade"), required=False, choices=[("", _("All grades")), *Grade.choices]
    )
    subject = forms.ChoiceField(
        label=_("Subject"), required=False, choices=[("", _("All subjects")), *Subject.choices]
    )
    pupils = forms.IntegerField(label=_("Pupils"), required=False, min_value=1, max_value=MOST_PUPILS)
    first = DateField(label=_("From date"), required=False)
    last = DateField(label=_("To date"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All languages")), *Language.choices]
    )
    programme = ProgrammeChoice(label=_("Programme"), required=False, empty_label=_("All programmes"))
    only_free = forms.BooleanField(label=_("Only with free places"), required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, without: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in without:
            del self.fields[name]
        if "programme" in self.fields:
            offer(self, "programme", Programme.objects.published().order_by("title_sv"))

    def add_prefix(self, field_name: str) -> str:
        return self.ADDRESS.get(field_name, field_name)  # also asked for ids

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error(
                "last", forms.ValidationError(_("The last date is before the first."), code="order")
            )
        return found

    def wish(self) -> Wish:
        """What a valid form asks for."""
        asked = self.cleaned_data
        programme = asked.get("programme")
        return Wish(
            grade=asked["grade"],
            subject=asked["subject"],
            first=asked.get("first"),
            last=asked.get("last"),
            pupils=asked["pupils"],
            language=asked["language"],
            programme=programme.slug if programme else "",
            only_free=asked.get("only_free", False),
        )
