"""The clock of the server was ahead and is set back: what was written «in the future» takes nothing away.

Rows are moved ahead, as a clock that was ahead would have dated them; then people go on today.
"""

import datetime as dt

import pytest
from django.db import models
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from people.models import Answer, Job, JournalEntry, Letter
from people.services import journal, outbox
from people.services.answers import save_answer
from people.services.questionnaires import content_of
from people.services.sweeping import sweep
from roadmap.models import Document, DocumentFile
from roadmap.services import numbers
from roadmap.services.archive import latest_file
from tests.factories import make_person
from tests.people.makers_surveys import make_survey
from tests.roadmap.makers import approve, make_curator_order, send

pytestmark = pytest.mark.django_db
AHEAD = dt.timedelta(hours=3)


def test_the_file_with_the_number_stays_the_valid_one(curator, head, quick_papers):
    paper = approve(send(make_curator_order(curator), curator), head, signed_on_paper=True)
    DocumentFile.objects.update(created_at=F("created_at") + AHEAD)
    numbers.enter_number(Document.objects.get(pk=paper.pk), number="81-К", by=curator)
    valid = latest_file(paper)
    assert valid.pk == DocumentFile.objects.filter(rendition="official").latest("pk").pk
    assert "81-К" in valid.html


def test_an_answer_goes_on_by_its_revision_not_by_time(curator):
    survey = make_survey(curator, [make_person(curator.organization)], code="mentee_initial")
    participant = survey.participants.get()
    question = next(one for one in content_of(survey.version).questions if one.code == "expected")
    save_answer(participant, question, "помощь с планом", revision=0)
    Answer.objects.update(saved_at=F("saved_at") + AHEAD)
    saved = save_answer(participant, question, "помощь с уроками", revision=1)
    assert (saved.revision, saved.conflict) == (2, False)
    assert Answer.objects.get().value == "помощь с уроками"


def make_letter(organization, **over) -> Letter:
    person = make_person(organization)
    values = {"address": "kim@school.example", "subject": "Тема", "text": "Текст"}
    return Letter.objects.create(organization=organization, person=person, **values | over)


def test_an_interrupted_letter_does_not_hang_until_the_clock_catches_up(school, mailoutbox):
    now = timezone.now()
    letter = make_letter(school, state=Letter.State.SENDING, sent_at=now + dt.timedelta(days=300))
    outbox.send_waiting(now)
    letter.refresh_from_db()
    assert (letter.state, len(mailoutbox)) == (Letter.State.SENT, 1)


def test_an_interrupted_task_does_not_hang_until_the_clock_catches_up(curator):
    now = timezone.now()
    job = Job.objects.create(organization=curator.organization, membership=curator, title="Печать", updated_at=now + AHEAD)  # fmt: skip
    result = DBTaskResult.objects.create(
        status="RUNNING", started_at=now + AHEAD, args_kwargs={"args": [], "kwargs": {"job_id": job.pk}}, worker_ids=["w"],
        task_path="roadmap.tasks.pack_papers", backend_name="default", run_after=now, exception_class_path="", traceback="",
    )  # fmt: skip
    assert sweep(now).returned == 1
    result.refresh_from_db()
    assert result.status == "READY"


def test_a_letter_put_off_too_far_goes_out_today(school, mailoutbox):
    now = timezone.now()
    letter = make_letter(school, not_before=now + dt.timedelta(days=300), attempts=1)
    outbox.send_waiting(now)
    letter.refresh_from_db()
    assert (letter.state, len(mailoutbox)) == (Letter.State.SENT, 1)


def test_the_journal_keeps_the_order_of_what_happened(curator):
    first = journal.record(curator, "organization.changed", curator.organization)
    models.QuerySet(JournalEntry).filter(pk=first.pk).update(at=F("at") + AHEAD)
    second = journal.record(curator, "organization.changed", curator.organization)
    newest = list(JournalEntry.objects.values_list("pk", flat=True)[:2])
    assert newest == [second.pk, first.pk]
