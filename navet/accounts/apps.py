from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "navet.accounts"
    label = "accounts"
    verbose_name = _("People who work here")
    default = True


class HouseAdminConfig(admin_apps.AdminConfig):
    """Django's administration behind our own log-in."""

    default = False
    default_site = "navet.accounts.admin_site.HouseAdminSite"
