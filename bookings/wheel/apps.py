from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WheelConfig(AppConfig):
    name = "bookings.wheel"
    label = "wheel"
    verbose_name = _("Year wheel")

    def ready(self) -> None:
        # Models exist when every app is ready; to be imported is what these are for: they register a check, and what is announced.
        from bookings.wheel import dates, expected  # noqa: F401, PLC0415
