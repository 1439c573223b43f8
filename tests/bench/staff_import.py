"""A staff list of 10 000 rows: preview and confirm against reading, `clean_fields` and one upsert.

Both in one run on the same database and model. Ours reads the file twice, compares every row with the
cards, keeps history, journal, memberships and what is needed to undo; all is rolled back.
"""

import datetime as dt
import io
import tempfile
from contextlib import contextmanager

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings
from python_calamine import CalamineWorkbook

from people.models import ImportBatch, Membership, Organization, Person, RoleGrant
from people.models.accounts import Role
from people.pages import with_current_roles
from people.services import staff_import, staff_uploads, staff_writing
from people.tasks import write_staff_list
from tests.bench.timing import Result, compare
from tests.people.makers_imports import make_xlsx, staff_rows, uploaded

ROWS, CHANGED, GOAL, MOST_QUERIES = 10_000, 500, 2.0, 30
DAY = dt.date(2026, 9, 1)
WRITTEN = ["job_title", "subject", "email", "phone", "employed_from", "category", "teaching_years", "teaching_years_on", "birth_year"]  # fmt: skip


class Rollback(Exception):
    pass


@contextmanager
def undone():
    """Everything inside happens and is taken back."""
    try:
        with transaction.atomic():
            yield
            raise Rollback
    except Rollback:
        pass


def make_school() -> Membership:
    school = Organization.objects.create(slug="bench-import", full_name="Школа", short_name="Школа", institution_type="school")  # fmt: skip
    person = Person.objects.create(organization=school, last_name="Ким", first_name="Алла", sex="f")
    member = Membership.objects.create(organization=school, person=person)
    RoleGrant.objects.create(organization=school, membership=member, role=Role.CURATOR, starts_on=DAY)  # fmt: skip
    return with_current_roles(member)


def floor(content: bytes, school: Organization, pks: dict[str, int]) -> None:
    """Read once, check every row by its model, one upsert: nothing is compared, nothing remembered."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    people = []
    for _, name, post, subject, born, hired, category, years, email, phone in rows:
        last, first, patronymic = name.split()
        person = Person(
            pk=pks.get(last), organization_id=school.pk, last_name=last, first_name=first, patronymic=patronymic,
            sex="f", job_title=post, subject=subject, birth_year=born.year, employed_from=hired, category=category,
            teaching_years=int(years), teaching_years_on=DAY, email=email, phone=phone,
        )  # fmt: skip
        person.clean_fields(exclude=["id", "organization"])
        people.append(person)
    with transaction.atomic():
        Person.objects.bulk_create(
            people, batch_size=1000, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
        )  # fmt: skip


def previewed(pk: int, by: Membership, expected: dict) -> None:
    """Preview and confirm of an uploaded list: what the pages call."""
    batch = ImportBatch.objects.select_related("organization", "file").get(pk=pk)
    assert staff_import.preview(batch).counts == expected
    staff_import.start(batch, by=by, task=write_staff_list)
    batch.refresh_from_db()
    assert batch.counts == expected


def numbers(**over) -> dict:
    return {"new": 0, "changed": 0, "unchanged": 0, "errors": 0, **over}


def measure(name: str, content: bytes, by: Membership, pks: dict, expected: dict) -> list[Result]:
    def inside(call):
        with undone():
            call()

    batch = staff_uploads.upload(by=by, upload=uploaded(content))
    with undone(), CaptureQueriesContext(connection) as queries:
        previewed(batch.pk, by, expected)
    result = compare(
        name,
        lambda: inside(lambda: previewed(batch.pk, by, expected)),
        lambda: inside(lambda: floor(content, by.organization, pks)),
        goal=GOAL, repeats=5,
    )  # fmt: skip
    found = [result]
    if connection.vendor == "postgresql":
        found.append(Result(f"{name}: запросов к базе", len(queries), MOST_QUERIES))
    return found


def run() -> list[Result]:
    tasks = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder, TASKS=tasks), undone():  # fmt: skip
        by = make_school()
        first, again = make_xlsx(staff_rows(ROWS)), make_xlsx(staff_rows(ROWS, changed=CHANGED))
        results = measure("staff_import_new", first, by, {}, numbers(new=ROWS))
        batch = staff_uploads.upload(by=by, upload=uploaded(first))
        staff_writing.run(batch, by=by, only_valid=False)
        pks = dict(Person.objects.of(by.organization).values_list("last_name", "pk"))
        expected = numbers(changed=CHANGED, unchanged=ROWS - CHANGED)
        results += measure("staff_import_again", again, by, pks, expected)
    return results
