"""Accounts: a membership joins a user to a person of a school; roles are granted for a time."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mentoring.core.tenancy import OwnedModel, OwnedQuerySet


class Role(models.TextChoices):
    HEAD = "head", "руководитель"
    ACTING_HEAD = "acting_head", "исполняющий обязанности руководителя"
    CURATOR = "curator", "куратор"
    COORDINATOR = "coordinator", "координатор"
    PSYCHOLOGIST = "psychologist", "педагог-психолог"
    COUNCIL = "mentor_council", "член совета наставников"
    ADMIN = "portal_admin", "администратор портала"
    STAFF = "staff", "сотрудник"
    OBSERVER = "observer", "наблюдатель"


class Membership(OwnedModel):
    """Belonging of a person to a school; `user` is empty until the invitation is accepted."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="membership")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="memberships"
    )
    number = models.PositiveIntegerField(
        "номер для входа",
        null=True,
        blank=True,
        help_text="Вход без почты: «<адрес школы>-<номер>».",
    )

    class Meta:
        verbose_name = "учётная запись"
        verbose_name_plural = "учётные записи"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "user"],
                name="membership_one_user_per_school",
                violation_error_message="Этот вход уже связан с другим человеком школы.",
            ),
            models.UniqueConstraint(
                fields=["organization", "number"],
                name="membership_number_once",
                violation_error_message="Этот номер для входа уже занят.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def roles_on(self, day: dt.date) -> frozenset[str]:
        """Role codes in force on that day (one query, or none when `grants` is prefetched)."""
        return frozenset(grant.role for grant in self.grants.all() if grant.active_on(day))


class RoleGrantQuerySet(OwnedQuerySet):
    def active_on(self, day: dt.date) -> "RoleGrantQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class RoleGrant(OwnedModel):
    """A role for a period; several at once are normal (R-210)."""

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="grants", verbose_name="учётная запись"
    )
    role = models.CharField("роль", max_length=20, choices=Role)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по", null=True, blank=True)
    basis = models.CharField("основание", max_length=200, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "роль"
        verbose_name_plural = "роли"
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["organization", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="role_period",
                violation_error_message="Роль не может закончиться раньше, чем началась.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.membership}"

    def active_on(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Invitation(OwnedModel):
    """Single-use link by which a person takes the account; only the hash of the token is kept."""

    class Kind(models.TextChoices):
        LETTER = "letter", "письмо или ссылка"
        CARD = "card", "карточка доступа"

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="invitations")
    kind = models.CharField("вид", max_length=6, choices=Kind, default=Kind.LETTER)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField("действует до")
    used_at = models.DateTimeField("использовано", null=True, blank=True)

    class Meta:
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"
