"""Writing and undoing a staff list: the services, the command, the background."""

import datetime as dt
import io
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.core.errors import RuleError
from mentoring.core.exports import xlsx
from people.models import ImportBatch, Job, JournalEntry, Membership, Person, RoleGrant, StoredFile
from people.models.accounts import Role
from people.services import jobs, staff_import, staff_undo, staff_uploads, staff_writing
from people.services.persons import create_person, update_person
from people.staff_table import HEADINGS as TABLE
from people.staff_table import staff_rows as table_rows
from people.tasks import write_staff_list
from tests.factories import make_person
from tests.people.makers_imports import HEADINGS, make_xlsx, staff_rows, uploaded

DAY = dt.date(2026, 11, 21)


def uploaded_batch(by, rows, **over) -> ImportBatch:
    return staff_uploads.upload(by=by, upload=uploaded(make_xlsx(rows, **over)))


def written(by, rows, *, only_valid=False) -> ImportBatch:
    batch = uploaded_batch(by, rows)
    staff_writing.run_now(batch, by=by, only_valid=only_valid)
    return batch


def counts(**over) -> dict:
    return {"new": 0, "changed": 0, "unchanged": 0, "errors": 0, **over}


def row(**over) -> list:
    values = {
        "ФИО": "Ясенева Ольга Петровна", "Должность": "учитель химии", "Предмет": "химия",
        "Дата рождения": dt.date(1985, 5, 12), "Дата приёма": dt.date(2020, 9, 1), "Категория": "первая",
        "Пед. стаж, лет": 12, "Эл. почта": "yaseneva@school.example", "Телефон": "+7 (999) 000-00-01",
    }  # fmt: skip
    return [{**values, **over}.get(name, "") for name in HEADINGS]


def test_a_list_becomes_cards_by_the_same_rules_as_one_by_one(school, curator):
    batch = written(curator, [HEADINGS, row()])
    person = Person.objects.get(last_name="Ясенева")
    single = create_person(
        by=curator, last_name="Ясенева", first_name="Ольга", patronymic="Петровна", sex="f",
        job_title="учитель химии", subject="химия", birth_year=1985, employed_from=dt.date(2020, 9, 1),
        category="первая", teaching_years=12, teaching_years_on=staff_import.day_of(batch),
        email="yaseneva@school.example", phone="+7 (999) 000-00-01",
    )  # fmt: skip
    names = [field.name for field in Person._meta.concrete_fields if field.name != "id"]
    assert [getattr(person, name) for name in names] == [getattr(single, name) for name in names]
    for each in (person, single):
        assert (each.membership.organization, each.membership.user, each.membership.number) == (school, None, None)  # fmt: skip
        (history,) = each.history.all()
        assert (history.history_type, history.job_title, history.birth_year) == ("+", "учитель химии", 1985)  # fmt: skip
        entries = JournalEntry.objects.of(school).filter(object_type="people.person", object_id=each.pk)  # fmt: skip
        assert [(entry.event, entry.membership) for entry in entries] == [("person.created", curator)]  # fmt: skip
    assert batch.counts == counts(new=1)


def test_of_a_birth_date_nothing_but_the_year_is_left_anywhere(curator, django_capture_on_commit_callbacks):  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        batch = uploaded_batch(curator, [HEADINGS, row()])
        stored, storage = batch.file.file.name, batch.file.file.storage
        staff_writing.run_now(batch, by=curator)
    batch.refresh_from_db()
    assert (batch.file, batch.file_name) == (None, "список.xlsx")
    assert not storage.exists(stored)
    assert not StoredFile.objects.filter(purpose=staff_uploads.PURPOSE).exists()
    assert "12.05.1985" not in json.dumps([batch.undo, batch.errors, batch.mapping])
    assert "1985-05-12" not in json.dumps([batch.undo, batch.errors, batch.mapping])


