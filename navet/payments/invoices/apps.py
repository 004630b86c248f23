from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvoicesConfig(AppConfig):
    name = "navet.payments.invoices"
    label = "invoices"
    verbose_name = _("Invoices")

    def ready(self) -> None:
        # Models exist only when every app is ready.
        from navet.payments import changes  # noqa: PLC0415  # as above
        from navet.payments.invoices.operations import drafting  # noqa: PLC0415  # as above

        changes.follow(drafting.follow)
