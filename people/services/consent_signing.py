"""How a consent is signed: in the portal by the person, on paper or by a .sig file through the curator."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction

from mentoring.core.access import ALLOWED, Verdict, deny
from mentoring.core.errors import RuleError
from people.models import Consent, Membership, Person, SignatureJoining
from people.permissions import can_edit_consents
from people.services import consents, files, journal, tries
from people.services.accounts import token_hash

Method = Consent.Method
TRIES, LETTERS, TRY_SECONDS, CODE_SECONDS = 5, 10, 15 * 60, 10 * 60
NO_ACT = "Простая подпись в организации не введена: согласие подписывают на бумаге."
NO_JOINING = (
    "Чтобы подписывать в портале, нужно один раз подписать на бумаге заявление о присоединении к "
    "правилам простой подписи. Спросите куратора."
)


def can_sign_in_portal(person: Person, kind: str, *, on: dt.date) -> Verdict:
    """Local act and the person's own statement on paper come first (63-ФЗ, ст. 6 ч. 2, ст. 9 ч. 2)."""
    if kind in consents.PAPER_ONLY:
        return deny("Это согласие подписывают только на бумаге или файлом электронной подписи.")
    organization = person.organization
    if not (organization.simple_signature_allowed and organization.simple_signature_basis):
        return deny(NO_ACT)
    joining = SignatureJoining.objects.of(organization).filter(person=person).first()
    return ALLOWED if joining and joining.active_on(on) else deny(NO_JOINING)


def sign_own(
    consent: Consent,
    *,
    by: Membership,
    on: dt.date,
    password: str = "",
    code: str = "",
    choices: Iterable[dict] = (),
) -> Consent:
    """Give one's own consent with the password, or with a code sent for this very text."""
    require_own(consent, by)
    if not (verdict := can_sign_in_portal(consent.person, consent.kind, on=on)):
        raise RuleError(verdict.reason)
    check_proof(consent, by, password=password, code=code)
    return consents.give(consent, on=on, method=Method.PORTAL, by=by, choices=choices)


def require_own(consent: Consent, by: Membership) -> None:
    if consent.person_id != by.person_id:
        raise RuleError("Согласие за другого человека подписать нельзя.")


def check_proof(consent: Consent, by: Membership, *, password: str, code: str) -> None:
    """Counted outside the transaction of the consent, so that a refusal is remembered."""
    count_try(by)
    if code:
        if not secrets.compare_digest(
            cache.get(code_key(consent, by), ""), token_hash(code.strip())
        ):
            raise RuleError("Код не подходит или устарел. Запросите новый.", "code")
    elif not by.user.check_password(password):
        raise RuleError("Пароль не подходит. Попробуйте ещё раз.", "password")
    cache.delete(code_key(consent, by))
    tries.clear(tries_key("proof", by))


def count_try(by: Membership) -> None:
    if not tries.take(tries_key("proof", by), limit=TRIES, seconds=TRY_SECONDS):
        raise RuleError("Слишком много попыток. Подождите 15 минут и попробуйте снова.", "password")


def tries_key(what: str, by: Membership) -> str:
    """Of the account, not of the consent: ten consents that wait are no ten times five tries."""
    return tries.key_of("consent", what, str(by.user_id))


def code_key(consent: Consent, by: Membership) -> str:
    return f"consent-code-{consent.pk}-{by.user_id}"


def send_code(consent: Consent, *, by: Membership) -> None:
    """A six-digit code for this one text to the person's own address; ten minutes, once."""
    require_own(consent, by)
    address = by.user.email
    if not address:
        raise RuleError("У вас не указана почта. Подпишите паролем.", "code")
    if not tries.take(tries_key("letter", by), limit=LETTERS, seconds=TRY_SECONDS):
        raise RuleError("Коды уже отправлены. Проверьте почту и папку «Спам» или подпишите паролем.", "code")  # fmt: skip
    code = f"{secrets.randbelow(10**6):06d}"
    cache.set(code_key(consent, by), token_hash(code), CODE_SECONDS)
    text = f"Код для подписи «{consent.text.title}»: {code}\n\nОн действует 10 минут. Если вы ничего не подписываете, никому его не сообщайте."
    try:
        send_mail(f"Код {code} для подписи согласия", text, settings.DEFAULT_FROM_EMAIL, [address])
    except OSError as error:
        raise RuleError("Почта сейчас не работает. Подпишите паролем.", "code") from error


@transaction.atomic
def record_paper(
    rows: Iterable[Consent], *, outcome: str, on: dt.date, saw_original: Membership, by: Membership
) -> int:
    """Mark many papers received: «дано», «отказ» or «отозвано» on that day; all or none."""
    can_edit_consents(by).require()
    number = 0
    for consent in rows:
        try:
            record_one(consent, outcome=outcome, on=on, saw_original=saw_original, by=by)
        except RuleError as error:
            raise RuleError(f"{consent.person.short_name}: {error.message}", error.field) from error
        number += 1
    if not number:
        raise RuleError("Отметьте хотя бы одно согласие.")
    return number


def record_one(consent: Consent, *, outcome: str, on: dt.date, saw_original, by) -> None:
    if outcome == Consent.State.GIVEN:
        consents.give(consent, on=on, method=Method.PAPER, by=by, saw_original=saw_original)
    elif outcome == Consent.State.REFUSED:
        consents.refuse(consent, on=on, by=by, method=Method.PAPER)
    else:
        consents.withdraw(consent, on=on, by=by, method=Method.PAPER)


@transaction.atomic
def record_one_paper(
    consent: Consent,
    *,
    by: Membership,
    on: dt.date,
    saw_original: Membership,
    scan=None,
    choices=(),
) -> Consent:
    """One paper with its scan and, for a dissemination, what the person ticked on the sheet."""
    can_edit_consents(by).require()
    proof = {"saw_original": saw_original}
    if scan:
        proof["scan"] = files.store_scan(scan, by=by, purpose="consent", owner_id=consent.pk)
    return consents.give(consent, on=on, method=Method.PAPER, by=by, choices=choices, **proof)


@transaction.atomic
def record_sig(consent: Consent, *, by: Membership, on: dt.date, signature, choices=()) -> Consent:
    """A consent signed by a detached electronic signature (УКЭП or УНЭП)."""
    can_edit_consents(by).require()
    stored = files.store_signature(
        signature, by=by, purpose="consent", owner_id=consent.pk, name=f"{consent.kind}.sig"
    )
    return consents.give(
        consent, on=on, method=Method.SIG, by=by, choices=choices, signature=stored
    )


@transaction.atomic
def record_joining(people: Iterable[Person], *, on: dt.date, by: Membership) -> int:
    """Statements of joining the rules of the simple signature, received on paper."""
    can_edit_consents(by).require()
    number = 0
    for person in people:
        joining, created = SignatureJoining.objects.get_or_create(
            person=person,
            defaults={"organization": by.organization, "signed_on": on, "received_by": by},
        )
        if not created and joining.ended_on:
            joining.signed_on, joining.ended_on, joining.received_by = on, None, by
            joining.save(update_fields=["signed_on", "ended_on", "received_by"])
        journal.record(by, "joining.recorded", joining)
        number += 1
    return number


@transaction.atomic
def end_joining(joining: SignatureJoining, *, on: dt.date, by: Membership) -> None:
    can_edit_consents(by).require()
    joining.ended_on = on
    joining.save(update_fields=["ended_on"])
    journal.record(by, "joining.ended", joining)
