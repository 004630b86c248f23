from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WheelConfig(AppConfig):
    name = "bookings.wheel"
    label = "wheel"
    verbose_name = _("Year wheel")

    def ready(self) -> None:
        from bookings.wheel import dates, expected  # noqa: F401, PLC0415  # imported to register, once models exist
