"""Access of a mentor to named parts of a mentee's file, for a term (R-224)."""

import datetime as dt

from django.db import transaction

from mentoring.core import grammar
from mentoring.core.access import Verdict, allow_if
from mentoring.core.errors import RuleError
from people.models import (
    DataGrant,
    Membership,
    MenteeNeed,
    MentorProfile,
    Person,
    RestrictedRead,
    SurveyResponse,
)
from people.models.banks import BankState, NeedSource
from people.models.surveys import Survey
from people.permissions import CURATORS, has_any
from people.questionnaires.answers import shown_value
from people.services import catalogues, journal
from people.services.answers import answers_of, values_of
from people.services.questionnaires import content_of
from people.services.reading_log import log_read

Part, State = DataGrant.Part, DataGrant.State
LOGGED = {
    Part.CARD: RestrictedRead.What.GRANT_CARD,
    Part.NEEDS: RestrictedRead.What.GRANT_NEEDS,
    Part.ANSWERS: RestrictedRead.What.GRANT_ANSWERS,
    Part.TRAINING: RestrictedRead.What.GRANT_TRAINING,
}


def can_ask(membership: Membership) -> Verdict:
    """A mentor of the bank: approved or working."""
    cards = MentorProfile.objects.of(membership.organization).filter(person=membership.person_id)
    working = cards.filter(state__in=(BankState.APPROVED, BankState.ACTIVE)).exists()
    return allow_if(working, "Материалы личного дела запрашивает утверждённый наставник.")


def can_decide(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Доступ открывает куратор.")


@transaction.atomic
def ask(mentee: Person, *, parts: list[str], reason: str, on: dt.date, by: Membership) -> DataGrant:
    can_ask(by).require()
    if not parts:
        raise RuleError("Отметьте, что нужно.", "parts")
    grant = DataGrant(
        organization=mentee.organization, mentee=mentee, mentor=by.person, parts=sorted(parts),
        reason=reason, asked_on=on,
    )  # fmt: skip
    grant.full_clean()
    grant.save()
    journal.record(by, "grant.asked", grant)
    return grant


@transaction.atomic
def decide(
    grant: DataGrant, *, granted: bool, until: dt.date | None, on: dt.date, by: Membership
) -> DataGrant:
    """Open for a term or refuse; an open one may be ended the same way (refused)."""
    can_decide(by).require()
    if granted:
        require_mentee(grant.mentee, on)
    if granted and (until is None or until < on):
        raise RuleError("Укажите день, до которого открыт доступ.", "until")
    was_open = grant.state == State.GRANTED
    grant.state = State.GRANTED if granted else (State.ENDED if was_open else State.REFUSED)
    grant.until, grant.decided_by, grant.decided_on = until if granted else None, by, on
    grant.full_clean()
    grant.save()
    journal.record(by, f"grant.{grant.state}", grant)
    return grant


def require_mentee(person: Person, on: dt.date) -> None:
    """Only about somebody who stands in the bank with a valid consent (R-316)."""
    card = getattr(person, "mentee_profile", None)
    if card is None or card.state == BankState.LEFT:
        raise RuleError(
            "Этого человека нет в банке наставляемых. Внесите его или откажите.", "granted"
        )
    if not consenting(person, on):
        raise RuleError(
            "Нет действующего согласия на обработку данных: открыть сведения нельзя.", "granted"
        )


def consenting(person: Person, on: dt.date) -> bool:
    return Person.objects.with_consent(on=on).filter(pk=person.pk).exists()


@transaction.atomic
def read(
    grant: DataGrant, *, on: dt.date, by: Membership
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The granted parts: (heading, pairs); each part read is logged and seen by the mentee."""
    may_open = grant.mentor_id == by.person_id and grant.open_on(on) and can_ask(by)
    if not may_open or not consenting(grant.mentee, on):
        raise RuleError("Доступ закрыт. Попросите куратора открыть его снова.")
    found = []
    for part in grant.parts:
        found.append((Part(part).label.capitalize(), PARTS[part](grant.mentee, on)))
        log_read(grant.mentee, LOGGED[part], by=by, object_id=grant.pk)
    return found


def card_part(person: Person, on: dt.date) -> list[tuple[str, str]]:
    """Post and service; no birth year, no contacts: little is enough."""
    return [
        ("Должность", person.job_title),
        ("Предмет или группа", person.subject),
        ("Стаж в организации", years(person.experience_here_on(on))),
    ]


def needs_part(person: Person, on: dt.date) -> list[tuple[str, str]]:
    titles = catalogues.titles(person.organization, "difficulty")
    directions = catalogues.titles(person.organization, "direction")
    return [
        (directions.get(need.direction, need.direction), titles.get(need.difficulty) or need.text)
        for need in MenteeNeed.objects.filter(profile__person=person).exclude(
            source=NeedSource.THIRD_PARTY
        )
    ]


def answers_part(person: Person, on: dt.date) -> list[tuple[str, str]]:
    """Answers of the initial questionnaire marked «для пары»; hidden ones stay with the curator."""
    response = (
        SurveyResponse.objects.filter(
            person=person, submitted_at__isnull=False, survey__privacy=Survey.Privacy.NAMED,
            survey__version__questionnaire__stage="initial",
        )
        .select_related("survey__version__organization")
        .order_by("-submitted_at")
        .first()
    )  # fmt: skip
    if response is None:
        return []
    values = values_of(answers_of(response))
    questions = content_of(response.survey.version).questions
    return [
        (one.text, shown_value(one, values.get(one.code)))
        for one in questions
        if one.for_pair and one.code in values
    ]


def training_part(person: Person, on: dt.date) -> list[tuple[str, str]]:
    day = f" с {person.category_date:%d.%m.%Y}" if person.category_date else ""
    return [
        ("Категория", f"{person.category}{day}" if person.category else "нет"),
        ("Педагогический стаж", years(person.teaching_experience_on(on))),
    ]


def years(number: int | None) -> str:
    """ "" when the card does not know."""
    if number is None:
        return ""
    return grammar.count(number, "год") if number > 0 else "меньше года"


PARTS = {
    Part.CARD: card_part, Part.NEEDS: needs_part, Part.ANSWERS: answers_part, Part.TRAINING: training_part,
}  # fmt: skip
