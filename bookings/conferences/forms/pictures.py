"""The shape of what the host says of a picture of a room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.common.forms import LineField
from navet.pages import pictures


class PictureForm(forms.Form):
    """A new picture, and what it shows."""

    picture = forms.FileField(
        label=_("Picture"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": pictures.ACCEPT}),
        help_text=_("JPEG, PNG or WebP, at most 10 MB; lying down and at least 1600 pixels wide is best."),
    )
    alt_sv = LineField(
        label=_("What the picture shows, in Swedish"),
        max_length=200,
        help_text=_("Read out to those who do not see it: “The hall in rows, towards the screen.”"),
    )
    alt_en = LineField(
        label=_("What the picture shows, in English"),
        max_length=200,
        required=False,
        help_text=_("Left empty, English pages say it in Swedish."),
    )

    def clean_picture(self) -> Any:
        """Too much is said here, before it is read."""
        upload = self.cleaned_data["picture"]
        if upload and upload.size > pictures.MOST_BYTES:
            raise forms.ValidationError(pictures.PictureTooLarge.message)
        return upload


class ChangedPictureForm(PictureForm):
    """Another picture in its place, where one is chosen."""

    picture = forms.FileField(
        label=_("Another picture in its place"),
        max_length=200,
        required=False,
        widget=forms.FileInput(attrs={"accept": pictures.ACCEPT}),
        help_text=_("JPEG, PNG or WebP, at most 10 MB. Leave it empty to keep the picture."),
    )
