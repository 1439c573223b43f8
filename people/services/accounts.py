"""Roles and invitations."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model, password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Invitation, Membership, Person, RoleGrant
from people.models.accounts import Role
from people.permissions import HEADS, can_invite
from people.services import journal


@transaction.atomic
def grant_role(
    person: Person,
    role: str,
    *,
    on: dt.date,
    by: Membership | None,
    basis: str = "",
    until: dt.date | None = None,
) -> RoleGrant:
    """Give a role from a day; the same role already in force is not doubled.

    Called by an appointment order coming into force (R-117) and by the settings page.
    """
    membership, _ = Membership.objects.get_or_create(
        person=person, defaults={"organization": person.organization}
    )
    same = RoleGrant.objects.of(person.organization).filter(membership=membership, role=role)
    if existing := same.active_on(on).first():
        return existing
    grant = RoleGrant(
        organization=person.organization,
        membership=membership,
        role=role,
        starts_on=on,
        ends_on=until,
        basis=basis,
    )
    grant.full_clean()
    grant.save()
    journal.record(by, "role.granted", grant, organization=person.organization)
    return grant


@transaction.atomic
def set_role(
    person: Person, role: str, *, on: dt.date, by: Membership, until: dt.date | None = None
) -> RoleGrant:
    """Grant by hand from the card. Only the administrator and curator; a head is named here too."""
    can_invite(by).require()
    if role in HEADS and not person.job_title:
        raise RuleError("Сначала укажите должность в карточке: она печатается в подписи.", "role")
    return grant_role(person, role, on=on, by=by, until=until, basis="настройка")


@transaction.atomic
def end_role(grant: RoleGrant, *, on: dt.date, by: Membership) -> RoleGrant:
    can_invite(by).require()
    if grant.ends_on and grant.ends_on < on:
        raise RuleError("Роль закончится раньше этой даты. Обновите страницу.", "on")
    if on < grant.starts_on:
        raise RuleError("Дата раньше начала роли. Укажите более позднюю дату.", "on")
    if grant.role in HEADS and not _other_head(grant, on):
        raise RuleError("Школа осталась бы без руководителя. Сначала назначьте нового.", "on")
    grant.ends_on = on
    grant.full_clean()
    grant.save(update_fields=["ends_on"])
    journal.record(by, "role.ended", grant)
    return grant


def _other_head(grant: RoleGrant, on: dt.date) -> bool:
    day = on + dt.timedelta(days=1)
    heads = RoleGrant.objects.of(grant.organization).filter(role__in=HEADS).active_on(day)
    return heads.exclude(pk=grant.pk).exists()


def head_on(organization, day: dt.date) -> tuple[Person, str] | None:
    """Head of the school on that day and the role; an acting head goes before the head."""
    grants = RoleGrant.objects.of(organization).filter(role__in=HEADS).active_on(day)
    grants = sorted(
        grants.select_related("membership__person"),
        key=lambda grant: (grant.role == Role.HEAD, grant.pk),
    )
    return (grants[0].membership.person, grants[0].role) if grants else None


# The same for an address of this school and of any other: whose it is, nobody is told.
TRY_OTHERWISE = "С этим адресом создать вход нельзя. Если вход у вас есть, войдите и откройте ссылку снова, иначе укажите другой адрес."


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(membership: Membership, *, by: Membership) -> str:
    """Make a single-use link; an earlier unused one dies. Returns the token, which is not stored."""
    can_invite(by).require()
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if membership.user_id:
        message = (
            "У сотрудника уже есть вход в портал. Если пароль забыт, он меняется на странице входа."
        )
        raise RuleError(message)
    pupil = membership.person.kind == Person.Kind.PUPIL
    if pupil and not by.organization.pupils_have_accounts:
        raise RuleError(
            "Обучающиеся в портал не входят: это решает школа на странице «Организация»."
        )
    ensure_role(membership, by)
    Invitation.objects.of(by.organization).filter(membership=membership, used_at=None).delete()
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        organization=by.organization,
        membership=membership,
        token_hash=token_hash(token),
        expires_at=timezone.now() + dt.timedelta(days=settings.INVITATION_DAYS),
    )
    journal.record(by, "invitation.created", membership)
    return token


def ensure_role(membership: Membership, by: Membership) -> None:
    """Without a role the account would open nothing: a worker becomes «сотрудник»."""
    today = timezone.localdate()
    if (
        RoleGrant.objects.of(by.organization)
        .filter(membership=membership)
        .active_on(today)
        .exists()
    ):
        return
    if membership.person.kind != Person.Kind.EMPLOYED:
        raise RuleError("Сначала дайте роль: без неё вход ничего не покажет.")
    grant_role(membership.person, Role.STAFF, on=today, by=by, basis="приглашение")


def find_invitation(token: str) -> Invitation | None:
    """A usable invitation by its token, else None (used, expired, replaced, foreign, of one who has left)."""
    found = usable_invitations(timezone.now()).filter(token_hash=token_hash(token))
    return found.select_related("membership__person", "organization").first()


def usable_invitations(now: dt.datetime):
    """Neither used nor expired, and its owner has a role on that day: one who left opens no door."""
    working = RoleGrant.objects.active_on(timezone.localdate(now)).values("membership")
    free = Invitation.objects.filter(used_at=None, expires_at__gt=now)
    return free.filter(membership__in=working)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, email: str, password: str):
    """Create the account and join it to the person; the link works once."""
    claim(invitation)
    User = get_user_model()
    if (
        User.objects.filter(email__iexact=email).exists()
        or User.objects.filter(username__iexact=email).exists()
    ):
        raise RuleError(TRY_OTHERWISE, "email")
    user = User(username=email.lower(), email=email.lower())
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise RuleError(" ".join(error.messages), "password") from error
    user.set_password(password)
    user.save()
    join(invitation.membership, user)
    return user


@transaction.atomic
def join_invitation(invitation: Invitation, *, user):
    """Add the school to an account that the person already has (works in two schools)."""
    claim(invitation)
    if Membership.objects.of(invitation.organization).filter(user=user).exists():
        raise RuleError(
            "Этот вход уже связан с другим человеком школы. Выйдите и создайте отдельный."
        )
    join(invitation.membership, user)
    return user


def claim(invitation: Invitation) -> None:
    """Mark as used in one statement, so that of two at once only one goes on."""
    free = usable_invitations(timezone.now()).filter(pk=invitation.pk)
    if not free.update(used_at=timezone.now()):
        raise RuleError("Ссылка уже использована. Попросите куратора выдать новую.")


def join(membership: Membership, user) -> None:
    """Of two links of one person used at once the second finds the account made."""
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if membership.user_id:
        raise RuleError("Вход для этого человека уже создан. Войдите с его именем и паролем.")
    membership.user = user
    membership.full_clean()
    membership.save(update_fields=["user"])
    journal.record(membership, "invitation.accepted", membership)
