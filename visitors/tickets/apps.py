from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TicketsConfig(AppConfig):
    name = "visitors.tickets"
    label = "till"
    verbose_name = _("Tickets and annual passes")
