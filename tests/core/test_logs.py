"""The log tells where and when, under one number, and nothing of anybody (R-224)."""

import io
import json
import logging
from smtplib import SMTPException

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from mentoring.core.logs import Facts, JsonLine, ReadableLine, masked
from people.models import Letter, Organization
from people.services import outbox
from tests.factories import make_member

NAME = "Вербицкая"
LATIN = "Verbitskaya"
TOKEN = "aB3xYz_Qw9-LmN0pRsTuVw12"
MAIL = "verbitskaya@school.example"
PLANTED = (NAME, LATIN, TOKEN, MAIL, "\\u0412\\u0435\\u0440", "verbitskaya")


def broken(request, token, school=""):
    raise ValueError(f"{NAME} {MAIL} {token} is not '{LATIN}'")


def doubled(request, token):
    found = Organization.objects.get(slug="school")
    Organization.objects.create(slug=found.slug, type=found.type, full_name=NAME, short_name=LATIN)


def refused(request, token):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM people_person WHERE last_name = %s", [NAME])


def slept(request, token):
    Organization.objects.filter(full_name=NAME).exists()
    return HttpResponse("ok")


def enqueues(request, token):
    failing.using(backend="default").enqueue(token, name=NAME)
    return HttpResponse("ok")


@task()
def failing(token, *, name):
    raise ValueError(f"{name} {token} {MAIL}")


urlpatterns = [
    path("q/<str:token>/", broken, name="answer"),
    path("s/<slug:school>/<str:token>/", broken, name="own"),
    path("doubled/<str:token>/", doubled, name="doubled"),
    path("refused/<str:token>/", refused, name="refused"),
    path("slept/<str:token>/", slept, name="slept"),
    path("enqueues/<str:token>/", enqueues, name="enqueues"),
]


class Log:
    """All that leaves the loggers, as JSON and as text."""

    def __init__(self):
        self.json, self.text = io.StringIO(), io.StringIO()
        self.handlers = []
        for stream, formatter in ((self.json, JsonLine()), (self.text, ReadableLine())):
            handler = logging.StreamHandler(stream)
            handler.addFilter(Facts())
            handler.setFormatter(formatter)
            self.handlers.append(handler)

    def lines(self, logger: str = "") -> list[dict]:
        found = [json.loads(line) for line in self.json.getvalue().splitlines()]
        return [line for line in found if line["logger"].startswith(logger)]

    def everything(self) -> str:
        return self.json.getvalue() + self.text.getvalue()


@pytest.fixture
def log(settings):
    settings.LOG_REQUESTS = True
    found = Log()
    root = logging.getLogger()
    root.handlers, before = [*root.handlers, *found.handlers], root.handlers
    yield found
    root.handlers = before


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def clean(log: Log) -> None:
    assert log.everything()
    assert [word for word in PLANTED if word.lower() in log.everything().lower()] == []


@pytest.mark.req("R-224")
@pytest.mark.urls(__name__)
def test_a_fault_names_route_and_number_and_nobody(log, client, db):
    answer = client.get(f"/s/school/{TOKEN}/")
    assert answer.status_code == 500
    number = answer["X-Request-ID"]
    assert f">{number}<" in answer.content.decode()
    (line,) = log.lines("django.request")
    told = ("request_id", "school", "method", "route", "message")
    assert {name: line[name] for name in told} == {
        "request_id": number, "school": "school", "method": "GET", "route": "own", "message": "Internal Server Error: own",
    }  # fmt: skip
    assert "in broken" in line["exception"]
    clean(log)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["doubled", "refused", "nowhere", "q"])
