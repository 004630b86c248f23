from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeisureConfig(AppConfig):
    name = "bookings.leisure"
    label = "leisure"
    verbose_name = _("Leisure groups")

    def ready(self) -> None:
        from bookings.leisure.operations import payments  # noqa: PLC0415  # models exist when every app is ready
        from navet.payments import handlers  # noqa: PLC0415  # its models too

        handlers.register(payments.KIND, payments)
