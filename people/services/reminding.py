"""What the people floor reminds of: questionnaires, consents, cards to review."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from mentoring.core import grammar
from people.models import (
    Consent,
    MenteeProfile,
    Organization,
    Person,
    RoleGrant,
    Survey,
    SurveyParticipant,
)
from people.models.banks import BankState
from people.permissions import CURATORS
from people.reminders import week
from people.services.notices import Message
from people.services.pupils import FULL_AGE, OWN_CONSENT_AGE

ASK_AGAIN_AFTER = dt.timedelta(days=3)
EXPIRES_WITHIN = dt.timedelta(days=30)
REVIEW_EVERY = dt.timedelta(days=365)


def unanswered(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Open questionnaires without an answer, once a week (R-302, R-311)."""
    waiting = SurveyParticipant.objects.of(organization).filter(
        Q(survey__closes_on=None) | Q(survey__closes_on__gte=day),
        survey__state=Survey.State.OPEN,
        survey__opens_on__lte=day - ASK_AGAIN_AFTER,
        answered=False,
        revoked=False,
    )
    url = reverse("my_surveys", args=[organization.slug])
    for row in waiting.select_related("survey", "person"):
        until = row.survey.closes_on
        yield Message(
            person=row.person,
            event="survey.remind",
            key=f"survey-{row.survey_id}-{week(day)}",
            title=f"Анкета ждёт ответа: {row.survey.title}",
            text=f"Ответить можно до {until:%d.%m.%Y}."
            if until
            else "Это займёт около пяти минут.",
            url=url,
        )


def unsigned(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Consents asked and neither given nor refused, once a week."""
    asked = Consent.objects.of(organization).filter(
        state=Consent.State.ASKED, asked_on__lte=day - ASK_AGAIN_AFTER, representative=None
    )
    url = reverse("my_consents", args=[organization.slug])
    for row in asked.select_related("person"):
        yield Message(
            person=row.person,
            event="consent.remind",
            key=f"consent-{row.pk}-{week(day)}",
            title=f"Согласие {row.get_kind_display()} ждёт вашего решения",
            text="Согласие можно дать, а можно отказаться. Оба ответа завершают запрос.",
            url=url,
        )


def expiring(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Consents that end within 30 days: once to the person, once to each curator."""
    ending = Consent.objects.of(organization).filter(
        state=Consent.State.GIVEN, valid_until__range=(day, day + EXPIRES_WITHIN)
    )
    curators = curators_on(organization, day)
    for row in ending.select_related("person"):
        for person in {row.person, *curators}:
            own = person == row.person
            yield Message(
                person=person,
                event="consent.expiring",
                key=f"consent-ends-{row.pk}",
                title=f"Согласие {row.get_kind_display()} заканчивается {row.valid_until:%d.%m.%Y}"
                if own
                else f"{row.person.short_name}: согласие заканчивается {row.valid_until:%d.%m.%Y}",
                text="Куратор предложит новое."
                if own
                else "Запросите новое на странице согласий человека.",
                url=reverse(
                    "my_consents" if own else "person_consents",
                    args=[organization.slug] if own else [organization.slug, row.person_id],
                ),
            )


def stale_cards(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Cards of mentees not reviewed for a year: one line a month to each curator (R-211)."""
    since = day - REVIEW_EVERY
    cards = MenteeProfile.objects.of(organization).exclude(state=BankState.LEFT)
    number = cards.filter(
        Q(reviewed_on__lt=since) | Q(reviewed_on=None, entered_on__lt=since)
    ).count()
    if not number:
        return
    for person in curators_on(organization, day):
        yield Message(
            person=person,
            event="bank.review",
            key=f"review-{day:%Y-%m}",
            title=f"Проверьте сведения о наставляемых: {grammar.count(number, 'карточка')}",
            text="Сведения актуализируют не реже раза в год.",
            url=reverse("mentees", args=[organization.slug]) + "?review=1",
        )


def grown_up(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Pupils who became 14 or 18 and whose consents do not hold any more: once to each curator (R-307)."""
    if not organization.works_with_pupils:
        return
    pupils = Person.objects.of(organization).active_on(day).filter(kind=Person.Kind.PUPIL)
    consenting = Person.objects.of(organization).with_consent(on=day).values("pk")
    curators = curators_on(organization, day)
    for pupil in pupils.exclude(pk__in=consenting).select_related("pupil"):
        age = pupil.pupil.age_on(day)
        if age < OWN_CONSENT_AGE:
            continue
        adult = age >= FULL_AGE
        for person in curators:
            yield Message(
                person=person,
                event="consent.age",
                key=f"age-{pupil.pk}-{FULL_AGE if adult else OWN_CONSENT_AGE}",
                title=f"{pupil.short_name}: исполнилось {FULL_AGE if adult else OWN_CONSENT_AGE}",
                text="Нужно новое согласие самого обучающегося."
                if adult
                else "Теперь нужны два согласия: законного представителя и самого обучающегося.",
                url=reverse("person_consents", args=[organization.slug, pupil.pk]),
            )


def curators_on(organization: Organization, day: dt.date) -> list[Person]:
    return members_with(organization, CURATORS, day)


def members_with(organization: Organization, roles: frozenset, day: dt.date) -> list[Person]:
    """People with one of the roles on that day; one query."""
    grants = RoleGrant.objects.of(organization).active_on(day).filter(role__in=roles)
    return list(Person.objects.of(organization).filter(membership__in=grants.values("membership")))
