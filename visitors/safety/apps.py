from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    name = "visitors.safety"
    label = "safety"
    verbose_name = _("Safety of the house")
