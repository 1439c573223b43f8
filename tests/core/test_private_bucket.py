"""Files in an S3-compatible storage behave as those in a folder: private, never lost, gone when they are erased."""

import datetime as dt

import boto3
import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from moto.server import ThreadedMotoServer

from mentoring.core import backups
from mentoring.core.access import ALLOWED
from mentoring.core.object_storage import FOLDER, files_backend
from mentoring.core.private_bucket import PrivateBucket
from mentoring.portal.state import ready
from people import files as reading_rules
from people.models import StoredFile
from people.services import erasing, files
from tests.roadmap.makers import approve, make_curator_order, send

KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, settings, db):
    """The objects of the bucket, which is the storage of the portal."""
    found = boto3.resource("s3", endpoint_url=endpoint, **KEYS).Bucket("papers")
    found.create()
    url = f"s3://papers/portal?endpoint={endpoint}&region=us-east-1"
    settings.STORAGES = {**settings.STORAGES, "default": files_backend(url, "key", "secret")}
    yield found
    found.objects.all().delete()


def store(school, purpose="consent", content=b"%PDF-1.7 scan %%EOF"):
    return files.store(content, organization=school, purpose=purpose, name="скан.pdf", content_type="application/pdf")  # fmt: skip


def names(bucket) -> list[str]:
    return [one.key for one in bucket.objects.all()]


def test_the_address_of_a_bucket_is_read_and_a_wrong_one_is_refused():
    assert files_backend("") == FOLDER
    assert files_backend("s3://papers/a/b?endpoint=https://s3.example&region=ru-1") == {
        "BACKEND": "mentoring.core.private_bucket.PrivateBucket",
        "OPTIONS": {"bucket_name": "papers", "location": "a/b", "endpoint_url": "https://s3.example", "region_name": "ru-1"},
    }  # fmt: skip
    for wrong in ("papers", "https://papers", "s3://key:secret@papers", "s3://papers?acl=public-read"):  # fmt: skip
        with pytest.raises(ValueError, match="FILES_URL: ожидается") as refusal:
            files_backend(wrong, "key", "secret")
        assert "secret" not in str(refusal.value)


def test_a_file_is_an_object_that_only_its_owner_reads(bucket, school):
    stored = store(school)
    assert isinstance(default_storage._wrapped, PrivateBucket)
    assert names(bucket) == [f"portal/{stored.file.name}"]
    grants = bucket.Object(names(bucket)[0]).Acl().grants
    assert [(one["Grantee"]["Type"], one["Permission"]) for one in grants] == [("CanonicalUser", "FULL_CONTROL")]  # fmt: skip
    assert StoredFile.objects.get().read() == b"%PDF-1.7 scan %%EOF"
    with pytest.raises(NotImplementedError):
        _ = stored.file.url


def test_a_paper_goes_into_force_and_is_read_through_the_rights_check(
    bucket, school, curator, head, stranger, client_for, quick_papers
):
    paper = approve(send(make_curator_order(curator), curator), head)
    kept = {one.key: one.get()["Body"].read() for one in bucket.objects.all()}
    assert len(kept) >= 2
    address = reverse("document_pdf", args=["school", paper.pk, paper.kind])
    answer = client_for(curator).get(address)
    assert answer.status_code == 200
    assert answer.content in kept.values()
    assert client_for(stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_file_that_is_gone_is_said_to_be_gone(bucket, school, curator, client_for, monkeypatch):
    monkeypatch.setitem(reading_rules._rules, "consent", lambda member, stored: ALLOWED)
    stored = store(school)
    address = stored.get_absolute_url()
    answer = client_for(curator).get(address)
    assert (answer.status_code, answer["Content-Length"]) == (200, str(stored.size))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 scan %%EOF"
    bucket.objects.all().delete()
    assert client_for(curator).get(address).status_code == 404


def test_erasing_takes_the_object_when_the_transaction_is_through(bucket, school):
    stored, other = store(school), store(school)
    with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
        erasing.erase_files([stored.pk])
        assert len(names(bucket)) == 2
    assert names(bucket) == [f"portal/{other.file.name}"]


def test_a_transaction_that_fails_loses_no_file(bucket, school):
    stored = store(school)
    with TestCase.captureOnCommitCallbacks(execute=True):
        try:
            with transaction.atomic():
                erasing.erase_files([stored.pk])
                raise RuntimeError("the machine of the purge went away")
        except RuntimeError:
            pass
    assert StoredFile.objects.get().read() == b"%PDF-1.7 scan %%EOF"


@pytest.mark.parametrize("where", ["bucket", "folder"])
def test_bytes_without_a_row_go_at_the_next_purge(request, school, other_school, where, db):
    if where == "bucket":
        request.getfixturevalue("bucket")
    kept, theirs, lost = store(school), store(other_school), store(school)
    StoredFile.objects.filter(pk=lost.pk)._raw_delete("default")
    later = timezone.now() + dt.timedelta(seconds=5)
    assert erasing.erase_strays(school, before=later - dt.timedelta(days=1)) == 0
    assert erasing.erase_strays(school, before=later) == 1
    assert erasing.erase_strays(school, before=later) == 0
    there = [default_storage.exists(one.file.name) for one in (kept, theirs, lost)]
    assert there == [True, True, False]


def test_the_record_of_the_backup_lies_in_the_bucket_too(bucket):
    assert backups.last_backup() is None
    newest = backups.LastBackup(timezone.now(), 5, "archive")
    backups.note(backups.LastBackup(timezone.now() - dt.timedelta(days=1), 4, "older"))
    backups.note(newest)
    assert backups.last_backup() == newest
    assert len(names(bucket)) == 1


def test_a_storage_that_does_not_answer_makes_the_host_unready(bucket, endpoint, settings, monkeypatch):  # fmt: skip
    monkeypatch.setattr(ready, "_kept", {})
    assert Client().get("/readyz").json()["storage"] == "ok"
    monkeypatch.setattr(ready, "_kept", {})
    gone = files_backend("s3://papers?endpoint=http://127.0.0.1:9&region=us-east-1", "k", "secret")
    settings.STORAGES = {**settings.STORAGES, "default": gone}
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["storage"]) == (503, "no")
    assert "secret" not in answer.content.decode()
