"""The schools of the storm: people with logins, colleagues with addresses, a questionnaire with links."""

from django.utils import timezone

from people.models import Organization, SignatureJoining
from people.models.accounts import Role
from people.services import answers, questionnaires, surveys
from people.services.consent_texts import install
from people.services.questionnaires import content_of
from tests.chaos.office import Curator, Head
from tests.chaos.person import Person, World
from tests.chaos.teachers import Answering, Consenting
from tests.factories import (  # fmt: skip
    LONG_AGO,
    make_curator,
    make_head,
    make_member,
    make_organization,
    make_person,
)
from tests.people.makers_surveys import full_answers, make_survey

COLLEAGUES, LINKS, SIGNERS = 10, 3, 2


def people_of(world: World, schools: int) -> list[Person]:
    """Clients of so many schools: a curator, a head with two devices, teachers."""
    found: list[Person] = []
    for index in range(schools):
        found += school_of(world, f"school-{index + 1}", first=100 * index)
    return found


def school_of(world: World, slug: str, *, first: int) -> list[Person]:
    school = make_organization(
        slug=slug, simple_signature_allowed=True, simple_signature_basis="Приказ № 1"
    )
    curator, head = make_curator(school), make_head(school)
    install(school, on=LONG_AGO)
    signers = [make_member(school, Role.STAFF, last_name="Лисова") for _ in range(SIGNERS)]
    for each in signers:
        SignatureJoining.objects.create(organization=school, person=each.person, signed_on=LONG_AGO, received_by=curator)  # fmt: skip
    for number in range(COLLEAGUES):
        make_person(school, email=f"colleague{number}@{slug}.example")
    asked = [curator.person_id, *(each.person_id for each in signers)]
    return [
        Curator(world, first, slug, curator.user.email, asked),
        *(Head(world, first + 1 + device, slug, head.user.email) for device in range(2)),
        *(Consenting(world, first + 10 + n, slug, each.user.email) for n, each in enumerate(signers)),
        *(Answering(world, first + 20 + n, slug, token) for n, token in enumerate(links(school, curator))),
    ]  # fmt: skip


def links(school: Organization, curator) -> list[str]:
    """Personal links to a questionnaire that is filled in already, so that it may be sent at any time."""
    questionnaires.install(school)
    people = [make_person(school, last_name="Ветров") for _ in range(LINKS)]
    survey = make_survey(curator, people, code="mentee_initial")
    content = content_of(survey.version)
    for row in surveys.with_survey(survey.participants.all()):
        for code, value in full_answers(survey).items():
            answers.save_answer(row, content.question(code), value)
    return list(surveys.issue_links(survey.participants.all(), on=timezone.localdate(), by=curator).values())  # fmt: skip
