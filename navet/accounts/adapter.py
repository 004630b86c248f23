"""allauth, as this house uses it: no sign-up, and the password mail through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string

from navet.accounts.models import User
from navet.outbox import promises


class StaffAdapter(DefaultAccountAdapter):
    """Administrators make accounts; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @transaction.atomic
    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Promise the mail; its link is made when it is sent, so that the outbox never holds a way in."""
        promises.promise(
            "mail",
            key=f"accounts.password_reset:{user.pk}:{get_random_string(16)}",
            payload={"mail": "accounts.password_reset", "args": {"user_id": user.pk}},
            due_at=timezone.now(),
        )
