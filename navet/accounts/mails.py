"""What the house's doors say by mail."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from navet import codes
from navet.accounts import operations
from navet.accounts.models import EmailCode, User
from navet.outbox.mail import Mail, render


def code(*, code_id: int) -> Mail | None:
    """The one-time code; nothing when it is used, expired or followed by a newer one."""
    row = EmailCode.objects.filter(pk=code_id).first()
    if row is None or row.used_at or row.expires_at <= timezone.now():
        return None
    newest = operations.newest(row.email, purpose=row.purpose, subject=row.subject)
    if newest is not None and newest.pk != row.pk:
        return None
    minutes = int(operations.LIFE.total_seconds() // 60)
    context = {
        "code": operations.code_of(row),
        "about": codes.pretty(row.subject) if codes.is_code(row.subject) else row.subject,
        "minutes": minutes,
        "expires_at": row.expires_at,
    }
    return render("code", to=[row.email], language=row.language, context=context)


def password_reset(*, user_id: int) -> Mail | None:
    """A way to a new password; nothing for somebody who no longer works here."""
    user = User.objects.active().filter(pk=user_id).first()
    if user is None:
        return None
    keys = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    path = reverse("account_reset_password_from_key", kwargs=keys)
    context = {"user": user, "url": f"{settings.SITE_URL}{path}"}
    return render("password_reset", to=[user.email], language=user.language, context=context)
