"""Short forms of the doors of `make leaks`: a part of the pages and records, with one neighbour."""

import pytest
from django.urls import reverse

from people.models import ImportBatch, Job, PersonNote
from people.tasks import write_staff_list
from tests.leaks import bodies, machines, pages, records, secrets, uploads
from tests.leaks.doors import rows, with_links
from tests.leaks.tally import Tally
from tests.leaks.world import ask_again

pytestmark = [pytest.mark.xdist_group("two-schools"), pytest.mark.access]


def every(step: int, start: int = 0):
    return lambda found: list(found)[start::step]


@pytest.fixture
def tally() -> Tally:
    return Tally()


def test_no_row_leads_to_a_row_of_another_owner(two_schools, tally):
    rows(two_schools, tally)
    assert tally.leaks == []


def test_a_foreign_row_in_a_body_is_an_error_of_the_form(two_schools, tally):
    ask_again(two_schools)
    bodies.every_body(two_schools, tally, ("curator",), every(14, 1))
    assert tally.leaks == []
    assert tally.requests[bodies.DOOR] > 10


def test_the_records_of_the_curator_keep_to_the_school(two_schools, tally):
    ask_again(two_schools)
    records.every_record(two_schools, tally, ("curator",), every(5, 2))
    assert tally.leaks == []
    assert tally.requests[records.DOOR] > 80


def test_pieces_searches_and_exports_keep_to_the_school(two_schools, tally):
    pages.every_address(two_schools, tally, ("council", "mentor", "portal_admin"), every(29, 3))
    assert tally.leaks == []
    assert tally.requests[pages.DOOR] > 60


def test_tokens_tasks_and_letters_keep_to_their_school(two_schools, tally, settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    machines.every_token(two_schools, tally, single=False)
    machines.every_task(two_schools, tally)
    machines.every_letter(two_schools, tally)
    assert tally.leaks == []
    assert tally.requests[machines.API] > 20


def test_a_staff_list_of_the_neighbour_is_not_found_by_a_task_of_ours(two_schools):
    batch = ImportBatch.objects.of(two_schools.other).first()
    job = Job.objects.create(
        organization=two_schools.school, membership=two_schools.members["curator"], title="x"
    )
    with pytest.raises(ImportBatch.DoesNotExist):
        write_staff_list.func(job.pk, batch_id=batch.pk, only_valid=True)


def test_an_uploaded_list_recognises_nobody_of_the_neighbour(two_schools, tally):
    uploads.every_upload(two_schools, tally)
    assert tally.leaks == []


def test_the_link_of_a_representative_shows_one_pupil(two_schools, tally):
    with_links(two_schools, tally)
    assert tally.leaks == []


@pytest.mark.req("R-305", "R-224")
def test_a_note_of_a_third_party_is_read_at_the_price_of_a_line_in_the_log(two_schools, tally):
    secrets.every_reading(two_schools, tally)
    assert tally.leaks == []


@pytest.mark.req("R-305")
def test_the_marks_are_there_to_be_seen_by_those_who_may(two_schools):
    """The guards above could not fail otherwise."""
    note = PersonNote.objects.of(two_schools.school).get(text=secrets.text("тайна-третьих"))
    path = reverse("note", args=[two_schools.school.slug, note.pk])
    seen = {
        role: "тайна-третьих" in two_schools.visit(role, "GET", path).body.decode()
        for role in ("curator", "head", "psychologist", "portal_admin", "teacher")
    }
    assert seen == {"curator": True, "head": True, "psychologist": True, "portal_admin": False, "teacher": False}  # fmt: skip
