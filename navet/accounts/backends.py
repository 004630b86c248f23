"""What the administration asks of Django's permissions, answered from the roles."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from navet.accounts.models import User


class RoleBackend(BaseBackend):
    """Whoever may open the administration may use what is registered there; each ModelAdmin narrows it."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return user_obj.has_capability("admin.access") if isinstance(user_obj, User) else False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return self.has_perm(user_obj, app_label)
