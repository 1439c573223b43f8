"""For which purposes the people floor keeps data, and how each goes; registered in `people/apps.py`."""

import datetime as dt

from people import retention
from people.models import (
    Answer,
    Consent,
    DataGrant,
    ImportBatch,
    Invitation,
    Job,
    Letter,
    Notice,
    Person,
    PersonNote,
    RestrictedRead,
    SupportCase,
    SurveyResponse,
)
from people.retention import Purpose
from people.services import anonymising, due_rows
from people.services.erasing import chunks, erase_files, erase_history, erase_rows


def ids(rows) -> list[int]:
    return [row.pk for row in rows]


def destroy_withdrawn(rows: list[Person], on: dt.date) -> None:
    """Everything whose only ground was the consent; the card of a worker stays (labour law)."""
    people = ids(rows)
    anonymising.forget_banks(people)
    for part in chunks(people):
        responses = SurveyResponse.objects.filter(person__in=part)
        Answer.objects.filter(response__in=responses).delete()
        responses.delete()
        for model in (PersonNote, SupportCase):
            model.objects.filter(person__in=part).delete()
        DataGrant.objects.filter(mentee__in=part).delete()
        others = Person.objects.filter(pk__in=part).exclude(kind=Person.Kind.EMPLOYED)
        cleared = list(others.values_list("pk", flat=True))
        others.update(**anonymising.CONTACTS)
        erase_history(Person, cleared)


def destroy_consents(rows: list[Consent], on: dt.date) -> None:
    files = {pk for row in rows for pk in (row.scan_id, row.signature_id)}
    erase_rows(Consent, ids(rows))
    erase_files(files)


def destroy_answers(rows: list[SurveyResponse], on: dt.date) -> None:
    anonymising.detach_answers(rows)


def destroy_drafts(rows: list[SurveyResponse], on: dt.date) -> None:
    for part in chunks(ids(rows)):
        Answer.objects.filter(response__in=part).delete()
    erase_rows(SurveyResponse, ids(rows))


def plainly(model) -> retention.Destroy:
    """Rows without history and files."""

    def destroy(rows, on: dt.date) -> None:
        erase_rows(model, ids(rows))

    return destroy


def destroy_imports(rows: list[ImportBatch], on: dt.date) -> None:
    """What was imported stays on the cards; what the file said goes."""
    files = [row.file_id for row in rows]
    for part in chunks(ids(rows)):
        ImportBatch.objects.filter(pk__in=part).update(undo=[], errors=[], mapping={}, file=None)
    erase_files(files)


def destroy_tasks(rows: list[Job], on: dt.date) -> None:
    files = [row.result_id for row in rows]
    erase_rows(Job, ids(rows))
    erase_files(files)


def anonymise_people(rows: list[Person], on: dt.date) -> None:
    for person in rows:
        anonymising.anonymise(person, on=on)


def nobody(row) -> None:
    return None


CARD = "фамилия, имя, отчество, должность, место работы, контакты, сведения о стаже и категории"
PURPOSES = [
    Purpose("withdrawn", "Данные после отзыва согласия", "destroy_after_withdrawal",
            "карточки банков наставников и наставляемых, ответы на анкеты, закрытые записи, контакты тех, кто не работает в организации",
            due_rows.withdrawn, destroy_withdrawn, person_of=lambda row: row.pk,
            reason="отозвано согласие, получен отказ или закончился срок согласия"),
    Purpose("consents", "Согласия", "consents", "согласия с фамилией, именем, отчеством и контактами, сканы и файлы подписи",
            due_rows.consents, destroy_consents),
    Purpose("answers", "Ответы на анкеты: обезличены", "survey_answers", "ответы на анкеты с указанием имени",
            due_rows.answers, destroy_answers),
    Purpose("drafts", "Неотправленные ответы", "survey_drafts", "неотправленные ответы на анкеты",
            due_rows.drafts, destroy_drafts),
    Purpose("notes", "Закрытые записи", "notes", "сведения от третьих лиц и записи психолога", due_rows.notes, plainly(PersonNote)),
    Purpose("cases", "Сопровождение психолога", "notes", "сведения о сопровождении психологом", due_rows.cases, plainly(SupportCase)),
    Purpose("grants", "Доступы к материалам", "notes", "запросы материалов личного дела", due_rows.grants, plainly(DataGrant),
            person_of=lambda row: row.mentee_id),
    Purpose("reads", "Журнал просмотров", "access_log", "сведения о просмотрах закрытых записей", due_rows.reads, plainly(RestrictedRead)),
    Purpose("letters", "Письма", "letters", "адрес электронной почты, текст письма", due_rows.letters, plainly(Letter),
            person_of=lambda row: row.notice.person_id if row.notice else None),
    Purpose("notices", "Уведомления", "notices", "уведомления человеку", due_rows.notices, plainly(Notice)),
    Purpose("imports", "Сведения загрузок", "import_files", "строки загруженных списков сотрудников", due_rows.imports, destroy_imports, person_of=nobody),
    Purpose("tasks", "Файлы по заданию", "task_files", "сведения в архивах и выгрузках, собранных по заданию", due_rows.tasks, destroy_tasks, person_of=nobody),
    Purpose("invitations", "Приглашения", "invitations", "", due_rows.invitations, plainly(Invitation), person_of=nobody, personal=False),
    Purpose("people", "Карточки ушедших: обезличены", "person_card", CARD + ", учётная запись", due_rows.people, anonymise_people,
            person_of=lambda row: row.pk),
]  # fmt: skip


def register() -> None:
    for purpose in PURPOSES:
        retention.register(purpose)
