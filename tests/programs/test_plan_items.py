"""The plan: lines, personal progress, comments, milestones, difficulties."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Notice
from programs.models import ItemComment, ItemProgress, PlanItem
from programs.program_rules import progress, signals
from programs.services import plan_items, program_drafts, program_reminding
from tests.programs.makers import DAY, mentee_of, mentor_of, working_pair
from tests.programs.makers_programs import ENDS, begin, fresh, hold, running, with_plan

LATER = DAY + dt.timedelta(days=40)


@pytest.mark.req("R-605", "R-229", "R-232")
def test_lines_have_a_direction_a_form_of_work_and_a_category(pair, curator):
    program = begin(pair.group, curator)
    for category in ("community", "contest", "innovation"):
        plan_items.add_item(program, by=pair.mentee, title=category, due_on=ENDS, category=category, direction="digital", form_of_work="проект")  # fmt: skip
    kinds = {row.category: row.get_category_display() for row in program.items.all()}
    assert kinds == {"community": "общественная жизнь", "contest": "конкурс или форум", "innovation": "инновационная деятельность"}  # fmt: skip


@pytest.mark.parametrize(("day", "words"), [(ENDS + dt.timedelta(days=1), "не позже"), (DAY - dt.timedelta(days=1), "не раньше")])  # fmt: skip
def test_a_line_outside_the_term_is_refused_with_the_term(pair, curator, day, words):
    program = begin(pair.group, curator)
    with pytest.raises(RuleError, match=words):
        plan_items.add_item(program, by=curator, title="Шаг", due_on=day, category="learning")


def test_a_shorter_programme_may_not_cut_a_line_off(pair, curator):
    program = with_plan(begin(pair.group, curator), curator)
    with pytest.raises(RuleError, match="окажется вне срока"):
        program_drafts.write(program, by=curator, ends_on=DAY + dt.timedelta(days=35))


def test_two_people_who_change_a_line_at_once_see_each_other(school, pair, client_for):
    program = with_plan(begin(pair.group, pair.mentor), pair.mentor)
    item = program.items.first()
    address = reverse("item_edit", args=[school.slug, item.pk])
    posted = {"title": "Правка наставника", "due_on": item.due_on.isoformat(), "category": "learning", "revision": "0"}  # fmt: skip
    assert client_for(pair.mentor).post(address, posted).status_code == 302
    answer = client_for(pair.mentee).post(address, {**posted, "title": "Правка наставляемого"})
    text = answer.content.decode()
    assert "Правка наставника" in text
    assert 'value="Правка наставляемого"' in text
    assert PlanItem.objects.get(pk=item.pk).title == "Правка наставника"


@pytest.mark.req("R-237")
def test_marks_need_an_approved_programme_and_a_day_that_has_been(pair, program, curator):
    item = program.items.first()
    with pytest.raises(RuleError, match="в будущем"):
        plan_items.complete_item(item, on=LATER, today=DAY, by=pair.mentor)
    done = plan_items.complete_item(item, on=DAY, today=DAY, by=pair.mentee, actual="Два конспекта")
    assert (done.state, done.done_on, done.actual) == ("done", DAY, "Два конспекта")
    assert plan_items.reopen_item(done, by=pair.mentor).state == "planned"
    draft = with_plan(begin(pair.group, curator), curator)
    with pytest.raises(RuleError, match="утверждена"):
        plan_items.complete_item(draft.items.first(), on=DAY, today=DAY, by=pair.mentor)


@pytest.mark.req("R-628", "R-623")
def test_a_group_has_one_plan_and_personal_progress(school, curator, head):
    mentor = mentor_of(school, capacity=3)
    first, second = (mentee_of(school, last_name=name) for name in ("Зимина", "Лугова"))
    program = running(working_pair(mentor, [first, second], curator, head), curator)
    item = program.items.first()
    assert plan_items.complete_item(item, on=DAY, today=DAY, by=mentor, people=[first.person]).state == "planned"  # fmt: skip
    found = progress(fresh(program), DAY)
    assert [(person.last_name, number) for person, number in found.people] == [("Зимина", 1), ("Лугова", 0)]  # fmt: skip
    assert plan_items.complete_item(item, on=DAY, today=DAY, by=mentor, people=[second.person]).state == "done"  # fmt: skip
    assert progress(fresh(program), DAY).share == 50


@pytest.mark.req("R-237", "R-218")
def test_overdue_lines_and_silence_are_signals_and_reminders(pair, program, curator):
    assert signals(fresh(program), DAY) == ["следующая встреча не назначена"]
    found = signals(fresh(program), LATER)
    assert found == ["встреч не было 40 дней", "следующая встреча не назначена", "просрочено: 1 пункт"]  # fmt: skip
    school = program.organization
    told = {message.person for message in program_reminding.overdue(school, LATER)}
    assert told == {pair.mentor.person, pair.mentee.person}
    (line,) = program_reminding.stuck(school, LATER)
    assert (line.person, line.title) == (curator.person, "Требуют внимания: 1 программа")
    hold(program, pair.mentor, day=LATER - dt.timedelta(days=1))
    assert "встреч не было" not in " ".join(signals(fresh(program), LATER))


def test_a_line_is_taken_off_only_with_a_ground_by_mentor_or_curator(pair, program):
    item = program.items.first()
    with pytest.raises(PermissionDenied):
        plan_items.cancel_item(item, reason="лишнее", by=pair.mentee)
    with pytest.raises(ValidationError, match="почему пункт снят"):
        plan_items.cancel_item(item, reason=" ", by=pair.mentor)
    assert plan_items.cancel_item(item, reason="тема перенесена", by=pair.mentor).state == "cancelled"  # fmt: skip
    assert progress(fresh(program), DAY).total == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90\x00 program", "отчёт.pdf", "не читается"), (b"", "пусто.pdf", "пустой"),
        (b"PK\x03\x04 broken", "план.docx", "не читается"),
    ],
)  # fmt: skip
def test_a_disguised_attachment_is_refused(pair, program, content, name, sentence):
    upload = SimpleUploadedFile(name, content)
    with pytest.raises(RuleError, match=sentence):
        plan_items.complete_item(program.items.first(), on=DAY, today=DAY, by=pair.mentor, evidence=upload)  # fmt: skip
    assert not ItemProgress.objects.exists()


def test_a_huge_attachment_is_refused_before_it_is_read(pair, program):
    upload = SimpleUploadedFile("видео.pdf", b"%PDF-")
    upload.size = 200 * 1024 * 1024
    with pytest.raises(RuleError, match="Файл больше 15 МБ"):
        plan_items.complete_item(program.items.first(), on=DAY, today=DAY, by=pair.mentor, evidence=upload)  # fmt: skip


@pytest.mark.req("R-233", "R-235")
def test_remarks_beside_a_line_and_suggestions_to_the_curator(pair, program, curator):
    item = program.items.first()
    remark = plan_items.comment(program, item=item, text="Перенести?", kind="comment", on=DAY, by=pair.mentee)  # fmt: skip
    idea = plan_items.comment(program, text="Добавить видеоразбор", kind="suggestion", on=DAY, by=pair.mentee)  # fmt: skip
    assert Notice.objects.filter(person=curator.person, key=f"program-comment-{idea.pk}").exists()
    assert not Notice.objects.filter(person=curator.person, key=f"program-comment-{remark.pk}").exists()  # fmt: skip
    with pytest.raises(PermissionDenied):
        plan_items.answer_comment(idea, answer="Нет", on=DAY, by=pair.mentor)
    plan_items.answer_comment(remark, answer="Да", on=DAY, by=pair.mentor)
    plan_items.answer_comment(idea, answer="Хорошо", on=DAY, by=curator)
    assert set(ItemComment.objects.values_list("answer", flat=True)) == {"Да", "Хорошо"}


@pytest.mark.req("R-609")
def test_milestones_keep_the_planned_and_the_reached(pair, curator):
    program = begin(pair.group, curator)
    row = plan_items.add_milestone(program, by=pair.mentor, title="Полугодие", due_on=LATER, planned="Ведёт сам")  # fmt: skip
    plan_items.record_milestone(row, actual="Ведёт с подсказкой", by=pair.mentor)
    row.refresh_from_db()
    assert (row.planned, row.actual) == ("Ведёт сам", "Ведёт с подсказкой")


@pytest.mark.req("R-239")
def test_each_difficulty_ends_as_solved_partly_or_open(pair, program):
    row = program.difficulties.first()
    with pytest.raises(ValidationError):
        plan_items.settle_difficulty(row, outcome="never", by=pair.mentor)
    plan_items.settle_difficulty(row, outcome="partly", note="нужна практика", by=pair.mentee)
    row.refresh_from_db()
    assert (row.get_outcome_display(), row.note) == ("частично", "нужна практика")
