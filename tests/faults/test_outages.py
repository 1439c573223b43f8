"""Database away, disk full, mail away, half an update: a sentence with the next step, and nothing lost."""

import errno
import json
import os
import socket

import psycopg2
import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from mentoring.core import outages
from mentoring.core.outages import outage_of
from people.models import Answer, StoredFile
from people.services import surveys
from tests.factories import make_person
from tests.people.makers_surveys import DAY, make_survey


def raised(action) -> BaseException:
    """What the action ends with; the transaction around it goes on."""
    try:
        with transaction.atomic():
            action()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def sql(text: str):
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(text)

    return run


def full_sqlite() -> None:
    """A real «database or disk is full»: the file may not grow by one page more."""
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            for _ in range(4):
                cursor.execute("CREATE TABLE IF NOT EXISTS growing (x)")
                cursor.execute("INSERT INTO growing VALUES (zeroblob(5000000))")
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def error_of_postgres(code: str):
    return sql(f"DO $$ BEGIN RAISE EXCEPTION 'text' USING ERRCODE = '{code}'; END $$")


@pytest.mark.django_db
def test_a_missing_table_or_column_is_an_update():
    for text in ("SELECT * FROM no_such", "SELECT no_such FROM people_organization"):
        assert outage_of(raised(sql(text))) is outages.UPDATE


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the bound is SQLite's")
def test_a_full_database_file_is_a_full_disk():
    assert outage_of(raised(full_sqlite)) is outages.DISK


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="codes of PostgreSQL")
@pytest.mark.parametrize(
    ("code", "outage"),
    [
        ("53100", outages.DISK),
        ("40P01", outages.BUSY),
        ("55P03", outages.BUSY),
        ("57P03", outages.DATABASE),
    ],
)
def test_codes_of_postgres_are_understood(code, outage):
    assert outage_of(raised(error_of_postgres(code))) is outage


@pytest.mark.django_db
def test_a_fault_of_the_portal_itself_is_no_outage(school):
    def twice() -> None:
        type(school).objects.create(slug=school.slug)

    error = raised(twice)
    assert isinstance(error, IntegrityError)
    assert outage_of(error) is None
    assert outage_of(ValueError("x")) is None
    assert outage_of(OSError(errno.EACCES, "x")) is None


class FullDisk(FileSystemStorage):
    """Every write ends as on a full disk."""

    def _save(self, name, content):
        handle = os.open("/dev/full", os.O_WRONLY)
        try:
            os.write(handle, content.read())
        finally:
            os.close(handle)


@pytest.fixture
def patient():
    """A browser that is shown the last answer instead of the exception."""

    def sign_in(membership) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.mark.django_db
def test_a_full_disk_is_told_and_the_upload_leaves_nothing(curator, patient, settings):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.FullDisk"}}
    client = patient(curator)
    upload = reverse("imports", args=[curator.organization.slug])
    file = SimpleUploadedFile("список.csv", "Фамилия;Имя\nКим;Алла\n".encode())
    answer = client.post(upload, {"upload": file})
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    assert "пока администратор не освободит место" in answer.content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_who_waits_for_a_code_is_told_that_mail_is_away(curator, settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    curator.user.email = "kim@school.example"
    curator.user.save(update_fields=["email"])
    known, unknown = (
        Client(raise_request_exception=False).post(reverse("account_request_login_code"), {"email": email})
        for email in ("kim@school.example", "nobody@school.example")
    )  # fmt: skip
    for answer in (known, unknown):
        assert (answer.status_code, answer["Retry-After"]) == (503, "300")
        assert "Войдите по паролю" in answer.content.decode()


def break_connection() -> None:
    """As a restarted server does it: the session of this process is gone, the next one can be opened."""
    from psycopg2 import connect

    backend = connection.connection.info.backend_pid
    with connect(**connection.get_connection_params()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [backend])
    other.close()


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a server that can go away")
@pytest.mark.django_db(transaction=True)
def test_a_lost_database_is_told_and_the_next_request_works(curator, patient):
    client = patient(curator)
    home = reverse("home", args=[curator.organization.slug])
    assert client.get(home).status_code == 200
    connection.ensure_connection()
    break_connection()
    answer = client.get(home)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Портал перезапускается" in answer.content.decode()
    connection.close()  # what Django does at the end of a request outside tests
    assert client.get(home).status_code == 200


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a server that can go away")
@pytest.mark.django_db(transaction=True)
def test_an_answer_that_was_not_saved_is_said_so_and_saves_later(curator):
    survey = make_survey(curator, [make_person(curator.organization)], code="mentee_initial")
    link = next(iter(surveys.issue_links(survey.participants.all(), on=DAY, by=curator).values()))
    client = Client(raise_request_exception=False)
    client.get(f"/q/{link}/")
    body = json.dumps({"code": "expected", "value": "помощь с планом", "revision": 0})

    def save():
        return client.post(f"/q/{link}/save/", body, content_type="application/json", headers={"Accept": "application/json"})  # fmt: skip

    break_connection()
    refused = save()
    assert refused.status_code == 503
    assert "Введённое осталось в этом окне" in refused.json()["text"]
    connection.close()
    assert save().status_code == 200
    assert [row.value for row in Answer.objects.all()] == ["помощь с планом"]


def test_a_database_error_of_an_unknown_kind_is_not_called_an_outage():
    assert outage_of(DatabaseError("x")) is None


def test_an_error_that_the_driver_passes_on_as_it_is_is_an_outage_too():
    """Closing a cursor on the server side does: the list of a form was just read when the database died."""
    lost = psycopg2.OperationalError("server closed the connection unexpectedly")
    assert outage_of(lost) is outages.DATABASE
