"""Demo people in the programme: staff list, questionnaires, consents in every state, banks, events.

Every step is a service call by the person who would make it; answers are drawn by the seed.
"""

import datetime as dt
import random

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring.portal.demo.answers import draw_answers
from mentoring.portal.demo.people import DemoSchool
from people.models import Consent, MenteeProfile, MentorProfile, Person, Questionnaire, Survey
from people.models.banks import BankState
from people.services import (
    answers,
    banks,
    consent_signing,
    consent_texts,
    consents,
    notes,
    public_addresses,
    questionnaires,
    staff_uploads,
    staff_writing,
    surveys,
)
from people.services.questionnaires import content_of

STAFF = settings.BASE_DIR / "fixtures/demo/staff"
EXPERIENCED, YOUNG, LEAST_MENTEES = 8, 3, 11
ENOUGH = 5  # approved mentors, so that one may be away
LONG_AGO = dt.timedelta(days=400)


class DemoParticipants:
    """Fills one school after its papers; `day` is the day of the demo."""

    def __init__(self, school: DemoSchool, seed: int):
        self.school, self.day = school, school.day
        self.organization = school.organization
        self.curator, self.head = school.member("curator"), school.member("head")
        self.random = random.Random(f"people-{seed}-{self.organization.slug}")

    def ago(self, days: int) -> dt.date:
        return self.day - dt.timedelta(days=days)

    def build(self) -> None:
        self.import_staff()
        self.choose_people()
        self.needs_survey()
        self.introduce_signature()
        self.ask_consents()
        self.initial_surveys()
        self.approve()
        self.record_more()

    def import_staff(self) -> None:
        """The list comes in as a school would bring it."""
        content = (STAFF / f"{self.organization.slug}.csv").read_bytes()
        upload = SimpleUploadedFile("сотрудники.csv", content)
        batch = staff_uploads.upload(by=self.curator, upload=upload)
        staff_writing.run(batch, by=self.curator, only_valid=False)

    def choose_people(self) -> None:
        """Experienced teachers become mentors, the young and the new mentees."""
        staff = Person.objects.of(self.organization).active_on(self.day)
        staff = staff.filter(kind=Person.Kind.EMPLOYED).exclude(membership=self.head)
        taught = {person: person.teaching_experience_on(self.day) or 0 for person in staff}
        self.staff = list(taught)
        size = max(LEAST_MENTEES, len(self.staff) // 5)
        able = [one for one in self.staff if taught[one] >= EXPERIENCED]
        self.mentors = sorted(able, key=lambda one: (not one.category, one.full_name))[
            : size // 2 + 1
        ]
        free = [one for one in self.staff if one not in self.mentors and one != self.curator.person]
        self.mentees = sorted(free, key=lambda one: (taught[one] >= YOUNG, one.full_name))[:size]
        guests = Person.objects.of(self.organization).filter(kind=Person.Kind.EXTERNAL)
        self.mentors += list(guests.exclude(membership=self.curator)[:1])

    def run(self, code: str, people: list[Person], **values) -> Survey:
        questionnaires.install(self.organization)
        form = Questionnaire.objects.of(self.organization).get(code=code)
        values = {"title": form.title, "privacy": "named", "closes_on": None, **values}
        survey = surveys.create(form, people=people, by=self.curator, **values)
        return surveys.open_survey(survey, on=self.day, by=self.curator)

    def answer(
        self, survey: Survey, people: list[Person], *, on: dt.date | None = None, **look
    ) -> None:
        content = content_of(survey.version)
        for participant in surveys.with_survey(survey.participants.filter(person__in=people)):
            values = draw_answers(content, participant.person, self.random, self.day, **look)
            if survey.privacy == Survey.Privacy.ANONYMOUS:
                answers.send_anonymous(participant, values)
                continue
            for question in content.questions:
                answers.save_answer(participant, question, values.get(question.code))
            answers.submit(participant, on=on or self.day)

    def needs_survey(self) -> None:
        """Anonymous and closed: there is a summary and no names."""
        survey = self.run(
            "needs_survey", self.staff, privacy="anonymous", opens_on=self.ago(70), closes_on=None
        )
        self.answer(survey, self.staff[: max(6, len(self.staff) * 3 // 4)])
        surveys.close_survey(survey, by=self.curator)

    def introduce_signature(self) -> None:
        """Two schools sign in the portal (one issued its act here), the others on paper; all have a page to show data on."""
        consent_texts.install(self.organization, on=self.ago(500))
        site = self.organization.site
        self.address = public_addresses.add_address(
            by=self.curator,
            url=f"{site}/nastavnichestvo",
            title="Сайт организации, раздел «Наставничество»",
        )
        self.organization.refresh_from_db()
        if self.organization.slug == "school-21":
            self.organization.simple_signature_allowed = True
            self.organization.simple_signature_basis = f"приказ от {self.ago(60):%d.%m.%Y} № 12"
            self.organization.save()
        if self.organization.simple_signature_allowed:
            consent_signing.record_joining(self.staff, on=self.ago(55), by=self.curator)

    def give(self, people, kind: str, *, asked: int, given: int) -> list[Consent]:
        rows = consents.ask(people, kind, on=self.ago(asked), by=self.curator)
        choices = self.choices() if kind == "dissemination" else ()
        return [
            consents.give(
                row, on=self.ago(given), method="paper", by=self.curator,
                saw_original=self.curator, choices=choices,
            )
            for row in rows
        ]  # fmt: skip

    def choices(self) -> list[dict]:
        allowed = {"name", "post", "practice", "results"}
        items = ("name", "post", "category", "photo", "video", "practice", "results", "contact")
        return [
            {"item": item, "address": self.address, "allowed": item in allowed, "condition": ""}
            for item in items
        ]

    def ask_consents(self) -> None:
        """Every state occurs: asked, given, refused, withdrawn, expired."""
        teacher = self.school.people["teacher"]
        people = [one for one in [*self.mentors, *self.mentees] if one != teacher]
        late, refusing, leaving = people[-1:], people[-2:-1], people[-3:-2]
        self.give(
            [one for one in people if one not in [*late, *refusing]], "data", asked=40, given=35
        )
        consents.ask([*late, teacher], "data", on=self.ago(6), by=self.curator)
        for row in consents.ask(refusing, "data", on=self.ago(40), by=self.curator):
            consents.refuse(row, on=self.ago(30), by=self.curator, method="paper")
        for row in Consent.objects.filter(person__in=leaving, state="given"):
            consents.withdraw(row, on=self.ago(4), by=self.curator, method="paper")
        self.give(self.mentors[:3], "dissemination", asked=30, given=25)
        self.give(self.mentors[3:4], "dissemination", asked=400, given=400)
        consents.expire_due(self.organization, on=self.day)
        consents.ask([teacher], "dissemination", on=self.ago(3), by=self.curator)

    def initial_surveys(self) -> None:
        """Answers make the cards; the demo's teacher still has a questionnaire to fill in."""
        teacher = self.school.people["teacher"]
        mentors = self.run("mentor_initial", self.mentors, opens_on=self.ago(20))
        self.answer(mentors, [one for one in self.mentors if one != teacher], on=self.ago(16))
        asked = [
            *self.mentees,
            *([teacher] if teacher not in [*self.mentees, *self.mentors] else []),
        ]
        mentees = self.run("mentee_initial", asked, opens_on=self.ago(20))
        self.answer(mentees, [one for one in self.mentees if one != teacher], on=self.ago(16))

    def approve(self) -> None:
        """The head approves most; duty consents come on paper; two stay candidates."""
        for model in (MentorProfile, MenteeProfile):
            cards = model.objects.of(self.organization).filter(state=BankState.CANDIDATE)
            cards = list(cards.with_consent(on=self.day).select_related("person", "organization"))
            banks.approve(
                cards[:-1] or cards,
                on=self.ago(11),
                by=self.head,
                reason="решение совета наставников",
            )
            self.give([card.person for card in cards[:-1]], "duty", asked=15, given=12)

    def record_more(self) -> None:
        """Needs from other sources, a note, a psychologist's case, a trained and a paused mentor."""
        mentees = list(MenteeProfile.objects.of(self.organization).with_consent(on=self.day)[:3])
        for card, (source, difficulty) in zip(mentees, SOURCES, strict=False):
            banks.add_need(
                card,
                on=self.ago(10),
                by=self.curator,
                difficulty=difficulty,
                source=source,
                weight=3,
            )
        if mentees:
            person = mentees[0].person
            notes.add_note(
                person, kind="third_party", author_role="methodist", on=self.ago(9), by=self.curator,
                text="На занятиях уверен, с родителями говорить пока трудно. Просит помочь с первым собранием.",
            )  # fmt: skip
            psychologist = self.school.member("psychologist")
            notes.open_case(person, psychologist=psychologist, on=self.ago(8), by=self.curator)
            banks.review(mentees[0], on=self.ago(1), by=self.curator)
        mentors = MentorProfile.objects.of(self.organization).filter(state=BankState.APPROVED)
        for number, card in enumerate(mentors[:4]):
            banks.update_card(
                card,
                by=self.curator,
                trained_on=self.ago(45),
                training="Школа наставников, 16 часов",
            )
            if number == 3 and len(mentors) > ENOUGH:
                banks.move(card, "pause", on=self.ago(1), by=self.curator, reason="курсы до конца месяца")  # fmt: skip


SOURCES = [("personal_file", "documents"), ("attestation", "attestation"), ("methodical_work", "lesson_methods")]  # fmt: skip
