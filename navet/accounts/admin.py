"""Staff and their roles; the desk's devices to look at and revoke."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from navet.accounts import actor, devices
from navet.accounts.models import DeviceToken, User
from navet.accounts.roles import STAFF_CHOICES, Role


def _roles_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Roles"), choices=STAFF_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )


class StaffChangeForm(UserChangeForm):
    roles = _roles_field()


class StaffCreationForm(AdminUserCreationForm):
    roles = _roles_field()

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


@admin.register(User)
class StaffAdmin(UserAdmin):
    """Roles as boxes to tick; the administrator sets passwords. Users are made inactive, never deleted."""

    form = StaffChangeForm
    add_form = StaffCreationForm
    ordering = ["name"]
    list_display = ["name", "email", "role_names", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    filter_horizontal = []
    readonly_fields = ["last_login", "created_at"]
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "language"]}),
        (_("What they do here"), {"fields": ["roles", "is_active", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "created_at"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["email", "name", "language", "roles", "usable_password", "password1", "password2"]},
        )
    ]

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        return ", ".join(str(Role(role).label) for role in user.roles)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Only a superuser makes superusers."""
        fixed = list(super().get_readonly_fields(request, obj))
        return fixed if request.user.is_superuser else [*fixed, "is_superuser"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser's address and password are a superuser's to change."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


DEVICE_FIELDS = ("name", "role", "user", "created", "expiry", "last_used_at", "revoked_at", "revoked_by")


@admin.register(DeviceToken)
class DeviceAdmin(admin.ModelAdmin):
    """Devices are enrolled at /personal/enheter/, where their key is shown once; here they are seen and revoked."""

    list_display = ["name", "role", "user", "last_used_at", "expiry", "revoked_at"]
    list_filter = ["role"]
    list_select_related = ["user"]
    search_fields = ["name"]
    actions = ["revoke"]
    fields = readonly_fields = DEVICE_FIELDS

    @admin.action(description=_("Revoke the chosen devices"), permissions=["view"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[DeviceToken]) -> None:
        by, at = actor.of(request), timezone.now()
        for device in chosen:
            devices.revoke(device, by=by, at=at)
        text = ngettext("%(count)d device revoked.", "%(count)d devices revoked.", len(chosen))
        self.message_user(request, text % {"count": len(chosen)}, messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
