"""People, their posts and delegations; rows and constraints, no decisions."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gongkai.accounts.states import Role
from gongkai.kernel.rows import Versioned


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person with this sign-in name, whatever its case."""
        return self.get(username=(username or "").lower())


class User(Versioned, AbstractBaseUser):
    """A person with an account; never removed, only deactivated.

    ``body`` is the body whose administrator looks after the account, also while it has no post.
    """

    username = models.CharField(max_length=50, unique=True)
    full_name = models.CharField(max_length=50, db_index=True)
    email = models.EmailField(blank=True)
    body = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """The name that pages and records show."""
        return self.full_name


class Post(models.Model):
    """A role of a person at a unit from one day until another, that day not included."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.pairs())
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "until_on"], name="accounts_post_user"),
            models.Index(fields=["unit", "role", "until_on"], name="accounts_post_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Identity(models.Model):
    """Who a person is at the office's sign-on, until it is unbound.

    ``trace`` recognises the sign-on and its name for the person; neither is kept. ``live`` is
    true while the identity is bound and null after, so that one is bound to one person only.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="identities")
    trace = models.CharField(max_length=64)
    bound_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    live = models.BooleanField(null=True, default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trace", "live"], name="accounts_identity_once"),
            models.UniqueConstraint(fields=["user", "live"], name="accounts_identity_of"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.bound_at:%Y-%m-%d}"


class Delegation(models.Model):
    """A person's posts held by another from one day to another, both included."""

    giver = models.ForeignKey(User, models.PROTECT, related_name="given")
    taker = models.ForeignKey(User, models.PROTECT, related_name="taken")
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["taker", "until_on"], name="accounts_delegation_taker")]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id}"
