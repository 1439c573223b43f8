"""People of a full school: consents, questionnaires, banks, notes, pupils, events; `word` marks each text."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from people.models import CalendarDay, Consent, Membership, Person
from people.models.consents import PublicItem
from people.services import (
    answers,
    api_tokens,
    banks,
    catalogues,
    consent_signing,
    consents,
    grants,
    notes,
    notices,
    pupils,
    questionnaires,
    staff_uploads,
    surveys,
)
from people.services.notices import Message
from people.services.public_addresses import add_address
from people.services.questionnaires import content_of
from roadmap.models import Event
from roadmap.services import events
from tests.factories import make_person
from tests.people.makers_surveys import full_answers

TODAY = timezone.localdate()
LATER = TODAY + dt.timedelta(days=20)
PARENT = {"first_name": "Ирина", "sex": "f", "kind": "parent", "basis": "свидетельство"}


def fill_people(members: dict[str, Membership], word: str) -> None:
    curator, teacher = members["curator"], members["teacher"]
    colleague = make_person(curator.organization, last_name="Зимина", job_title=f"учитель {word}")
    fill_consents(members, colleague, word)
    fill_banks(members, colleague, word)
    fill_surveys(members, colleague, word)
    fill_pupils(curator, word)
    fill_events(curator, teacher, word)
    fill_settings(curator, word)
    catalogues.add_item(catalogue="kind", title=f"Вид {word}", by=curator)
    notices.tell(
        [Message(member.person, "survey.asked", "one", f"Уведомление {word}") for member in members.values()]
    )  # fmt: skip


def fill_consents(members: dict[str, Membership], colleague: Person, word: str) -> None:
    """The teacher is asked for two; the colleague has given all three."""
    curator, teacher = members["curator"], members["teacher"]
    address = add_address(by=curator, url=f"{word}.example", title=f"Сайт {word}")
    choices = [{"item": PublicItem.NAME, "address": address, "allowed": True, "condition": f"Условие {word}"}]  # fmt: skip
    consent_signing.record_joining([teacher.person], on=TODAY, by=curator)
    for kind in ("data", "dissemination", "duty"):
        row = consents.ask([colleague], kind, on=TODAY, by=curator)[0]
        consents.give(
            row, on=TODAY, method="paper", by=curator, saw_original=curator, choices=choices
        )
    for kind in ("data", "dissemination"):
        consents.ask([teacher.person], kind, on=TODAY, by=curator)
    give_data(members["psychologist"].person, curator)


def give_data(person: Person, curator: Membership) -> Consent:
    row = consents.ask([person], "data", on=TODAY, by=curator)[0]
    return consents.give(row, on=TODAY, method="paper", by=curator, saw_original=curator)


def fill_banks(members: dict[str, Membership], colleague: Person, word: str) -> None:
    """The psychologist is a working mentor, the colleague a mentee; notes, a case, a grant."""
    curator, head, psychologist = members["curator"], members["head"], members["psychologist"]
    mentor = banks.enter(
        psychologist.person, "mentors", on=TODAY, by=curator, achievements=f"Опыт {word}"
    )
    banks.set_strengths(mentor, [{"direction": "method", "level": 3, "text": word}], by=curator)
    mentee = banks.enter(colleague, "mentees", on=TODAY, by=curator, request=f"Запрос {word}")
    banks.add_need(
        mentee, on=TODAY, by=curator, difficulty="parents", source="personal_file", text=word
    )
    banks.approve([mentor, mentee], on=TODAY, by=head, reason=f"Причина {word}")
    banks.enter(members["teacher"].person, "mentees", on=TODAY, by=curator, note=f"Заметка {word}")
    notes.add_note(colleague, kind="third_party", author_role="methodist", text=f"Слова {word}", on=TODAY, by=curator)  # fmt: skip
    notes.open_case(colleague, psychologist=psychologist, on=TODAY, by=curator)
    notes.add_note(colleague, kind="psychologist", author_role="psychologist", text=f"Запись {word}", on=TODAY, by=psychologist)  # fmt: skip
    grant = grants.ask(
        colleague, parts=["card", "needs"], reason=f"Зачем {word}", on=TODAY, by=psychologist
    )
    grants.decide(grant, granted=True, until=LATER, on=TODAY, by=curator)
    grants.read(grant, on=TODAY, by=psychologist)


def fill_surveys(members: dict[str, Membership], colleague: Person, word: str) -> None:
    """One run waits for the teacher and has an answer of the colleague; one is only prepared."""
    curator, teacher = members["curator"], members["teacher"]
    questionnaires.install(curator.organization)
    form = questionnaires.create_own(title=f"Анкета {word}", audience="staff", by=curator)  # fmt: skip
    content = {
        "intro": f"Вступление {word}",
        "sections": [
            {"code": "main", "title": f"Раздел {word}", "questions": [{"code": "one", "type": "text", "text": f"Вопрос {word}", "required": True}]}
        ],
    }  # fmt: skip
    questionnaires.save_content(form, content, by=curator)
    questionnaires.keep_question(content_of(questionnaires.latest(form)).questions[0], by=curator)
    values = {"title": f"Опрос {word}", "opens_on": TODAY, "closes_on": None, "privacy": "named"}
    survey = surveys.create(form, people=[teacher.person, colleague], by=curator, **values)
    surveys.open_survey(survey, on=TODAY, by=curator)
    surveys.issue_links(survey.participants.select_related("survey"), on=TODAY, by=curator)
    participant = surveys.with_survey(survey.participants.filter(person=colleague)).get()
    answers.enter_from_paper(participant, full_answers(survey) | {"one": f"Ответ {word}"}, on=TODAY, by=curator)  # fmt: skip
    surveys.create(form, people=[teacher.person], by=curator, **{**values, "title": f"Черновик {word}"})  # fmt: skip


def fill_pupils(curator: Membership, word: str) -> None:
    organization = curator.organization
    organization.works_with_pupils = True
    organization.save(update_fields=["works_with_pupils"])
    pupil = pupils.create_pupil(
        by=curator, last_name=f"Соколов {word}", first_name="Илья", patronymic="", sex="m", school_class=f"8 {word}",
        birth_date=TODAY.replace(year=TODAY.year - 13, day=1),
    )  # fmt: skip
    pupil = Person.objects.get(pk=pupil.pk)
    parent = pupils.add_representative(pupil, by=curator, last_name=f"Соколова {word}", patronymic="", phone="", email="", **PARENT)  # fmt: skip
    pupils.issue_link(parent, by=curator, on=TODAY)
    consents.ask([pupil], "representative", on=TODAY, by=curator)


def fill_events(curator: Membership, teacher: Membership, word: str) -> None:
    event = events.create_event(
        by=curator, kind=Event.Kind.ROUND_TABLE, title=f"Круглый стол {word}", place=f"Зал {word}",
        starts_at=timezone.now() + dt.timedelta(days=9), sign_up=True,
    )  # fmt: skip
    events.invite(event, [teacher.person], by=curator)


def fill_settings(curator: Membership, word: str) -> None:
    """An own holiday, an own term, a list that waits to be written, a token of the API."""
    api_tokens.issue(name=f"Выгрузка {word}", scopes=["organization:read"], expires_on=LATER, on=TODAY, by=curator)  # fmt: skip
    CalendarDay.objects.create(
        organization=curator.organization, day=LATER, working=False, title=f"День {word}"
    )
    content = f"ФИО;Должность\nГусева Анна Львовна;учитель {word}\n".encode()
    staff_uploads.upload(by=curator, upload=SimpleUploadedFile(f"{word}.csv", content))
