"""Two web servers and two workers on one PostgreSQL: one is killed, one is stopped and wakes up later."""

import datetime as dt
import re
import threading
import time
import urllib.request
from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from people.models import Job, JournalEntry, StoredFile
from people.services import consents, jobs, sweeping
from roadmap.models import Approval, Document
from tests.factories import make_person
from tests.faults import hosts
from tests.faults.slow_work import count_to_ten
from tests.guards.test_kill_server import Browser, signed_in
from tests.programs.makers_public import agree, honour
from tests.roadmap.makers import make_curator_order, send

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]
PASSWORDS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]


@pytest.fixture
def started():
    """Hosts to end after the test, whatever state they are in."""
    found = []
    yield found
    for host in found:
        host.kill()


def approve(browser: Browser, base: str, paper: int, answers: list) -> None:
    """The head's form on the host `base`; the session is the same on every host."""
    path = f"/s/school/documents/{paper}/approve/"
    browser.base = base
    with suppress(OSError):  # the host is killed while answering
        page = browser.get(path)
        form = dict(re.findall(r'name="(edition)"[^>]*value="([^"]*)"', page))
        values = {**form, "dated_on": "2026-09-01", "number": f"{paper}-К", "signed_on_paper": "on"}
        answers.append(browser.post(path, page, **values))


def in_background(*arguments) -> threading.Thread:
    thread = threading.Thread(target=approve, args=arguments, daemon=True)
    thread.start()
    return thread


def test_papers_come_into_force_once_whatever_happens_to_a_web_host(
    tmp_path, started, settings, school, curator, head
):
    settings.PASSWORD_HASHERS = PASSWORDS
    head.user.set_password("nastavnik-demo")
    head.user.save()
    killed, stopped, both = (send(make_curator_order(curator), curator).pk for _ in range(3))
    first, first_base = hosts.web(tmp_path)
    started.append(first)
    second, second_base = hosts.web(tmp_path)
    started.append(second)
    browser = signed_in(first_base, head.user.username)
    browser.base = second_base
    assert "На утверждение" in browser.get("/s/school/")  # signed in there, known here

    # Stopped in the middle: the other host is asked for the same paper, then the first one wakes up.
    answers = []
    asleep = in_background(clone(browser), first_base, stopped, answers)
    time.sleep(0.4)
    first.stop()
    other = in_background(clone(browser), second_base, stopped, answers)
    time.sleep(1)
    first.wake()
    asleep.join(hosts.SECONDS)
    other.join(hosts.SECONDS)
    assert whole(stopped)

    # Both hosts at the same moment.
    pair = [in_background(clone(browser), base, both, answers) for base in (first_base, second_base)]  # fmt: skip
    for thread in pair:
        thread.join(hosts.SECONDS)
    assert whole(both)

    # Killed in the middle: the person tries again on the other host.
    gone = in_background(clone(browser), first_base, killed, answers)
    time.sleep(0.4)
    first.kill()
    gone.join(hosts.SECONDS)
    assert state_of(killed) in ("review", "in_force")
    approve(clone(browser), second_base, killed, answers)
    assert whole(killed)
    numbers = list(Document.objects.filter(pk__in=[killed, stopped, both]).values_list("number", flat=True))  # fmt: skip
    assert sorted(numbers) == sorted(f"{pk}-К" for pk in (killed, stopped, both))


def clone(browser: Browser) -> Browser:
    """Another window of the same person."""
    other = Browser(browser.base)
    other.opener = browser.opener
    return other


def state_of(paper: int) -> str:
    return Document.objects.get(pk=paper).state


def whole(paper: int) -> bool:
    """In force, approved once, with its two files."""
    document = Document.objects.get(pk=paper)
    approvals = Approval.objects.filter(step__document=document).count()
    assert (document.state, approvals, document.files.count()) == ("in_force", 1, 2)
    return True


def begin(curator, pause: float) -> Job:
    return jobs.start(count_to_ten, by=curator, title="Счёт", pause=pause)


def sweep_until_taken(job: Job, attempt: int) -> None:
    def taken() -> bool:
        sweeping.sweep(timezone.now())
        job.refresh_from_db()
        return job.attempt == attempt

    hosts.wait_for(taken)


def done(job: Job) -> bool:
    job.refresh_from_db()
    return job.state == Job.State.DONE


def made_once(job: Job) -> None:
    assert StoredFile.objects.filter(purpose="pack").count() == 1
    assert JournalEntry.objects.filter(event="pack.made", object_id=job.pk).count() == 1
    assert job.result == StoredFile.objects.get(purpose="pack")


@pytest.fixture
def queued(settings, curator):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.INTERRUPTED_AFTER = dt.timedelta(seconds=2)
    return curator


def test_a_stopped_worker_that_wakes_up_does_nothing_twice(tmp_path, started, queued):
    job = begin(queued, 0.3)
    started.append(hosts.worker(tmp_path, "first"))
    hosts.wait_for(lambda: Job.objects.get(pk=job.pk).done >= 2)
    started[0].stop()
    started.append(hosts.worker(tmp_path, "second"))
    sweep_until_taken(job, 2)
    hosts.wait_for(lambda: Job.objects.get(pk=job.pk).done >= 3)
    started[0].wake()  # in the middle of the work of the other
    hosts.wait_for(lambda: done(job))
    second = begin(queued, 0)  # both have gone on when this one is done and nothing runs
    hosts.wait_for(lambda: done(second) and not DBTaskResult.objects.filter(status="RUNNING").exists())  # fmt: skip
    StoredFile.objects.filter(pk=second.result_id).update(purpose="other")
    made_once(job)
    assert (job.attempt, job.error) == (2, "")


def test_the_work_of_a_killed_worker_is_done_by_another(tmp_path, started, queued):
    job = begin(queued, 0.3)
    started.append(hosts.worker(tmp_path, "first"))
    hosts.wait_for(lambda: Job.objects.get(pk=job.pk).done >= 2)
    started.append(hosts.worker(tmp_path, "second"))
    started[0].kill()
    sweep_until_taken(job, 2)
    hosts.wait_for(lambda: done(job))
    made_once(job)
    assert DBTaskResult.objects.get().worker_ids == ["first", "second"]


def test_a_withdrawn_consent_leaves_the_pages_of_every_host(tmp_path, started, school, curator):
    """Hosts without a common disk: no page is believed for longer than PUBLIC_PAGE_SECONDS."""
    person = make_person(school, last_name="Соловьёва", first_name="Ирина", patronymic="Юрьевна")
    consent = agree(person)
    honour(person, since=timezone.localdate())
    places = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        host, base = hosts.web(folder, PUBLIC_CACHE_DIR=str(folder / "kept"), PUBLIC_PAGE_SECONDS="3")  # fmt: skip
        started.append(host)
        places.append(base)
    assert [person.last_name in read(base) for base in places] == [True, True]
    assert all((tmp_path / name / "kept/school").is_dir() for name in ("first", "second"))
    consents.withdraw(consent, on=timezone.localdate(), by=curator, method="paper")
    hosts.wait_for(lambda: not any(person.last_name in read(base) for base in places), seconds=30)


def read(base: str) -> str:
    with urllib.request.urlopen(f"{base}/p/school/", timeout=60) as answer:
        return answer.read().decode()