def test_no_answer_that_fails_puts_values_into_the_log(log, client, school, address):
    answer = client.get(f"/{address}/{TOKEN}/?name={NAME}", headers={"referer": f"/q/{TOKEN}/"})
    assert answer.status_code == (404 if address == "nowhere" else 500)
    client.post(f"/{address}/{TOKEN}/", {"name": NAME, "mail": MAIL})
    clean(log)
    requests = log.lines("mentoring.requests")
    route = {"nowhere": "", "q": "answer"}.get(address, address)
    assert [(line["route"], line["status"]) for line in requests] == [(route, answer.status_code)] * 2  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_database_error_keeps_its_constraint_and_loses_its_values(log, school):
    try:
        make_member(school, login=MAIL)
        make_member(school, login=MAIL)
    except IntegrityError:
        logging.getLogger("people").exception("not kept")
    (line,) = log.lines("people")
    assert "username" in line["exception"].splitlines()[-1]
    clean(log)


def test_a_failed_letter_names_nobody(log, school, monkeypatch):
    def away(self):
        raise SMTPException(f"550 {MAIL} {NAME}")

    monkeypatch.setattr(EmailMultiAlternatives, "send", away)
    letter = Letter.objects.create(organization=school, address=MAIL, subject=NAME, text=TOKEN)
    outbox.send_waiting(timezone.now())
    (line,) = log.lines("people.services.outbox")
    assert line["message"] == f"Letter {letter.pk} not sent, attempt 1: SMTPException"
    clean(log)


@pytest.mark.urls(__name__)
@pytest.mark.django_db(transaction=True)
def test_a_task_carries_the_number_of_its_request(log, client, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    answer = client.get(f"/enqueues/{TOKEN}/", headers={"x-request-id": "abcd-1234_EFGH"})
    assert answer["X-Request-ID"] == "abcd-1234_EFGH"
    worker().run()
    (line,) = log.lines("mentoring.tasks")
    assert (line["request_id"], line["status"]) == ("abcd-1234_EFGH", "FAILED")
    assert line["task"] == "tests.core.test_logs.failing"
    assert [one["request_id"] for one in log.lines("django_tasks") if one["level"] == "ERROR"] == ["abcd-1234_EFGH"]  # fmt: skip
    clean(log)
    kept = DBTaskResult.objects.get().traceback
    assert "in failing" in kept
    assert [word for word in PLANTED if word in kept] == []


def worker() -> Worker:
    return Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="w", excluded_queue_names=[],
    )  # fmt: skip


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("offered", ["short", "x" * 65, "a b c d e f g h", "знак-знак", "<script>1234"])  # fmt: skip
def test_a_number_that_does_not_look_like_one_is_replaced(client, db, offered):
    answer = client.get(f"/slept/{TOKEN}/", headers={"x-request-id": offered.encode().decode("latin-1")})  # fmt: skip
    assert len(answer["X-Request-ID"]) == 12


@pytest.mark.urls(__name__)
def test_a_slow_query_is_told_without_its_values(log, client, school, settings):
    settings.SLOW_QUERY_MS = 0.000001
    number = client.get(f"/slept/{TOKEN}/")["X-Request-ID"]
    (line,) = log.lines("mentoring.slow_queries")
    assert (line["request_id"], line["route"]) == (number, "slept")
    assert '"people_organization"."full_name" = %s' in line["sql"]
    clean(log)


@pytest.mark.urls(__name__)
def test_nothing_stands_between_a_query_and_the_database_when_nobody_asks(client, db, settings, monkeypatch):  # fmt: skip
    settings.SLOW_QUERY_MS, settings.LOG_REQUESTS = 0, False
    seen = []
    monkeypatch.setattr("tests.core.test_logs.slept", None)
    monkeypatch.setattr(
        "mentoring.core.tracing.Trace.__call__", lambda *given: seen.append(given), raising=True
    )
    client.get(f"/refused/{TOKEN}/")
    assert seen == []
    assert connection.execute_wrappers == [] or len(connection.execute_wrappers) == 1


def test_codes_pass_and_people_do_not():
    kept = 'duplicate key value violates unique constraint "people_person_organization_id_4f3a2b1c_uniq"'
    assert masked(kept) == kept
    assert masked("seal school=5 digest=" + "0f" * 32) == "seal school=5 digest=" + "0f" * 32
    assert masked(f"no {NAME} {MAIL} {TOKEN}") == "no …… …"
    assert masked("Key (email)=(a b) already exists") == "Key (email… already exists"
