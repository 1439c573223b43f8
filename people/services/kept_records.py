"""Topics of «Мои данные»: answers, restricted records and who read them, notices, files, changes."""

import itertools

from django.urls import reverse
from django.utils import timezone

from people.events import title_of
from people.models import (
    Consent,
    DataGrant,
    JournalEntry,
    Letter,
    Notice,
    Person,
    PersonNote,
    RestrictedRead,
    SignatureJoining,
    StoredFile,
    SupportCase,
    SurveyParticipant,
)
from people.models.surveys import Survey
from people.my_data import Section
from people.questionnaires.answers import shown_value
from people.services.answers import values_of
from people.services.kept_cards import CONSENT, HIDDEN_FIELDS, day, shown
from people.services.questionnaires import content_of

LAST = 200  # of what grows every day the page shows the latest rows


def moment(value) -> str:
    return f"{timezone.localtime(value):%d.%m.%Y %H:%M}" if value else ""


def surveys(person: Person) -> Section:
    """Which questionnaires the person was asked; of an anonymous one only that it was answered."""
    asked = SurveyParticipant.objects.filter(person=person).select_related("survey")
    rows = []
    for row in asked.order_by("-survey__opens_on", "-pk"):
        answered = "да" if row.answered else "нет"
        if row.survey.privacy == Survey.Privacy.ANONYMOUS and row.answered:
            answered = "да; сам ответ с вашим именем не связан"
        rows.append((row.survey.title, row.survey.get_privacy_display(), day(row.survey.opens_on), answered))  # fmt: skip
    url = reverse("my_surveys", args=[person.organization.slug])
    return Section(
        "Анкеты", rows, columns=("Анкета", "Кто видит ответы", "Начата", "Ответ отправлен"),
        links=(("Мои анкеты", url),), empty="Анкет вам не присылали.",
    )  # fmt: skip


def answers(person: Person) -> Section | None:
    """The person's own answers in the wording they were asked in."""
    rows, data = [], []
    found = person.responses.select_related("survey__version__organization", "organization")
    for response in found.prefetch_related("answers"):
        content = content_of(response.survey.version)
        values = values_of({row.question: row for row in response.answers.all()})
        names = names_in(person, content, values)
        for question in content.questions:
            if question.code not in values:
                continue
            text = shown_value(question, values[question.code], people=names)
            rows.append((response.survey.title, question.text, text))
            data.append({
                "анкета": response.survey.title, "вопрос": question.text, "ответ": text,
                "отправлено": response.submitted_at and response.submitted_at.isoformat(),
            })  # fmt: skip
    if not rows:
        return None
    columns = ("Анкета", "Вопрос", "Ваш ответ")
    return Section("Ответы на анкеты", rows, data=data, columns=columns, why=CONSENT)


def names_in(person: Person, content, values: dict) -> dict[int, str]:
    """Names of those the person chose; a query only where the questionnaire asks for people."""
    chosen = {
        row["person"]
        for question in content.questions
        if question.type == "people"
        for row in values.get(question.code) or []
    }
    people = Person.objects.of(person.organization).filter(pk__in=chosen) if chosen else []
    return {one.pk: one.full_name for one in people}


def notes(person: Person) -> Section:
    """That a closed record exists, its kind and date: the text belongs to those who gave it."""
    rows = [
        (note.get_kind_display(), note.get_author_role_display(), day(note.noted_on))
        for note in PersonNote.objects.filter(person=person)
    ]
    for case in SupportCase.objects.filter(person=person).select_related("psychologist__person"):
        name = case.psychologist.person.short_name
        rows.append(("сопровождение психолога", name, day(case.starts_on)))
    return Section(
        "Закрытые записи о вас", rows, columns=("Что", "От кого", "Дата"), empty="Таких записей нет.",
        why="сведения от третьих лиц: текст показывают только тем, кому он нужен для работы",
    )  # fmt: skip


def grants(person: Person) -> Section | None:
    """Who asked for parts of the person's file and whose file the person asked for (R-224)."""
    about = DataGrant.objects.filter(mentee=person) | DataGrant.objects.filter(mentor=person)
    parts = dict(DataGrant.Part.choices)
    rows = [
        (
            grant.mentor.short_name, grant.mentee.short_name,
            ", ".join(parts.get(code, code) for code in grant.parts), grant.reason,
            grant.get_state_display(), day(grant.until),
        )
        for grant in about.select_related("mentor", "mentee")
    ]  # fmt: skip
    columns = ("Кто просит", "О ком", "Что", "Зачем", "Решение", "Открыто по")
    return Section("Доступ к материалам", rows, columns=columns) if rows else None


def reads(person: Person) -> Section:
    """Who opened restricted parts (R-224, R-305)."""
    found = RestrictedRead.objects.filter(person=person).select_related("reader__person")
    rows = [
        (moment(row.at), row.reader.person.full_name, row.get_what_display())
        for row in found[:LAST]
    ]
    return Section(
        "Кто смотрел закрытые сведения", rows, columns=("Когда", "Кто", "Что"),
        empty="Закрытые сведения никто не открывал.",
    )  # fmt: skip


def notices(person: Person) -> Section:
    found = Notice.objects.filter(person=person)
    rows = [(moment(row.created_at), row.title, "да" if row.read_at else "нет") for row in found[:LAST]]  # fmt: skip
    return Section(
        "Уведомления", rows, columns=("Когда", "О чём", "Прочитано"), empty="Уведомлений не было."
    )


def letters(person: Person) -> Section | None:
    found = Letter.objects.filter(notice__person=person)
    rows = [
        (moment(row.created_at), row.address, row.subject, row.get_state_display())
        for row in found[:LAST]
    ]
    return Section("Письма", rows, columns=("Когда", "Куда", "Тема", "Состояние")) if rows else None


def files(person: Person) -> Section | None:
    """Scans and signatures kept about the person."""
    linked = Consent.objects.filter(person=person).values_list("scan", "signature")
    ids = {pk for pair in linked for pk in pair if pk}
    ids |= set(SignatureJoining.objects.filter(person=person, scan__isnull=False).values_list("scan", flat=True))  # fmt: skip
    kept = StoredFile.objects.of(person.organization).filter(pk__in=ids).order_by("created_at")
    rows = [(row.name, moment(row.created_at), f"{max(1, row.size // 1024)} КБ") for row in kept]
    return Section("Файлы", rows, columns=("Файл", "Загружен", "Размер")) if rows else None


def changes(person: Person) -> Section | None:
    """What the card said before: its history (R-214)."""
    versions = list(person.history.order_by("history_date", "history_id"))[-LAST:]
    rows = []
    for old, new in itertools.pairwise(versions):
        for field in Person._meta.concrete_fields:
            if field.name in HIDDEN_FIELDS or field.value_from_object(old) == field.value_from_object(new):  # fmt: skip
                continue
            label = str(field.verbose_name).capitalize()
            rows.append((day(timezone.localtime(new.history_date)), label, shown(old, field.name), shown(new, field.name)))  # fmt: skip
    columns = ("Когда", "Что", "Было", "Стало")
    return Section("Изменения карточки", rows[::-1], columns=columns) if rows else None


def actions(person: Person) -> Section | None:
    """What the person did in the portal: lines of the journal."""
    found = JournalEntry.objects.of(person.organization).filter(membership__person=person)
    rows = [(moment(row.at), title_of(row.event)) for row in found[:LAST]]
    return Section("Ваши действия в портале", rows, columns=("Когда", "Что")) if rows else None
