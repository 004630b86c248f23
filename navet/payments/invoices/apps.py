from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvoicesConfig(AppConfig):
    name = "navet.payments.invoices"
    label = "invoices"
    verbose_name = _("Invoices")
