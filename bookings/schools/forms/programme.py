"""A programme as planners edit it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.forms import VAT, KronorField
from bookings.schools.forms.planning import educators
from bookings.schools.models import Language, Programme, Subject
from navet.directory.grades import Grade
from navet.house.models import Room
from navet.money import kronor, ore_from_kronor
from navet.pages.forms import offer

RESERVED = {"kalender", "nytt"}  # addresses of other pages


class ProgrammeForm(forms.ModelForm):
    """A programme whole, in both languages."""

    subjects = forms.MultipleChoiceField(
        label=_("Subjects"), choices=Subject.choices, widget=forms.CheckboxSelectMultiple
    )
    grades = forms.MultipleChoiceField(
        label=_("Grades"), choices=Grade.choices, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    vat_permille = forms.TypedChoiceField(label=_("VAT"), coerce=int, choices=VAT)
    price_half = KronorField(label=_("Price for half a class, kronor"))
    price_full = KronorField(label=_("Price for a full class, kronor"))

    class Meta:
        model = Programme
        fields = [
            "slug",
            "title_sv",
            "title_en",
            "summary_sv",
            "summary_en",
            "text_sv",
            "text_en",
            "prepare_sv",
            "prepare_en",
            "accessibility_sv",
            "accessibility_en",
            "curriculum_sv",
            "curriculum_en",
            "subjects",
            "grades",
            "languages",
            "length_minutes",
            "min_pupils",
            "max_pupils",
            "groups_at_once",
            "half_class_max",
            "vat_permille",
            "rooms",
            "educators",
            "is_published",
        ]
        widgets = {"rooms": forms.CheckboxSelectMultiple, "educators": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["price_half"] = kronor(self.instance.price_half_ore)
            self.initial["price_full"] = kronor(self.instance.price_full_ore)
        self.fields["slug"].label = _("Address")
        self.fields["slug"].help_text = _(
            "Small letters, digits and hyphens; the last part of the page's address."
        )
        offer(self, "rooms", Room.objects.active().order_by("slug"))
        offer(self, "educators", educators())
        for name, most in (
            ("length_minutes", 600),
            ("min_pupils", 500),
            ("max_pupils", 500),
            ("half_class_max", 500),
        ):
            self.fields[name] = forms.IntegerField(label=self.fields[name].label, min_value=1, max_value=most)
        self.fields["groups_at_once"] = forms.IntegerField(
            label=self.fields["groups_at_once"].label, min_value=1, max_value=50
        )

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("That address is taken by another page."), code="reserved")
        return slug

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        least, most = found.get("min_pupils"), found.get("max_pupils")
        if least and most and most < least:
            self.add_error("max_pupils", _("The largest group is smaller than the smallest."))
        half, full = found.get("price_half"), found.get("price_full")
        if half is not None and full is not None and full < half:
            self.add_error("price_full", _("A full class cannot pay less than half a class."))
        return found

    def save(self, commit: bool = True) -> Programme:
        self.instance.price_half_ore = ore_from_kronor(self.cleaned_data["price_half"])
        self.instance.price_full_ore = ore_from_kronor(self.cleaned_data["price_full"])
        return super().save(commit)
