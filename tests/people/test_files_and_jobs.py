"""Files behind a rights check, progress of tasks, the sweeper."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mentoring.core.access import ALLOWED, deny
from people import files
from people.models import Job
from people.services.files import store
from people.services.sweeping import BROKEN, GAVE_UP
from tests.factories import make_curator


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
        args_kwargs={"args": [job.pk], "kwargs": {}}, task_path="people.tasks.any",
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
