"""Staff's own pages."""

from django.urls import path
from django.views.generic import RedirectView

from navet.accounts import pages

app_name = "accounts"
urlpatterns = [
    path("personal/", pages.my_account, name="me"),
    path("personal/enheter/", pages.device_list, name="devices"),
    path("personal/enheter/<uuid:public_id>/aterkalla/", pages.device_revoke, name="device-revoke"),
    # Administrators give and change addresses; allauth's own page for it stays closed.
    path("konto/email/", RedirectView.as_view(pattern_name="accounts:me")),
]
