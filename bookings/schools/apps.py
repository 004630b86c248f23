from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolBookingsConfig(AppConfig):
    name = "bookings.schools"
    label = "school_bookings"
    verbose_name = _("School programmes")
