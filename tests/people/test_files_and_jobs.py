"""Files behind a rights check, progress of tasks, the sweeper."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mentoring.core.access import ALLOWED, deny
from people import files
from people.models import Job, Letter, StoredFile
from people.services import jobs
from people.services.files import store
from people.services.sweeping import BROKEN, GAVE_UP
from roadmap.tasks import pack_papers
from tests.factories import make_curator, make_person


@pytest.fixture
def stored(school, monkeypatch):
    def rule(membership, stored):
        return (
            ALLOWED if "curator" in membership.current_roles else deny("Файл видит только куратор.")
        )

    monkeypatch.setitem(files._rules, "probe", rule)
    return store(
        b"<script>alert(1)</script>", organization=school, purpose="probe",
        name='Отчёт "весна".html', content_type="text/html",
    )  # fmt: skip


def test_file_is_delivered_only_by_right(school, stored, curator, teacher, stranger, client_for):
    url = stored.get_absolute_url()
    assert Client().get(url).status_code == 302
    assert client_for(stranger).get(url).status_code == 404
    assert client_for(stranger).get(url.replace("/school/", "/neighbour/")).status_code == 404
    refused = client_for(teacher).get(url)
    assert refused.status_code == 403
    assert "Файл видит только куратор." in refused.content.decode()
    answer = client_for(curator).get(url)
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_purpose_without_a_rule_and_lost_content_are_closed(
    school, stored, curator, client_for, monkeypatch
):
    stored.file.delete(save=False)
    stored.file.name = "gone"
    stored.save()
    assert client_for(curator).get(stored.get_absolute_url()).status_code == 404
    monkeypatch.delitem(files._rules, "probe")
    assert client_for(curator).get(stored.get_absolute_url()).status_code == 403


def make_job(membership, **over) -> Job:
    values = {"title": "Печать приказов", "state": Job.State.RUNNING, "done": 12, "total": 40}
    return Job.objects.create(
        organization=membership.organization, membership=membership, **{**values, **over}
    )


def test_task_page_shows_progress_and_asks_again(school, curator, teacher, stranger, client_for):
    job = make_job(curator)
    url = job.get_absolute_url()
    page = client_for(curator).get(url).content.decode()
    assert "12 из 40" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Обновить" in page
    part = client_for(curator).get(url, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="job"')
    assert client_for(teacher).get(url).status_code == 403
    assert client_for(stranger).get(url).status_code == 404
    assert client_for(make_curator(school, last_name="Иная")).get(url).status_code == 200


def test_finished_task_gives_its_result_and_failed_one_its_reason(
    school, curator, stored, client_for
):
    done = make_job(curator, state=Job.State.DONE, done=40, result=stored)
    page = client_for(curator).get(done.get_absolute_url()).content.decode()
    assert stored.get_absolute_url() in page
    assert "hx-trigger" not in page
    failed = make_job(curator, state=Job.State.FAILED, error="Не хватило места. Повторите позже.")
    page = client_for(curator).get(failed.get_absolute_url()).content.decode()
    assert "Не хватило места. Повторите позже." in page


def make_result(job, *, minutes, attempts, status="RUNNING"):
    then = timezone.now() - dt.timedelta(minutes=minutes)
    Job.objects.filter(pk=job.pk).update(updated_at=then)
    return DBTaskResult.objects.create(
        status=status, started_at=then, finished_at=then if status == "FAILED" else None,
        args_kwargs={"args": [], "kwargs": {"job_id": job.pk}}, task_path="people.tasks.any",
        worker_ids=["w"] * attempts, backend_name="default", run_after=then,
        exception_class_path="", traceback="",
    )  # fmt: skip


def test_sweep_returns_tasks_of_a_killed_worker(curator, capsys):
    stale = make_result(make_job(curator), minutes=6, attempts=1)
    alive = make_result(make_job(curator), minutes=1, attempts=1)
    hopeless_job, broken_job = make_job(curator), make_job(curator)
    hopeless = make_result(hopeless_job, minutes=6, attempts=3)
    make_result(broken_job, minutes=1, attempts=1, status="FAILED")
    call_command("sweep")
    for row in (stale, alive, hopeless):
        row.refresh_from_db()
    hopeless_job.refresh_from_db()
    broken_job.refresh_from_db()
    assert (stale.status, stale.started_at) == ("READY", None)
    assert alive.status == "RUNNING"
    assert (hopeless.status, hopeless_job.state, hopeless_job.error) == (
        "FAILED",
        "failed",
        GAVE_UP,
    )
    assert (broken_job.state, broken_job.error) == ("failed", BROKEN)
    call_command("sweep")
    assert "Возвращено в очередь: 0." in capsys.readouterr().out.splitlines()[-1]


def test_an_attempt_that_was_taken_over_writes_nothing(curator):
    """A worker that was stopped wakes up when its task has long been done by another."""
    sleeper = jobs.begin(make_job(curator).pk)
    other = jobs.begin(sleeper.pk)
    jobs.running(other, total=2)
    for write in (lambda: jobs.progress(sleeper, 1), lambda: jobs.finished(sleeper), lambda: jobs.failed(sleeper, "нет")):  # fmt: skip
        with pytest.raises(jobs.Superseded):
            write()
    jobs.finished(other)
    other.refresh_from_db()
    assert (other.state, other.done, other.attempt) == ("done", 2, 2)
    assert jobs.begin(other.pk) is None
    with pytest.raises(jobs.Superseded):
        jobs.progress(other, 1)


def test_a_sleeper_leaves_no_second_archive(school, curator, monkeypatch):
    """The file and the end of the job are one transaction: who comes too late keeps neither."""
    job = jobs.start(pack_papers, by=curator, title="Архив")  # done at once
    assert StoredFile.objects.filter(purpose="pack").count() == 1
    Job.objects.filter(pk=job.pk).update(state="running", result=None)
    monkeypatch.setattr("roadmap.tasks.papers_for", lambda membership: jobs.begin(job.pk) and [])
    with pytest.raises(jobs.Superseded):
        pack_papers.call(job.pk)
    assert StoredFile.objects.filter(purpose="pack").count() == 1


@pytest.mark.parametrize(
    ("exception", "minutes", "attempts", "status", "state"),
    [
        ("django.db.utils.OperationalError", 6, 1, "READY", "waiting"),
        ("django.db.utils.InterfaceError", 1, 1, "FAILED", "waiting"),
        ("people.services.jobs.Superseded", 6, 2, "READY", "waiting"),
        ("django.db.utils.OperationalError", 6, 3, "FAILED", "failed"),
        ("builtins.ValueError", 1, 1, "FAILED", "failed"),
    ],
)
def test_a_task_that_lost_the_database_is_run_again(curator, exception, minutes, attempts, status, state):  # fmt: skip
    """Unless it shows progress: then another attempt is at work. After three it is left to a human."""
    job = make_job(curator, state=Job.State.WAITING)
    result = make_result(job, minutes=minutes, attempts=attempts, status="FAILED")
    DBTaskResult.objects.filter(pk=result.pk).update(exception_class_path=exception)
    call_command("sweep")
    result.refresh_from_db()
    job.refresh_from_db()
    assert (result.status, job.state) == (status, state)


def test_sweep_lets_waiting_letters_leave(school, curator, capsys):
    person = make_person(school, email="vetrova@school.example")
    letter = Letter.objects.create(
        organization=school, address=person.email, subject="Тема", text="Текст"
    )
    call_command("sweep")
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert capsys.readouterr().out.endswith("Письма отправляются.\n")
    call_command("sweep")
    assert capsys.readouterr().out.endswith("Отмечено сбоев: 0.\n")


def test_a_task_without_a_job_is_not_taken_for_the_one_of_its_number(curator):
    """Sealing gets the number of the organization; a job of the same number has nothing to do with it."""
    job = make_job(curator)
    result = make_result(job, minutes=1, attempts=1, status="FAILED")
    arguments = {"args": [job.pk], "kwargs": {}}
    DBTaskResult.objects.filter(pk=result.pk).update(args_kwargs=arguments, exception_class_path="builtins.ValueError")  # fmt: skip
    call_command("sweep")
    job.refresh_from_db()
    assert job.state == "running"
