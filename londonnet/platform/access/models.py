"""Who may sign in, and in which roles."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserAccounts(BaseUserManager["User"]):
    """Finds users by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with that e-mail address."""
        return self.get(email__iexact=username)

    def create_user(self, *, email: str, name: str, password: str | None = None, **others: Any) -> "User":
        """Make a user; without a password they set one through a one-time link."""
        user = self.model(email=self.normalize_email(email), name=name, **others)
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
