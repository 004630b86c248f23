from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    name = "bookings.conferences"
    label = "conferences"
    verbose_name = _("Conferences")

    def ready(self) -> None:
        from bookings.conferences.operations import payments  # noqa: PLC0415  # models exist when every app is ready
        from navet.payments import handlers  # noqa: PLC0415  # its models too

        handlers.register("reservation", payments)
