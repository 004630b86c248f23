"""What staff say of themselves and of the desk's devices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from navet.accounts.models import DeviceToken, User
from navet.accounts.roles import Role


class ProfileForm(forms.ModelForm):
    """What everybody may change of their own account."""

    class Meta:
        model = User
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class EnrolForm(forms.ModelForm):
    """A device's name and its one role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.DESK)

    class Meta:
        model = DeviceToken
        fields = ["name", "role"]
        help_texts = {
            "name": _("What people at the desk call it, such as \u201cTablet at the entrance\u201d.")
        }

    def validate_constraints(self) -> None:
        """Left to the operation, which says it in words."""
