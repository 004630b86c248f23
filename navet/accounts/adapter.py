"""allauth, as this house uses it: no sign-up, and the password mail through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from navet.accounts.models import User
from navet.outbox import promises
from navet.pages import context as menus


class StaffAdapter(DefaultAccountAdapter):
    """Administrators make accounts; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first staff page this user may open: nobody's day begins with a refusal."""
        mine = menus.staff_links(request.user, here="")
        return mine[0].url if mine else reverse("accounts:me")

    @transaction.atomic
    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Promise the mail; its link is made when it is sent, so that the outbox never holds a way in."""
        promises.promise(
            "mail",
            key=f"accounts.password_reset:{user.pk}:{get_random_string(16)}",
            payload={"mail": "accounts.password_reset", "args": {"user_id": user.pk}},
            due_at=timezone.now(),
        )
