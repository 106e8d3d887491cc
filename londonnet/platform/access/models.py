"""Who may sign in, in which roles, from where, and what keeps guessers out."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


def normal_email(email: str) -> str:
    """An email address as it is kept and compared: no spaces around it, small letters."""
    return email.strip().lower()


class UserAccounts(BaseUserManager["User"]):
    """Finds users by email address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with that email address."""
        found = self.by_email(username or "")
        if found is None:
            raise User.DoesNotExist
        return found

    def by_email(self, email: str) -> "User | None":
        """The user with that email address, or None; one look-up in the unique index."""
        return self.annotate(lower_email=Lower("email")).filter(lower_email=normal_email(email)).first()

    def create_user(self, *, email: str, name: str, password: str | None = None, **others: Any) -> "User":
        """Make a user; without a password they set one through a one-time link."""
        user = self.model(email=normal_email(email), name=name, **others)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A member of staff of this trust who may sign in."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    staff_key = models.CharField(max_length=20, blank=True, help_text="om_key of the practitioner that this is, if any")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    narrowed_to: frozenset[str] | None = None
    """The applications that this user reaches for now, where a token acts for them; None for all. Isn't kept."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserAccounts()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="access_user_email"),
            models.UniqueConstraint(
                fields=["staff_key"], condition=~models.Q(staff_key=""), name="access_user_staff_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A role given to a user, within a scope."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=50)
    scope_kind = models.CharField(max_length=10)
    scope_code = models.CharField(max_length=20, blank=True, help_text="code of the team, PDU or region")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "role", "scope_kind", "scope_code"], name="access_grant_once"),
            models.CheckConstraint(
                condition=models.Q(scope_kind__in=["own", "trust"], scope_code="")
                | (models.Q(scope_kind__in=["team", "pdu", "region"]) & ~models.Q(scope_code="")),
                name="access_grant_scope",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.scope_kind} {self.scope_code})"


class UserSession(models.Model):
    """A session of a user, as they see it on their account page; the session itself is Django's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=60, help_text="as people call it: Firefox on Windows")
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.browser} since {self.started_at:%Y-%m-%d}"


class SignInAttempts(models.Model):
    """Wrong passwords in a row for one email address, from one known browser or from all unknown ones."""

    address = models.CharField(max_length=64, help_text="keyed hash of the email address, known or not")
    browser = models.CharField(max_length=32, blank=True, help_text="nonce of a known browser; empty for all others")
    failures = models.PositiveIntegerField()
    last_at = models.DateTimeField(db_index=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["address", "browser"], name="access_attempts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.failures} failed, locked until {self.locked_until}"


class SentForm(models.Model):
    """A form that was sent and where it led, so that the same form sent again leads there and does nothing."""

    key = models.UUIDField(primary_key=True)
    led_to = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.key} led to {self.led_to}"
