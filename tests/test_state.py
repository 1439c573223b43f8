"""«Состояние»: what the administrator sees, what watchers are told."""

import datetime as dt
import io
import json

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from mentoring.core import backups
from mentoring.portal.state import machine, overview, ready, safety, work
from people.models import JournalEntry, Letter
from tests.people.makers_surveys import make_survey

NOW = timezone.now()


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(ready, "_kept", {})
    monkeypatch.setattr(safety, "_known", {"asked": 0.0, "pending": []})


@pytest.fixture
def backed_up(db):
    backups.note(backups.LastBackup(NOW - dt.timedelta(hours=2), 5 * 1024**2, "/secret/place.tar"))


def make_task(status="READY", minutes=0, **over):
    values = {
        "status": status, "args_kwargs": {"args": [], "kwargs": {}}, "task_path": "people.tasks_letters.send_letters",
        "backend_name": "default", "run_after": get_date_max(), "exception_class_path": "", "traceback": "",
    }  # fmt: skip
    made = DBTaskResult.objects.create(**{**values, **over})
    DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=NOW - dt.timedelta(minutes=minutes))
    return made


def make_letter(organization, **over):
    values = {"address": "a@school.example", "subject": "тема", "text": "текст", "not_before": NOW}
    return Letter.objects.create(organization=organization, **{**values, **over})


def colours(found) -> dict[str, str]:
    return {light.code: str(light.colour) for light in found}


def test_a_well_kept_portal_is_green(backed_up, school):
    assert set(colours(overview.lights(NOW)).values()) == {"green"}


@pytest.mark.parametrize(
    ("minutes", "colour"), [(0, "green"), (3, "yellow"), (11, "red")]
)  # fmt: skip
def test_a_queue_that_nobody_works_at_turns_red(db, minutes, colour):
    make_task(minutes=minutes)
    light = work.queue(NOW)
    assert str(light.colour) == colour
    assert bool(light.step) == (colour != "green")


def test_failed_tasks_of_a_day_are_counted(db):
    make_task("FAILED", finished_at=NOW)
    make_task("FAILED", finished_at=NOW - dt.timedelta(days=2))
    make_task("RUNNING", started_at=NOW)
    assert work.queue(NOW).value == "ждут 0, выполняются 1, сбоев за сутки 1"


def test_a_school_sees_its_own_letters_only(school, other_school):
    make_letter(other_school, state="failed")
    make_letter(other_school, not_before=NOW - dt.timedelta(hours=2))
    make_letter(school, state="sent", sent_at=NOW)
    assert str(work.mail(NOW, school).colour) == "green"
    assert work.mail(NOW, school).value.startswith("ждут 0, не отправлены 0, последнее ушло ")
    assert str(work.mail(NOW, None).colour) == "red"
    assert work.mail(NOW, None).value.startswith("ждут 1, не отправлены 1,")


def test_an_old_backup_is_yellow_then_red_and_its_place_is_not_told(backed_up, settings):
    found = [safety.backup(NOW + dt.timedelta(hours=hours)) for hours in (0, 30, 100)]
    assert [str(light.colour) for light in found] == ["green", "yellow", "red"]
    assert "secret" not in "".join(light.value + light.step + light.meaning for light in found)


def test_lines_that_wait_for_a_seal_turn_red(school, other_school, curator):
    JournalEntry.objects.create(organization=other_school, event="person.created", at=NOW - dt.timedelta(hours=2))  # fmt: skip
    assert str(safety.seals(NOW, school).colour) == "green"
    assert str(safety.seals(NOW, None).colour) == "red"


def test_a_full_disk_a_wrong_clock_and_a_missing_font_are_red(db, monkeypatch):
    usage = type("Usage", (), {"total": 100 * 1024**3, "free": 900 * 1024**2})
    monkeypatch.setattr("shutil.disk_usage", lambda place: usage)
    monkeypatch.setattr(machine, "database_time", lambda: timezone.now() - dt.timedelta(minutes=2))
    monkeypatch.setattr(machine, "paper_font", lambda: ["missing"])
    found = [machine.disk(), machine.clock(), machine.libraries()]
    assert [(str(light.colour), bool(light.step)) for light in found] == [("red", True)] * 3


def test_the_page_is_the_administrators(client_for, portal_admin, curator, stranger, school, backed_up):  # fmt: skip
    address = reverse("state", args=["school"])
    assert Client().get(address).status_code == 302
    assert client_for(stranger).get(address).status_code == 404
    refused = client_for(curator).get(address)
    assert refused.status_code == 403
    assert "Состояние портала открыто администратору портала." in refused.content.decode()
    page = client_for(portal_admin).get(address).content.decode()
    assert "Всё в порядке, делать ничего не нужно." in page
    assert f'href="{address}"' in client_for(portal_admin).get(reverse("home", args=["school"])).content.decode()  # fmt: skip


