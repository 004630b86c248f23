from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeisureConfig(AppConfig):
    name = "bookings.leisure"
    label = "leisure"
    verbose_name = _("Leisure groups")

    def ready(self) -> None:
        # Models exist only when every app is ready.
        from bookings.leisure.operations import payments  # noqa: PLC0415  # as above
        from navet.payments import handlers  # noqa: PLC0415  # as above

        handlers.register(payments.KIND, payments)
