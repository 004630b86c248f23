from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TertialsConfig(AppConfig):
    name = "visitors.tertials"
    label = "tertials"
    verbose_name = _("Tertial reports")