def test_unchanged_rows_are_really_skipped(school, curator):
    written(curator, [HEADINGS, row(), row(ФИО="Дубова Анна Ильинична")])
    history = Person.history.count()
    batch = written(curator, [HEADINGS, row(), row(ФИО="Дубова Анна Ильинична", Категория="высшая")])  # fmt: skip
    assert batch.counts == counts(changed=1, unchanged=1)
    assert Person.history.count() == history + 1
    changed = Person.objects.get(last_name="Дубова")
    assert changed.category == "высшая"
    assert [line.history_type for line in changed.history.all()] == ["~", "+"]
    entries = JournalEntry.objects.of(school).filter(object_id=changed.pk, object_type="people.person")  # fmt: skip
    assert sorted(entries.values_list("event", flat=True)) == ["person.created", "person.updated"]


def test_a_changed_post_forgets_its_case_forms(school, curator):
    person = make_person(school, last_name="Ясенева", first_name="Ольга", patronymic="Петровна", job_title="методист", birth_year=1985, job_title_forms={"gent": "методиста"}, name_forms={"gent": "Ясеневой"})  # fmt: skip
    batch = written(curator, [HEADINGS, row()])
    person.refresh_from_db()
    assert (person.job_title, person.job_title_forms) == ("учитель химии", {})
    assert person.name_forms == {"gent": "Ясеневой"}
    staff_undo.undo(batch, by=curator)
    person.refresh_from_db()
    assert (person.job_title, person.job_title_forms) == ("методист", {"gent": "методиста"})
    assert (person.employed_from, person.teaching_years_on) == (dt.date(2015, 9, 1), None)


def test_all_or_only_the_valid_rows_are_written(school, curator):
    rows = [HEADINGS, row(), row(ФИО="Дубова Анна Ильинична", Категория="вторая")]
    batch = uploaded_batch(curator, rows)
    before = Person.objects.count()
    with pytest.raises(RuleError, match="ничего не записано"):
        staff_writing.run_now(batch, by=curator)
    batch.refresh_from_db()
    assert (Person.objects.count(), batch.state) == (before, "previewed")
    staff_writing.run_now(batch, by=curator, only_valid=True)
    assert (batch.counts, batch.state) == (counts(new=1, errors=1), "applied")
    assert batch.errors == [{"row": 3, "column": "Категория", "text": "Вторую категорию больше не присваивают. Оставьте клетку пустой."}]  # fmt: skip
    assert not Person.objects.filter(last_name="Дубова").exists()


