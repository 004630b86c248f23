"""What allauth says that this house says in its own words: our catalogues come before its, so a msgid here wins."""

from django.utils.translation import gettext_noop

ALLAUTH = (gettext_noop("Two-Factor Authentication"),)