def test_the_page_names_nothing_of_another_school(client_for, portal_admin, other_school, stranger):
    make_survey(stranger, [stranger.person])
    make_letter(other_school, subject="тайное", state="failed")
    page = client_for(portal_admin).get(reverse("state", args=["school"])).content.decode()
    for secret in ("тайное", other_school.short_name, other_school.slug, stranger.person.last_name):
        assert secret not in page


def test_the_number_of_queries_does_not_grow(school, backed_up):
    numbers = []
    for _ in range(2):
        safety._known["asked"] = 1.0
        with CaptureQueriesContext(connection) as queries:
            overview.lights(NOW, school)
        numbers.append(len(queries))
        for minutes in range(5):
            make_task(minutes=minutes)
            make_letter(school)
    assert numbers[0] == numbers[1] <= 8


def test_the_command_says_the_same_and_fails_when_something_is_red(db):
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("state", "--json", stdout=out)
    assert ended.value.code == 1
    told = json.loads(out.getvalue())
    assert told["state"] == "red"
    assert [line["code"] for line in told["lines"] if line["colour"] == "red"] == ["backup"]
    backups.note(backups.LastBackup(timezone.now(), 1, "x"))
    out = io.StringIO()
    call_command("state", stdout=out)
    assert "в порядке          Резервная копия: " in out.getvalue()


# ---- /readyz --------------------------------------------------------------------------------------------------
GOOD = {"ready": True, "database": "ok", "migrations": "ok", "storage": "ok", "cache": "ok"}


def test_ready_says_what_answers_without_a_session(db, client_for, teacher):
    answer = client_for(teacher).get("/readyz")
    assert (answer.status_code, answer.json()) == (200, GOOD)
    before = Session.objects.count()
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get("/readyz")
    assert (len(queries), Session.objects.count(), answer.cookies.output()) == (0, before, "")


def fails(*args, **kwargs):
    raise DatabaseError("password=secret")


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("mentoring.portal.state.ready.pending_migrations", {"migrations": "no"}),
        ("mentoring.portal.state.ready.ask_cache", {"cache": "no"}),
        ("mentoring.portal.state.ready.os.access", {"storage": "no"}),
    ],
)
def test_ready_names_the_part_that_does_not_answer(db, monkeypatch, broken, told):
    monkeypatch.setattr(broken, fails)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, GOOD | told | {"ready": False})


def test_without_a_database_nothing_else_is_asked(db, monkeypatch):
    monkeypatch.setattr(ready, "database", fails)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "database": "no"})


def test_pending_migrations_are_found_and_forgotten_when_they_have_come(db, monkeypatch):
    name = ("people", "0013_journal_seals")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", name)
    assert safety.pending_migrations() == ["people.0013_journal_seals"]
    assert Client().get("/readyz").json()["migrations"] == "no"
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", [*name, NOW])  # fmt: skip
    assert safety.pending_migrations() == ["people.0013_journal_seals"]
    safety._known["asked"] -= safety.ASK_AGAIN
    assert safety.pending_migrations() == []


# ---- /metrics -------------------------------------------------------------------------------------------------
def test_figures_are_there_for_those_who_may_ask_only(db, settings, school, client_for, teacher):
    assert Client().get("/metrics").status_code == 404
    settings.METRICS_TOKEN, settings.METRICS_FROM = "secret-of-the-watcher", ["10.0.0.9"]
    client_for(teacher).get(reverse("home", args=["school"]))
    make_task()
    make_letter(school, state="failed")
    allowed = ({"headers": {"authorization": "Bearer secret-of-the-watcher"}}, {"REMOTE_ADDR": "10.0.0.9"})  # fmt: skip
    for asked in allowed:
        answer = Client().get("/metrics", **asked)
        assert answer.status_code == 200
    lines = answer.content.decode().splitlines()
    assert "portal_tasks_waiting 1.0" in lines
    assert "portal_letters_failed 1.0" in lines
    assert "portal_backup_age_seconds -1.0" in lines
    assert [line for line in lines if line.startswith("portal_request_seconds_count") and 'route="home"' in line]  # fmt: skip
    assert "/s/school" not in answer.content.decode()
    refused = (
        {}, {"headers": {"authorization": "Bearer secret"}}, {"headers": {"x-forwarded-for": "1.1.1.1"}, "REMOTE_ADDR": "10.0.0.9"},
    )  # fmt: skip
    for asked in refused:
        assert Client().get("/metrics", **asked).status_code == 404


def test_without_the_package_there_are_no_figures(db, settings, monkeypatch):
    settings.METRICS_FROM = ["127.0.0.1"]
    assert Client().get("/metrics").status_code == 200
    monkeypatch.setattr("mentoring.portal.metrics.prometheus", None)
    assert Client().get("/metrics").status_code == 404
