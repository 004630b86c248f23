"""People who work here, the devices at the desk, and the proof that a booker reads a mailbox."""

import datetime as dt
import uuid
from typing import Any

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from navet.accounts.roles import STAFF_CHOICES, Role, capabilities_of


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, roles=[Role.ADMINISTRATOR], is_superuser=True, **fields)


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def with_role(self, role: str) -> "UserQuerySet":
        return self.filter(roles__contains=[role])


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # knox has no types
    """Somebody who works at Navet. Bookers have no account."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    roles = ArrayField(
        models.CharField(max_length=20, choices=STAFF_CHOICES),
        verbose_name=_("roles"),
        default=list,
        blank=True,
    )
    language = models.CharField(
        _("language"), max_length=2, choices=[("sv", "Svenska"), ("en", "English")], default="sv"
    )
    is_active = models.BooleanField(_("active"), default=True)
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

    @property
    def is_staff(self) -> bool:
        """What Django's administration asks before it opens."""
        return self.is_active and (self.is_superuser or self.has_capability("admin.access"))

    def has_capability(self, name: str) -> bool:
        """Whether one of the user's roles may do this; see `roles.CAPABILITIES`."""
        return self.is_active and name in capabilities_of(self.roles)


class EmailCode(models.Model):
    """A one-time code sent to an address. The code is not here: it is made of the nonce and the server's secret key."""

    email = models.EmailField()
    purpose = models.CharField(max_length=40)
    subject = models.CharField(
        max_length=40, blank=True, help_text="What it confirms, a booking code for instance."
    )
    nonce = models.CharField(max_length=32)
    language = models.CharField(max_length=2, default="sv")
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
        indexes = [
            # How many lately, and which is the newest?
            models.Index(fields=["email", "-created_at"], name="codes_of_address_newest_first"),
            models.Index(fields=["expires_at"], name="codes_oldest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.created_at:%Y-%m-%d %H:%M}"


class DeviceToken(AbstractAuthToken):
    """The key of one desk device: hashed, dated, revocable, and of exactly one role."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="auth_token_set", verbose_name=_("enrolled by")
    )
    name = models.CharField(_("device"), max_length=80)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.DESK)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User,
        verbose_name=_("revoked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="devices_revoked",
    )

    class Meta:
        verbose_name = _("desk device")
        verbose_name_plural = _("desk devices")
        constraints = [
            models.UniqueConstraint(
                Lower("name"), condition=Q(revoked_at=None), name="one_live_device_per_name"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_revoked_device_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_live(self, at: dt.datetime) -> bool:
        """Neither revoked nor past its day."""
        return self.revoked_at is None and (self.expiry is None or self.expiry > at)

    def has_capability(self, name: str) -> bool:
        return self.revoked_at is None and name in capabilities_of([self.role])
