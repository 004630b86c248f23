"""What one may change of one's own account."""

from django.db import transaction

from navet.accounts.models import User


@transaction.atomic
def change(user: User, *, name: str, language: str) -> User:
    """Name and language, and nothing else: roles and addresses are the administrators'."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    return user
