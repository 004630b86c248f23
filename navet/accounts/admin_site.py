"""Django's administration: the house's log-in with its second factor, and only for those who administer."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class HouseAdminSite(admin.AdminSite):
    site_header = _("Navet: administration")
    site_title = _("Navet")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        return getattr(request.user, "is_staff", False)

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """The one log-in of the house; Django's own knows no second factor and no limit of tries."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or request.path)
