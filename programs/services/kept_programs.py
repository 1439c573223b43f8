"""Topics of «Мои данные»: programmes with their results, work in them, learning and recognition."""

from django.db.models import Q
from django.urls import reverse

from people.models import Person
from people.my_data import Section
from people.services.kept_cards import day
from programs.models import (
    Assignment,
    AttestationNote,
    Award,
    ContestEntry,
    HelpRequest,
    HonourEntry,
    ItemComment,
    Program,
    ProgramResult,
    Proposal,
    Publication,
    Referral,
    Training,
)


def programs(person: Person) -> Section:
    """Programmes of the person's pairs and what was written into the card."""
    found = Program.objects.of(person.organization).of_person(person).order_by("-starts_on", "-pk")
    results = {row.program_id: row.text for row in ProgramResult.objects.filter(person=person)}
    rows = [
        (row.title, row.get_state_display(), day(row.starts_on), day(row.completed_on or row.ends_on), results.get(row.pk, ""))
        for row in found
    ]  # fmt: skip
    links = (("Мои программы", reverse("my_programs", args=[person.organization.slug])),)
    return Section("Программы наставничества", rows, columns=("Программа", "Состояние", "С", "По", "Итог"), links=links, empty="Программ не было.")  # fmt: skip


def work(person: Person) -> Section:
    """Own words in programmes; notes of others are named, not quoted."""
    rows = [("задание", day(row.given_on), row.title, row.get_state_display()) for row in Assignment.objects.filter(person=person)]  # fmt: skip
    rows += [("вопрос наставнику", day(row.asked_at.date()), row.text, "есть ответ" if row.answered_at else "ждёт ответа") for row in HelpRequest.objects.filter(person=person)]  # fmt: skip
    rows += [(row.get_kind_display(), day(row.made_on), row.text, row.answer) for row in ItemComment.objects.filter(person=person)]  # fmt: skip
    rows += [("обращение в службу", day(row.sent_on), row.text, row.answer) for row in Referral.objects.filter(author=person)]  # fmt: skip
    rows += [("предложение руководителю", day(row.made_on), row.text, row.get_state_display()) for row in Proposal.objects.filter(author=person)]  # fmt: skip
    return Section("Работа в программах", rows, columns=("Что", "Когда", "Текст", "Состояние"), empty="Записей нет.")  # fmt: skip


def recognition(person: Person) -> Section:
    """Learning, awards that were given, contests; the restricted talent pool stays out."""
    rows = [("обучение", row.title, day(row.ends_on), row.paper) for row in Training.objects.filter(person=person)]  # fmt: skip
    awards = Award.objects.filter(person=person, state=Award.State.GIVEN)
    rows += [(row.get_kind_display(), row.merit, day(row.decided_on), row.basis) for row in awards.exclude(kind__in=Award.RESTRICTED)]  # fmt: skip
    entries = ContestEntry.objects.filter(person=person).select_related("contest")
    rows += [("конкурс", row.contest.title, day(row.applied_on), row.result) for row in entries]
    notes = AttestationNote.objects.filter(person=person).exclude(text="")
    rows += [("дополнение к сведениям о наставничестве", row.text, "", "") for row in notes]
    return Section("Обучение и признание", rows, columns=("Что", "О чём", "Когда", "Документ или итог"), empty="Записей нет.")  # fmt: skip


def publicity(person: Person) -> Section:
    """Where the person is named or pictured in the public section; the consents decide what is seen of it."""
    named = Q(marks__person=person) | Q(photos__people=person) | Q(author=person)
    found = Publication.objects.of(person.organization).filter(named).distinct()
    rows = [(row.get_kind_display(), row.title, day(row.publish_on), row.get_state_display()) for row in found]  # fmt: skip
    board = HonourEntry.objects.of(person.organization).filter(person=person)
    rows += [("доска почёта", row.merit, day(row.since), "с фотографией" if row.photo_id else "без фотографии") for row in board]  # fmt: skip
    links = (("Мои согласия", reverse("my_consents", args=[person.organization.slug])),)
    return Section(
        "Публичная страница", rows, columns=("Где", "О чём", "С", "Состояние"), links=links, empty="Вас там не называют.",
        why="ваше согласие на распространение: имя и снимок видны посторонним, только пока оно действует",
    )  # fmt: skip
