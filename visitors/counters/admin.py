"""Counters, which administrators put up and take down; what they said and what was decided is only looked at."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from navet.accounts.models import DeviceToken
from navet.accounts.roles import Role
from visitors.admin import ReadOnlyAdmin
from visitors.counters import polling
from visitors.counters.models import Correction, Counter, Delivery, Factor


class CounterForm(forms.ModelForm):
    """Only live keys of door counters, and only addresses that may be asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "device" in self.fields:
            live = DeviceToken.objects.filter(
                role=Role.DOOR_COUNTER, revoked_at=None, expiry__gt=timezone.now()
            )
            self.fields["device"].queryset = live | DeviceToken.objects.filter(pk=self.instance.device_id)  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_poll_address(self) -> str:
        address = self.cleaned_data["poll_address"].rstrip("/")
        if address and not polling.may_be_asked(address):
            raise forms.ValidationError(
                _("This host is not among DOOR_COUNTER_HOSTS. Give scheme, host and port only.")
            )
        return address


@admin.register(Counter)
class CounterAdmin(admin.ModelAdmin):
    form = CounterForm
    list_display = ["name", "kind", "door", "placed_from", "placed_until", "device", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["device"]
    ordering = ["name"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["received_at", "counter", "shape", "clock_at"]
    list_filter = ["counter", "shape"]
    list_select_related = ["counter"]
    ordering = ["-pk"]


@admin.register(Factor)
class FactorAdmin(ReadOnlyAdmin):
    list_display = ["counter", "factor", "valid_from", "valid_until", "reason", "by", "decided_at"]
    list_select_related = ["counter", "by"]
    ordering = ["-pk"]


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["day", "heads", "reason", "by", "approved_at", "taken_back_at"]
    list_select_related = ["by"]
    ordering = ["-day"]
