from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    """No tables: what every line of bookings shares."""

    name = "bookings.common"
    label = "bookings_common"
    verbose_name = _("Bookings")
