from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "navet.retention"
    label = "retention"
    verbose_name = _("Retention")

    def ready(self) -> None:
        """Each app says in its `retention.py` how long it keeps what."""
        autodiscover_modules("retention")
