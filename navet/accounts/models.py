"""People who work here, the devices at the desk, and the proof that a booker reads a mailbox."""

from typing import Any

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from navet.accounts.roles import Role, capabilities_of


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(
            email, password, roles=[Role.ADMINISTRATOR], is_staff=True, is_superuser=True, **fields
        )


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def with_role(self, role: str) -> "UserQuerySet":
        return self.filter(roles__contains=[role])


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who works at Navet. Bookers have no account."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices),
        verbose_name=_("roles"),
        default=list,
        blank=True,
    )
    language = models.CharField(
        _("language"), max_length=2, choices=[("sv", "Svenska"), ("en", "English")], default="sv"
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("staff user")
        verbose_name_plural = _("staff users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_email_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def has_capability(self, name: str) -> bool:
        """Whether one of the user's roles may do this; see `roles.CAPABILITIES`."""
        return self.is_active and name in capabilities_of(self.roles)


class EmailCode(models.Model):
    """A one-time code sent to an address; the code itself is never stored, only its keyed hash."""

    email = models.EmailField()
    purpose = models.CharField(max_length=40)
    subject = models.CharField(
        max_length=40, blank=True, help_text="What it confirms, a booking code for instance."
    )
    code_hash = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")),
                name="email_code_expires_after_it_was_made",
            ),
        ]
        indexes = [models.Index(fields=["email", "purpose", "-created_at"], name="email_code_newest_first")]


class DeviceToken(AbstractAuthToken):
    """The key of one desk device: hashed, dated, revocable, and of exactly one role."""

    name = models.CharField(_("device"), max_length=80)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.DESK)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="devices_revoked"
    )

    class Meta:
        verbose_name = _("desk device")
        verbose_name_plural = _("desk devices")
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_revoked_device_says_by_whom",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def has_capability(self, name: str) -> bool:
        return self.revoked_at is None and name in capabilities_of([self.role])
