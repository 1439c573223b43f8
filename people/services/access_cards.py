"""Access cards: signing in without e-mail, by a printed one-time link that sets a password."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model, password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Invitation, Membership, Organization, Person
from people.permissions import can_invite
from people.services import accounts, journal

CARD = Invitation.Kind.CARD


def sign_in_name(membership: Membership) -> str:
    """What is typed at sign-in: the account's own name, else «<school>-<number>»."""
    if membership.user_id:
        return membership.user.get_username()
    return f"{membership.organization.slug}-{membership.number}" if membership.number else ""


@transaction.atomic
def issue_cards(members: Iterable[Membership], *, by: Membership) -> dict[int, str]:
    """New cards by membership id; every older card or link of these people dies. Only hashes are kept.

    A card also helps who has an account without an address and forgot the password.
    """
    can_invite(by).require()
    members = list(members)
    for member in members:
        refuse_pupil(member, by.organization)
    give_numbers(by.organization, [one for one in members if not one.number])
    Invitation.objects.of(by.organization).filter(membership__in=members, used_at=None).delete()
    tokens = {}
    for member in members:
        if not member.user_id:
            accounts.ensure_role(member, by)
        tokens[member.pk] = secrets.token_urlsafe(18)
        Invitation.objects.create(
            organization=by.organization, membership=member, kind=CARD,
            token_hash=accounts.token_hash(tokens[member.pk]),
            expires_at=timezone.now() + dt.timedelta(days=settings.ACCESS_CARD_DAYS),
        )  # fmt: skip
        journal.record(by, "card.issued", member)
    return tokens


def refuse_pupil(member: Membership, organization: Organization) -> None:
    if member.person.kind == Person.Kind.PUPIL and not organization.pupils_have_accounts:
        raise RuleError(
            f"{member.person.short_name}: обучающиеся в портал не входят. Это решает школа на странице «Организация»."
        )


def give_numbers(organization: Organization, members: list[Membership]) -> None:
    """The next numbers of the school, under a lock on the school."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    rows = Membership.objects.of(organization)
    last = rows.aggregate(last=Max("number"))["last"] or 100
    for number, member in enumerate(members, start=last + 1):
        member.number = number
    Membership.objects.bulk_update(members, ["number"])


@transaction.atomic
def accept_card(invitation: Invitation, *, password: str):
    """Set the password; the account is made if there is none. The card works once."""
    accounts.claim(invitation)
    member = Membership.objects.select_related("organization", "person", "user").get(
        pk=invitation.membership_id
    )
    user = member.user or get_user_model()(username=sign_in_name(member))
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise RuleError(" ".join(error.messages), "password") from error
    user.set_password(password)
    user.save()
    if member.user_id is None:
        accounts.join(member, user)
    else:
        journal.record(member, "card.used", member)
    return user
