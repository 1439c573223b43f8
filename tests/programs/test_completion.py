"""The end of a programme: three reasons, the report, results in both cards, questionnaires."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Job, StoredFile, Survey
from programs import tasks
from programs.models import MentorReport, Program, ProgramResult
from programs.services import completion, meetings, plan_items, reports
from programs.tasks import print_programs
from roadmap.services import drafts
from tests.people.prints import text_of_pdf
from tests.programs.makers import DAY
from tests.programs.makers_programs import ENDS, finished_work, fresh, hold, moment
from tests.roadmap.makers import approve, send


def end(program, by, **over):
    values = {"reason": "plan_fulfilled", "on": ENDS, **over}
    return completion.complete(fresh(program), by=by, **values)


@pytest.mark.req("R-701", "R-616", "R-704")
def test_the_plan_is_checked_before_it_counts_as_fulfilled(pair, program, curator):
    with pytest.raises(RuleError) as told:
        end(program, curator)
    for words in ("Не выполнены и не сняты: «Шаг 1»; «Шаг 2».", "Не отмечено, чем кончилось", "Заключительная встреча не проведена."):  # fmt: skip
        assert words in told.value.message
    finished_work(program, pair.mentor, curator, on=ENDS)
    done = end(program, curator)
    assert (done.state, done.completion_reason, done.decision) == ("completed", "plan_fulfilled", "finish")  # fmt: skip
    assert fresh(program).group.state == "ended"


@pytest.mark.req("R-702", "R-703")
@pytest.mark.parametrize("reason", ["participant_initiative", "curator_initiative"])
def test_an_early_end_needs_its_circumstances(program, curator, reason):
    with pytest.raises(RuleError, match="обстоятельства"):
        end(program, curator, reason=reason, text=" ", on=DAY)
    done = end(program, curator, reason=reason, text="Переезд", on=DAY)
    assert (done.completion_reason, done.completion_text) == (reason, "Переезд")
    assert fresh(program).group.state == "active"


def test_there_is_no_fourth_reason(program, curator):
    with pytest.raises(RuleError, match="трёх оснований"):
        end(program, curator, reason="other", text="Иначе")
    with pytest.raises(IntegrityError), transaction.atomic():
        Program.objects.filter(pk=program.pk).update(state="completed", completed_on=DAY, completion_reason="other")  # fmt: skip


def test_only_a_running_programme_is_completed_and_by_the_curator(pair, program, curator):
    with pytest.raises(PermissionDenied):
        end(program, pair.mentor)
    with pytest.raises(RuleError, match="раньше завершить нельзя"):
        end(program, curator, on=DAY - dt.timedelta(days=1))
    end(program, curator, reason="curator_initiative", text="Так вышло", on=DAY)
    with pytest.raises(RuleError, match="которая идёт"):
        end(program, curator)


@pytest.mark.req("R-315")
def test_results_date_and_pair_are_written_into_both_cards(pair, program, curator):
    finished_work(program, pair.mentor, curator, on=ENDS)
    end(program, curator)
    rows = {row.person: row for row in ProgramResult.objects.all()}
    assert rows[pair.mentor.person].text == "Занятия идут уверенно"
    assert rows[pair.mentee.person].text.endswith(": решено")
    assert {row.completed_on for row in rows.values()} == {ENDS}


def test_a_result_is_published_only_after_completion(pair, program, curator):
    early = ProgramResult(organization=program.organization, program=program, person=pair.mentor.person, role="mentor", completed_on=DAY)  # fmt: skip
    early.save()
    with pytest.raises(ValidationError, match="после завершения"):
        completion.publish_result(early, published=True, by=curator)
    assert not Program.objects.publishable().exists()
    early.delete()
    finished_work(program, pair.mentor, curator, on=ENDS)
    end(program, curator)
    row = ProgramResult.objects.first()
    assert completion.publish_result(row, published=True, by=curator).published


def test_a_result_that_names_somebody_is_not_published(pair, program, curator):
    finished_work(program, pair.mentor, curator, on=ENDS)
    end(program, curator)
    row = ProgramResult.objects.first()
    row.text = f"Вместе с {pair.mentor.person.last_name} провели пять занятий"
    with pytest.raises(RuleError, match="стоит фамилия"):
        completion.publish_result(row, published=True, by=curator)


@pytest.mark.req("R-622", "R-706")
def test_both_sides_are_asked_in_the_middle_and_at_the_end(pair, program, curator):
    first = completion.ask([program], stage="midterm", on=DAY, by=curator)
    assert [survey.version.questionnaire.code for survey in first] == ["mentee_midterm", "mentor_midterm"]  # fmt: skip
    assert [list(survey.participants.values_list("person", flat=True)) for survey in first] == [[pair.mentee.person_id], [pair.mentor.person_id]]  # fmt: skip
    with pytest.raises(RuleError, match="уже открыты"):
        completion.ask([program], stage="midterm", on=DAY, by=curator)
    finished_work(program, pair.mentor, curator, on=ENDS)
    end(program, curator)
    codes = Survey.objects.filter(state="open").values_list("version__questionnaire__code", flat=True)  # fmt: skip
    assert {"mentee_final", "mentor_final"} <= set(codes)


@pytest.mark.req("R-704")
def test_a_decision_to_go_on_leaves_the_pair_working(pair, program, curator):
    finished_work(program, pair.mentor, curator, on=ENDS)
    end(program, curator, decision="continue")
    program = fresh(program)
    assert (program.decision, program.group.state) == ("continue", "active")


@pytest.mark.req("R-705")
def test_the_report_is_filled_from_the_log_and_its_figures_are_frozen(pair, program, curator):
    plan_items.complete_item(program.items.first(), on=DAY, today=DAY, by=pair.mentor, actual="Два конспекта")  # fmt: skip
    hold(program, pair.mentor)
    report = reports.own_report(fresh(program), by=pair.mentor)
    assert report.results == "Методическое: Шаг 1: Два конспекта."
    assert (report.figures["items"], report.figures["items_done"], report.figures["hours"]) == (2, 1, 0.8)  # fmt: skip
    with pytest.raises(RuleError, match="рекомендацию"):
        reports.send_report(report, on=DAY, by=pair.mentor)
    reports.write_report(report, by=pair.mentor, recommendation="extend")
    reports.send_report(report, on=DAY, by=pair.mentor)
    with pytest.raises(RuleError, match="уже отправлен"):
        reports.write_report(report, by=pair.mentor, results="Иначе")
    hold(program, pair.mentor, day=DAY + dt.timedelta(days=1))
    report = MentorReport.objects.get()
    assert report.figures["meetings"] == 1
    with pytest.raises(RuleError, match="что дополнить"):
        reports.decide_report(report, accepted=False, on=DAY, by=curator)
    reports.decide_report(report, accepted=False, remark="Добавьте выводы", on=DAY, by=curator)
    reports.write_report(report, by=pair.mentor, results="С выводами")
    reports.send_report(report, on=DAY, by=pair.mentor)
    assert reports.decide_report(report, accepted=True, on=DAY, by=curator).state == "accepted"


@pytest.mark.parametrize(("done", "total", "points"), [(10, 10, 1.0), (9, 10, 0.9), (8, 10, 0.8), (7, 10, 0.0), (0, 0, None)])  # fmt: skip
def test_the_share_of_done_items_is_scored_as_the_form_does(done, total, points):
    assert reports.score(done, total) == points


def test_a_released_pair_ends_its_programmes_by_one_of_the_three_reasons(pair, program, curator, head):  # fmt: skip
    day = DAY + dt.timedelta(days=10)
    values = {"group": pair.group.pk, "action": "end", "reason": "mentor_notice", "on": day.isoformat()}  # fmt: skip
    order = drafts.create_draft(kind="release_order", day=DAY, by=curator, values=values)
    approve(send(order, curator), head, dated_on=DAY)
    program = fresh(program)
    assert (program.state, program.completion_reason) == ("completed", "participant_initiative")
    assert program.completed_on == day - dt.timedelta(days=1)
    assert pair.mentee.person.mentee_profile.__class__.objects.get(person=pair.mentee.person).state == "approved"  # fmt: skip


def test_the_page_keeps_what_was_typed_when_the_plan_is_not_done(school, program, curator, client_for):  # fmt: skip
    address = reverse("program_complete", args=[school.slug, program.pk])
    posted = {"reason": "plan_fulfilled", "on": "2027-05-31", "text": "Набранный текст", "decision": "finish"}  # fmt: skip
    answer = client_for(curator).post(address, posted)
    text = answer.content.decode()
    assert "Не выполнены и не сняты" in text
    assert "Набранный текст" in text
    assert fresh(program).state == "running"


@pytest.mark.req("R-611", "R-608")
def test_papers_of_a_programme_say_what_was_agreed_and_done(school, pair, program, client_for):
    plan_items.complete_item(program.items.first(), on=DAY, today=DAY, by=pair.mentor, actual="Два конспекта")  # fmt: skip
    hold(program, pair.mentor)
    client = client_for(pair.mentee)
    texts = {
        code: text_of_pdf(client.get(reverse("program_paper", args=[school.slug, program.pk, code])).content)
        for code in ("program", "meeting_schedule", "meeting_log")
    }  # fmt: skip
    assert "Персонализированная программа наставничества" in texts["program"]
    assert "УТВЕРЖДАЮ" in texts["program"]
    assert "Два конспекта" in texts["program"]
    for words in ("20.11.2026", "15:00, 45 мин", "регулярная, очно"):
        assert words in texts["meeting_schedule"]
    assert "Проведено встреч: 1" in " ".join(texts["meeting_log"].split())
    plan = client.get(reverse("development_plan", args=[school.slug, program.pk, pair.mentee.person_id]))  # fmt: skip
    text = text_of_pdf(plan.content)
    for words in ("План индивидуального развития", "Зимина Ольга Ильинична", "Шаг 2", "20.11.2026"):
        assert words in text
    other = client.get(reverse("development_plan", args=[school.slug, program.pk, pair.mentor.person_id]))  # fmt: skip
    assert other.status_code == 404


def test_all_programmes_are_printed_in_one_file_and_a_second_run_doubles_nothing(school, program, curator, client_for):  # fmt: skip
    answer = client_for(curator).post(reverse("programs_print", args=[school.slug]), {})
    job = Job.objects.get()
    assert (answer.status_code, job.state, job.done) == (302, "done", 1)
    assert text_of_pdf(job.result.read()).count("Персонализированная программа наставничества") == 1
    print_programs.call(job.pk, program_ids=[program.pk])
    assert StoredFile.objects.filter(purpose="program_pack").count() == 1


def test_a_print_killed_in_the_middle_begins_anew(school, program, curator, monkeypatch):
    job = Job.objects.create(organization=school, membership=curator, title="Печать")
    real = tasks.merged
    monkeypatch.setattr(tasks, "merged", lambda pdfs: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        print_programs.call(job.pk, program_ids=[program.pk])
    job.refresh_from_db()
    assert (job.state, job.result) == ("running", None)
    monkeypatch.setattr(tasks, "merged", real)
    print_programs.call(job.pk, program_ids=[program.pk])
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 1)
    assert StoredFile.objects.filter(purpose="program_pack").count() == 1


def test_meetings_that_were_planned_stay_as_missed(pair, program, curator):
    (row,) = meetings.plan_meeting(program, starts_at=moment(DAY + dt.timedelta(days=5)), by=pair.mentor)  # fmt: skip
    end(program, curator, reason="curator_initiative", text="Так вышло", on=DAY)
    row.refresh_from_db()
    assert (row.state, row.missed_reason) == ("missed", "программа завершена")