def test_a_failure_in_the_middle_leaves_nothing(school, curator, monkeypatch):
    batch = uploaded_batch(curator, [HEADINGS, row()])
    monkeypatch.setattr(staff_writing, "change", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        staff_writing.run_now(batch, by=curator)
    assert not Person.objects.filter(last_name="Ясенева").exists()
    assert ImportBatch.objects.get(pk=batch.pk).state == "previewed"


@pytest.mark.parametrize("rows", [40, 2000])
def test_the_number_of_queries_does_not_grow_with_the_rows(rows, school, curator):
    """Same on PostgreSQL for 10 000 rows (bench); SQLite cuts inserts to its 999 parameters."""
    batch = uploaded_batch(curator, staff_rows(rows))
    with CaptureQueriesContext(connection) as queries:
        assert staff_import.preview(batch).counts == counts(new=rows)
        staff_import.start(batch, by=curator, task=write_staff_list)
    cut = [each for each in queries.captured_queries if each["sql"].startswith('INSERT INTO "people_person"')]  # fmt: skip
    assert len(queries) - len(cut) == 24
    again = uploaded_batch(curator, staff_rows(rows, changed=rows // 2))
    with CaptureQueriesContext(connection) as queries:
        assert staff_import.preview(again).counts == counts(changed=rows // 2, unchanged=rows - rows // 2)  # fmt: skip
        staff_import.start(again, by=curator, task=write_staff_list)
    if connection.vendor == "postgresql":
        assert (len(cut), len(queries)) == (1, 25)


def test_formulas_are_neutral_on_the_way_in_and_out(school, curator):
    written(curator, [HEADINGS, row(Должность="=cmd|' /C calc'!A0", Предмет="@SUM(A1)")])
    person = Person.objects.get(last_name="Ясенева")
    assert (person.job_title, person.subject) == ("'=cmd|' /C calc'!A0", "'@SUM(A1)")
    update_person(person, by=curator, job_title="=1+1")
    content = xlsx(TABLE, table_rows(Person.objects.filter(pk=person.pk), timezone.localdate()))
    batch = staff_uploads.upload(by=curator, upload=uploaded(content))
    assert staff_import.preview(batch).counts == counts(unchanged=1)


def test_the_exported_list_changes_nothing_when_loaded_back(school, head, curator):
    make_person(school, last_name="Клёнов", first_name="Пётр", patronymic="", sex="m", kind="external", institution="МБОУ «Лицей»", job_title="Методист", employed_from=None, phone="+7 (999) 000-00-02")  # fmt: skip
    make_person(school, last_name="Дубова", patronymic="Али кызы", employed_to=dt.date(2020, 5, 1), category="высшая", category_date=dt.date(2019, 3, 1), birth_year=1970, teaching_since=dt.date(2001, 9, 1), subject="химия", email="d@school.example")  # fmt: skip
    make_person(school, last_name="Липова", teaching_years=3, teaching_years_on=dt.date(2020, 9, 1), here_years=9, here_years_on=dt.date(2021, 9, 1), new_in_post_since=dt.date(2026, 9, 1))  # fmt: skip
    make_person(school, last_name="Соснина", employed_from=timezone.localdate() + dt.timedelta(days=30))  # fmt: skip
    today = timezone.localdate()
    content = xlsx(TABLE, table_rows(Person.objects.of(school), today))
    batch = staff_uploads.upload(by=curator, upload=uploaded(content))
    plan = staff_import.preview(batch)
    assert (plan.errors, plan.counts) == ([], counts(unchanged=6))


def test_undo_removes_what_was_added_and_restores_what_was_changed(school, curator):
    old = make_person(school, last_name="Дубова", first_name="Анна", patronymic="Ильинична", category="первая", job_title="методист", birth_year=1985)  # fmt: skip
    before = Person.objects.filter(pk=old.pk).values().get()
    people = Person.objects.count()
    batch = written(curator, [HEADINGS, row(), row(ФИО="Дубова Анна Ильинична", Категория="высшая")])  # fmt: skip
    new = Person.objects.get(last_name="Ясенева").pk
    done = staff_undo.undo(batch, by=curator)
    assert (done.removed, done.restored, done.kept) == (1, 1, [])
    assert Person.objects.count() == people
    assert Person.objects.filter(pk=old.pk).values().get() == before
    assert not Membership.objects.filter(person=new).exists()
    assert [line.history_type for line in Person.history.filter(id=new)] == ["-", "+"]
    batch.refresh_from_db()
    assert (batch.state, batch.undo) == ("undone", [])
    with pytest.raises(RuleError, match="только последнюю"):
        staff_undo.undo(batch, by=curator)


def test_undo_keeps_what_was_worked_with_and_says_why(school, curator):
    rows = [row(ФИО=f"{name} Анна Ильинична") for name in ("Ясенева", "Дубова", "Липова", "Соснова")]  # fmt: skip
    make_person(school, last_name="Берёзова", first_name="Анна", patronymic="Ильинична", birth_year=1985, phone="1")  # fmt: skip
    batch = written(curator, [HEADINGS, *rows, row(ФИО="Берёзова Анна Ильинична")])
    people = {person.last_name: person for person in Person.objects.of(school)}
    RoleGrant.objects.create(organization=school, membership=people["Дубова"].membership, role=Role.STAFF, starts_on=DAY)  # fmt: skip
    update_person(people["Липова"], by=curator, phone="+7 (999) 000-00-05")
    update_person(people["Берёзова"], by=curator, phone="+7 (999) 000-00-06")
    ImportBatch.objects.create(organization=school, membership=people["Соснова"].membership)
    staff_undo.undo(batch, by=curator)
    assert not Person.objects.filter(last_name="Ясенева").exists()
    batch.refresh_from_db()
    assert {(each["person"], each["text"]) for each in batch.counts["kept"]} == {
        (people["Дубова"].pk, "На карточку ссылаются записи: роль."),
        (people["Липова"].pk, "Карточку изменили после загрузки."),
        (people["Соснова"].pk, "На карточку ссылаются записи: загрузка списка."),
        (people["Берёзова"].pk, "Изменено после загрузки и оставлено: телефон."),
    }
    people["Берёзова"].refresh_from_db()
    assert (people["Берёзова"].phone, people["Берёзова"].job_title) == ("+7 (999) 000-00-06", "учитель математики")  # fmt: skip


def test_only_the_last_import_is_undone(school, curator):
    first = written(curator, [HEADINGS, row()])
    second = written(curator, [HEADINGS, row(ФИО="Дубова Анна Ильинична")])
    with pytest.raises(RuleError, match="только последнюю"):
        staff_undo.undo(first, by=curator)
    staff_undo.undo(second, by=curator)
    first.refresh_from_db()
    assert staff_undo.undo(first, by=curator).removed == 1


def test_neighbours_people_are_neither_matched_nor_touched(school, other_school, curator):
    theirs = make_person(other_school, last_name="Ясенева", first_name="Ольга", patronymic="Петровна", birth_year=1985)  # fmt: skip
    batch = written(curator, [HEADINGS, row()])
    assert batch.counts == counts(new=1)
    theirs.refresh_from_db()
    assert theirs.job_title == "учитель математики"


def test_rights_are_asked_by_every_service(school, curator, head, teacher):
    batch = uploaded_batch(curator, [HEADINGS, row()])
    for member in (head, teacher):
        for call in (
            lambda by: staff_uploads.upload(by=by, upload=uploaded(b"a")),
            lambda by: staff_import.choose_columns(batch, by=by, columns={}),
            lambda by: staff_import.choose_namesakes(batch, by=by, rows=[]),
            lambda by: staff_import.choose_sheet(batch, by=by, sheet="", header_row=1),
            lambda by: staff_import.start(batch, by=by, task=write_staff_list),
            lambda by: staff_writing.run_now(batch, by=by),
            lambda by: staff_uploads.discard(batch, by=by),
            lambda by: staff_undo.undo(batch, by=by),
        ):
            with pytest.raises(PermissionDenied):
                call(member)


def test_of_two_confirmations_one_starts(school, curator):
    batch = uploaded_batch(curator, [HEADINGS, row()])
    staff_import.start(batch, by=curator, task=write_staff_list)
    with pytest.raises(RuleError, match="уже записывается или записан"):
        staff_import.start(batch, by=curator, task=write_staff_list)
    assert Person.objects.filter(last_name="Ясенева").count() == 1


def test_the_task_may_run_again_and_says_why_it_could_not(school, curator):
    batch = uploaded_batch(curator, [HEADINGS, row(), row(ФИО="Ким")])
    job = staff_import.start(batch, by=curator, task=write_staff_list)
    job.refresh_from_db()
    batch.refresh_from_db()
    assert (job.state, job.error, batch.state) == ("failed", staff_writing.REFUSED, "failed")
    job = staff_import.start(batch, by=curator, task=write_staff_list, only_valid=True)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    Job.objects.filter(pk=job.pk).update(state="running")
    write_staff_list.call(job.pk, batch_id=batch.pk, only_valid=True)
    assert Person.objects.filter(last_name="Ясенева").count() == 1


def test_uploads_nobody_confirmed_and_old_details_are_forgotten(school, curator):
    old = uploaded_batch(curator, [HEADINGS, row()])
    done = written(curator, [HEADINGS, row()])
    long_ago = timezone.now() - dt.timedelta(days=30)
    ImportBatch.objects.update(created_at=long_ago)
    uploaded_batch(curator, [HEADINGS, row()])
    old.refresh_from_db()
    assert (old.file, StoredFile.objects.filter(purpose=staff_uploads.PURPOSE).count()) == (None, 1)
    assert staff_uploads.forget_details(school, before=timezone.now() - dt.timedelta(days=7)) == 1
    done.refresh_from_db()
    assert (done.undo, done.counts) == ([], counts(new=1))
    with pytest.raises(RuleError, match="стёрты по сроку"):
        staff_undo.undo(done, by=curator)


def command(path, school, *options) -> dict:
    out = io.StringIO()
    call_command("import_staff", str(path), "--school", school.slug, "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_answers_in_json(school, curator, tmp_path):
    path = tmp_path / "список.xlsx"
    path.write_bytes(make_xlsx([HEADINGS, row(), row(ФИО="Дубова Анна Ильинична", Категория="вторая")]))  # fmt: skip
    error = {"row": 3, "column": "Категория", "text": "Вторую категорию больше не присваивают. Оставьте клетку пустой."}  # fmt: skip
    answer = {"new": 1, "changed": 0, "unchanged": 0, "errors": [error]}
    assert command(path, school, "--dry-run") == answer
    assert not Person.objects.filter(last_name="Ясенева").exists()
    with pytest.raises(CommandError, match="ничего не записано"):
        command(path, school)
    assert not Person.objects.filter(last_name="Ясенева").exists()
    assert command(path, school, "--valid-only") == answer
    assert command(path, school, "--dry-run") == {**answer, "new": 0, "unchanged": 1}
    batch = ImportBatch.objects.get()
    assert (batch.membership, batch.file_name, batch.state) == (curator, "список.xlsx", "applied")


def test_the_command_speaks_russian_about_files_and_schools(school, curator, tmp_path):
    path = tmp_path / "старый.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    out = io.StringIO()
    with pytest.raises(CommandError, match="старого формата Excel"):
        call_command("import_staff", str(path), "--school", school.slug, "--dry-run", "--json", stdout=out)  # fmt: skip
    answer = json.loads(out.getvalue())
    assert (answer["new"], answer["errors"][0]["row"], answer["errors"][0]["column"]) == (0, 0, "")
    with pytest.raises(CommandError, match="Организации «нет» нет"):
        call_command("import_staff", str(path), "--school", "нет")
    with pytest.raises(CommandError, match="Файл не открывается"):
        call_command("import_staff", str(tmp_path / "x"), "--school", school.slug)
    path.write_bytes(make_xlsx([HEADINGS, row()]))
    call_command("import_staff", str(path), "--school", school.slug, stdout=(out := io.StringIO()))
    assert out.getvalue() == "Записано: новых 1, изменено 0, без изменений 0. Ошибок: 0.\n"


def test_a_list_that_another_attempt_took_over_is_not_written_twice(curator, monkeypatch):
    """The worker slept after reading the file: when it wakes up, the list belongs to another."""
    batch = uploaded_batch(curator, staff_rows(3))
    staff_import.claim(batch, by=curator)
    row = Job.objects.create(organization=curator.organization, membership=curator, title="Список")
    read = staff_import.read
    monkeypatch.setattr(staff_import, "read", lambda batch: (read(batch), jobs.begin(row.pk))[0])
    known = Person.objects.count()
    with pytest.raises(jobs.Superseded):
        staff_writing.run(batch, by=curator, only_valid=False, job=jobs.begin(row.pk))
    batch.refresh_from_db()
    assert (Person.objects.count(), batch.state) == (known, ImportBatch.State.RUNNING)
