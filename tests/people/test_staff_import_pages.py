"""The guided import and the admin's, by HTTP as named roles."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import ImportBatch, Job, Person
from people.services import staff_uploads
from tests.factories import make_person
from tests.people.makers_imports import HEADINGS, make_xlsx, staff_rows, uploaded
from tests.people.test_staff_import import counts, row, uploaded_batch, written

GET = ["imports", "import", "import_columns", "import_undo"]
POST = ["import_apply", "import_namesakes", "import_delete", "import_undo"]


def address(name, school, batch=None):
    return reverse(name, args=[school.slug, *([] if name == "imports" else [batch.pk])])


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("name", GET)
def test_ladder_of_rights(name, school, head, curator, teacher, portal_admin, stranger, client_for):
    batch = uploaded_batch(curator, [HEADINGS, row()])
    url = address(name, school, batch)
    assert Client().get(url).status_code == 302
    assert client_for(stranger).get(url).status_code == 404
    for refused in (teacher, head):
        answer = client_for(refused).get(url)
        assert answer.status_code == 403
        assert "Список сотрудников ведут куратор и администратор портала." in text_of(answer)
    assert client_for(curator).get(url).status_code == 200
    assert client_for(portal_admin).get(url).status_code == 200


def test_neighbours_upload_is_not_found(school, curator, stranger, client_for):
    batch = uploaded_batch(stranger, [HEADINGS, row()])
    client = client_for(curator)
    for name in (*GET[1:], *POST):
        url = address(name, school, batch)
        assert (client.get(url).status_code if name in GET else 404) == 404
        assert client.post(url).status_code == 404
    assert "список.xlsx" not in text_of(client.get(address("imports", school)))
    batch.refresh_from_db()
    assert batch.state == "previewed"


def test_from_the_file_to_the_cards_and_back(school, curator, client_for):
    client = client_for(curator)
    rows = [HEADINGS, row(), row(ФИО="Дубова Анна Ильинична", Категория="вторая")]
    answer = client.post(address("imports", school), {"upload": uploaded(make_xlsx(rows))})
    batch = ImportBatch.objects.get()
    assert answer.url == address("import", school, batch)
    page = client.get(answer.url)
    assert page.context["tabs"] == [
        ("wrong", "С ошибками", 1), ("doubt", "Проверьте", 0), ("changed", "Изменятся", 0), ("new", "Новые", 1),
        ("unchanged", "Без изменений", 0),
    ]  # fmt: skip
    assert "<strong>Категория:</strong> Вторую категорию больше не присваивают." in text_of(page)
    assert "Записать только верные строки: 1" in text_of(page)
    shown = text_of(client.get(answer.url, {"show": "new"}))
    assert '<span class="quiet">Год рождения:</span> 1985' in shown
    assert "12.05.1985" not in shown
    client.post(address("import_apply", school, batch), {"rows": "valid"})
    result = text_of(client.get(answer.url))
    assert "Добавлено карточек: 1. Изменено: 0. Без изменений: 0. Пропущено строк с ошибками: 1." in result  # fmt: skip
    assert "Пропущенные строки" in result
    confirm = text_of(client.get(address("import_undo", school, batch)))
    assert "Добавленных карточек будет удалено: 1." in confirm
    client.post(address("import_undo", school, batch))
    assert "Удалено карточек: 1. Вернули прежние значения: 0." in text_of(client.get(answer.url))
    assert not Person.objects.filter(last_name="Ясенева").exists()


def test_changes_are_shown_before_and_after(school, curator, client_for):
    written(curator, [HEADINGS, row()])
    batch = uploaded_batch(curator, [HEADINGS, row(Категория="высшая")])
    page = text_of(client_for(curator).get(address("import", school, batch), {"show": "changed"}))
    assert '<span class="quiet">Категория:</span> первая → <strong>высшая</strong>' in page


def test_columns_are_corrected_on_the_screen(school, curator, client_for):
    rows = [["Кто", "Чем занят"], ["Ясенева Ольга Петровна", "учитель химии"]]
    client = client_for(curator)
    answer = client.post(address("imports", school), {"upload": uploaded(make_xlsx(rows, more={"Лист": [["ФИО"], ["Ли Анна Ильинична"]]}))})  # fmt: skip
    batch = ImportBatch.objects.get()
    url = address("import_columns", school, batch)
    client.post(url, {"sheet": "Список", "header_row": "1"})
    page = client.get(url)
    shown = [(each.label, each.value(), samples) for each, samples in page.context["form"].rows()]
    assert shown == [
        ("Кто", "name", ["Ясенева Ольга Петровна"]),
        ("Чем занят", "", ["учитель химии"]),
    ]
    refused = client.post(url, {"column_0": "job_title", "column_1": "job_title"})
    assert "Выбрано у двух столбцов: «Должность». Оставьте у одного." in text_of(refused)
    refused = client.post(url, {"column_0": "", "column_1": "job_title"})
    assert "Укажите столбец с ФИО" in text_of(refused)
    answer = client.post(url, {"column_0": "name", "column_1": "job_title"})
    assert answer.url == address("import", school, batch)
    plan = client.get(answer.url, {"show": "new"}).context["lines"]
    assert [(each["line"].name, each["line"].post) for each in plan] == [("Ясенева Ольга Петровна", "учитель химии")]  # fmt: skip


def test_a_list_that_is_not_understood_leads_to_the_columns(school, curator, client_for):
    client = client_for(curator)
    answer = client.post(address("imports", school), {"upload": uploaded(make_xlsx([["1", "учитель"], ["2", "методист"]]))})  # fmt: skip
    batch = ImportBatch.objects.get()
    assert answer.url == address("import_columns", school, batch)
    assert "Не нашли строку заголовков." in text_of(client.get(answer.url))
    assert client.get(address("import", school, batch)).url == answer.url


def test_doubtful_rows_are_decided_by_a_human(school, curator, client_for):
    make_person(school, last_name="Ясенева", first_name="Ольга", patronymic="Петровна", job_title="методист")  # fmt: skip
    batch = uploaded_batch(curator, [HEADINGS, row()])
    client, url = client_for(curator), address("import", school, batch)
    assert "Совпали только фамилия, имя и отчество." in text_of(client.get(url))
    client.post(address("import_namesakes", school, batch), {"row": "2"})
    page = client.get(url, {"show": "doubt"})
    assert page.context["counts"] == counts(new=1)
    assert 'value="2" id="row-2" checked' in text_of(page)
    client.post(address("import_namesakes", school, batch))
    assert client.get(url).context["counts"] == counts(changed=1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "файл старого формата Excel (.xls)"),
        (b"PK\x03\x04" + b"x" * 99, "Файл повреждён"),
        (b"", "пуст"),
        (b"%PDF-1.4", "файл PDF"),
    ],
)
def test_an_unfit_file_is_named_beside_the_field(content, words, school, curator, client_for):
    page = client_for(curator).post(address("imports", school), {"upload": uploaded(content)})
    assert page.status_code == 200
    assert words in " ".join(page.context["form"].errors["upload"])
    assert ImportBatch.objects.count() == 0
    empty = client_for(curator).post(address("imports", school))
    assert list(empty.context["form"].errors) == ["upload"]


def test_running_shows_progress_and_the_result_when_done(school, curator, client_for):
    batch = uploaded_batch(curator, [HEADINGS, row()])
    job = Job.objects.create(organization=school, membership=curator, title="Загрузка", state="running", total=40, done=12)  # fmt: skip
    ImportBatch.objects.filter(pk=batch.pk).update(state="running", job=job)
    client, url = client_for(curator), address("import", school, batch)
    assert "12 из 40 строк" in text_of(client.get(url))
    part = client.get(url, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="import-progress"')
    ImportBatch.objects.filter(pk=batch.pk).update(state="applied", counts=counts(new=1))
    assert client.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    refused = client.post(address("import_delete", school, batch), follow=True)
    assert "Этот список уже записан. Загрузите новый." in text_of(refused)


def test_a_dead_task_leaves_the_list_to_be_confirmed_again(school, curator, client_for):
    batch = uploaded_batch(curator, [HEADINGS, row()])
    job = Job.objects.create(organization=school, membership=curator, title="Загрузка", state="failed", error="Прервано.")  # fmt: skip
    ImportBatch.objects.filter(pk=batch.pk).update(state="running", job=job)
    client, url = client_for(curator), address("import", school, batch)
    assert "Прервано." in text_of(client.get(url))
    client.post(address("import_apply", school, batch), {"rows": "all"})
    assert Person.objects.filter(last_name="Ясенева").count() == 1


def test_an_upload_is_removed_with_its_file(school, curator, client_for, django_capture_on_commit_callbacks):  # fmt: skip
    batch = uploaded_batch(curator, [HEADINGS, row()])
    stored = batch.file.file
    with django_capture_on_commit_callbacks(execute=True):
        client_for(curator).post(address("import_delete", school, batch))
    assert not ImportBatch.objects.exists()
    assert not stored.storage.exists(stored.name)


def test_an_upload_cannot_be_downloaded(school, curator, client_for):
    batch = uploaded_batch(curator, [HEADINGS, row()])
    assert client_for(curator).get(reverse("file", args=[school.slug, batch.file_id])).status_code == 403  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same(rows, school, curator, client_for):
    for _ in range(rows):
        batch = uploaded_batch(curator, staff_rows(rows))
    client, numbers = client_for(curator), {}
    for name in ("imports", "import", "import_columns"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(name, school, batch)).status_code == 200
        numbers[name] = len(queries)
    assert numbers == {"imports": 6, "import": 6, "import_columns": 5}


def admin_upload(client, content: bytes, **over):
    url = reverse("admin:people_person_import")
    form = client.get(url).context["form"]
    data = {"format": "0", "resource": "0", "organization": form["organization"].value(), **over}
    return client.post(url, {**data, "import_file": uploaded(content)})


def test_the_admin_imports_by_the_same_plan(school, curator, client_for):
    written(curator, [HEADINGS, row(ФИО="Дубова Анна Ильинична")])
    client = client_for(curator)
    page = admin_upload(client, make_xlsx([HEADINGS, row(), row(ФИО="Дубова Анна Ильинична", Категория="высшая")]))  # fmt: skip
    assert [each.diff for each in page.context["result"].rows][1] == [
        3, "Дубова Анна Ильинична", "Категория: первая → высшая",
    ]  # fmt: skip
    confirm = {field.name: field.value() for field in page.context["confirm_form"]}
    done = client.post(reverse("admin:people_person_process_import"), confirm, follow=True)
    assert "Список записан. Новых: 1, изменено: 1, без изменений: 0." in text_of(done)
    assert Person.objects.get(last_name="Ясенева").membership.organization == school
    assert ImportBatch.objects.first().counts == counts(new=1, changed=1)
    again = client.post(reverse("admin:people_person_process_import"), confirm, follow=True)
    assert "уже записывается или записан" in text_of(again)


def test_the_admin_shows_mistakes_and_writes_nothing(school, curator, client_for):
    client = client_for(curator)
    page = admin_upload(client, make_xlsx([HEADINGS, row(), row(ФИО="Дубова А. И.")]))
    assert "ФИО: «Дубова А. И.» – впишите имя и отчество целиком" in text_of(page)
    assert "confirm_form" not in page.context
    page = admin_upload(client, b"%PDF-1.4")
    assert page.context["form"].errors == {"import_file": ["Это файл PDF, а не таблица."]}
    page = admin_upload(client, make_xlsx([["1"], ["2"]]))
    assert "На странице «Загрузка списка» столбцы можно указать самому." in text_of(page)


def test_the_admin_takes_no_upload_and_no_school_of_the_neighbour(school, curator, stranger, teacher, client_for):  # fmt: skip
    theirs = staff_uploads.upload(by=stranger, upload=uploaded(make_xlsx([HEADINGS, row()])))
    client = client_for(curator)
    data = {"import_file_name": theirs.pk, "original_file_name": "a.xlsx", "format": "0", "resource": "0"}  # fmt: skip
    page = client.post(reverse("admin:people_person_process_import"), data)
    assert "Загрузка не найдена." in text_of(page)
    page = admin_upload(client, make_xlsx([HEADINGS, row()]), organization=stranger.organization_id)
    assert list(page.context["form"].errors) == ["organization"]
    assert not Person.objects.filter(last_name="Ясенева").exists()
    url = reverse("admin:people_person_import")
    assert client_for(teacher).get(url, follow=True).status_code == 403
