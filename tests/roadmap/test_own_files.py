"""«Принеси своё»: roadmaps and regulations of schools, as they really keep them."""

import contextlib
import copy
import datetime as dt
import io
import json
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from mentoring.core.errors import RuleError
from people.models import Job
from roadmap.imports.lists import split_cell
from roadmap.imports.words import read_period, read_responsible
from roadmap.kinds import KINDS
from roadmap.models import Document, Roadmap, RoadmapImport
from roadmap.services import own_papers, roadmap_import
from roadmap.services.plan import load_plan
from roadmap.services.plan_templates import create_roadmap
from roadmap.services.plan_words import period_words, responsible_words
from tests.factories import make_person
from tests.roadmap import own_files

DAY = dt.date(2026, 11, 20)
SOURCES = ["solnyshko", "licey-45", "ddt", "school-21", "ds-127"]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def effective(line, *holders) -> dict:
    """A line of a plan with the term and people that hold for it."""
    chain = [line, *holders]
    period = next((period_words(one.node) for one in chain if period_words(one.node)), "")
    people = next((responsible_words(one.people) for one in chain if one.people), "")
    return {"title": tidied(line.node.title), "period": period, "responsible": people}


def tidied(text: str) -> str:
    return " ".join(text.split()).rstrip(".;, ")


def plan_of(roadmap) -> list[dict]:
    return [
        {
            "title": tidied(stage.node.title),
            "blocks": [{"title": tidied(block.node.title), "activities": [effective(one, block, stage) for one in block.activities]} for block in stage.blocks],
            "activities": [effective(one, stage) for one in stage.activities],
        }
        for stage in load_plan(roadmap).stages
    ]  # fmt: skip


def bring_in(content: bytes, name: str, by) -> Roadmap:
    draft = roadmap_import.upload(SimpleUploadedFile(name, content), by=by)
    return roadmap_import.make(draft, title="Перенесённая карта", year_start=2026, by=by)


@pytest.mark.req("R-109", "R-114", "R-115")
@pytest.mark.parametrize("template", SOURCES)
@pytest.mark.parametrize("shape", ["lines", "lists"])
@pytest.mark.parametrize("kind", ["docx", "xlsx", "docx typed", "xlsx unmerged"])
def test_source_roadmaps_come_in_without_a_hand(curator, template, shape, kind):
    expected = plan_of(create_roadmap(template=template, year_start=2026, by=curator))
    rows = own_files.flat(expected, lists=shape == "lists")
    if kind.startswith("docx"):
        content = own_files.word_file(rows, "Дорожная карта", numbered=kind == "docx")
    else:
        content = own_files.excel_file(rows, "Дорожная карта", merged=kind == "xlsx")
    made = bring_in(content, f"карта.{kind[:4]}", curator)
    assert plan_of(made) == expected


def two_level_table() -> bytes:
    """Other headings, two-level numbers, no column of stages, two tables, months and dates in words."""
    document = docx.Document()
    document.add_paragraph("План мероприятий по наставничеству на 2026/2027 учебный год")
    rows = [
        ("1", "Подготовительный этап", "", ""),
        ("1.1", "Изучение нормативных документов", "август – сентябрь 2026", "Зам. директора, куратор"),
        ("1.2", "Приказ о закреплении наставнических пар", "до 15.09.2026", "Директор"),
        ("2", "Основной этап", "", ""),
    ]  # fmt: skip
    more = [("2.1", "Посещение уроков наставляемых", "ежемесячно", "Бойко З.К., учитель; Ляхов П."), ("2.2", "Педагогический совет", "12.01.2027", "Администрация")]  # fmt: skip
    for part in (rows, more):
        table = document.add_table(rows=1, cols=4)
        for place, words in enumerate(["№ п/п", "Наименование работ", "Когда", "Исполнители"]):
            table.rows[0].cells[place].text = words
        for row in part:
            cells = table.add_row().cells
            for place, words in enumerate(row):
                cells[place].text = words
        document.add_paragraph("продолжение")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_two_level_numbers_other_headings_and_two_tables(curator):
    make_person(curator.organization, last_name="Бойко", first_name="Зоя", patronymic="Климовна")
    made = bring_in(two_level_table(), "план.docx", curator)
    plan = load_plan(made)
    assert [stage.node.title for stage in plan.stages] == ["Подготовительный этап", "Основной этап"]
    told = [(effective(line)["title"], effective(line)["period"], effective(line)["responsible"]) for line in plan.lines]  # fmt: skip
    assert told == [
        ("Изучение нормативных документов", "август–сентябрь", "Заместитель директора по УВР, куратор"),
        ("Приказ о закреплении наставнических пар", "до 15.09.2026", "Руководитель"),
        ("Посещение уроков наставляемых", "ежемесячно", "Бойко\u00a0З.К., учителя"),
        ("Педагогический совет", "12.01.2027", "Администрация"),
    ]  # fmt: skip
    visit = plan.lines[2].node
    assert list(visit.extra.values()) == ["Ляхов П."]
    assert [line.node.code for line in plan.lines][3] == "staff_council"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1. Совет. 2. Собрание. 3. Приказ № 5 от 01.09.2026", ["Совет", "Собрание", "Приказ № 5 от 01.09.2026"]),
        ("Принятие актов: – приказ о парах – Положение", ["Принятие актов: приказ о парах", "Принятие актов: Положение"]),
        ("□ Беседа\n□ Анкета", ["Беседа", "Анкета"]),
        ("а) Беседа;\nб) Анкета.", ["Беседа", "Анкета"]),
        ("Обмен опытом – «установочные сессии»", ["Обмен опытом – «установочные сессии»"]),
        ("Встреча\nнаставников", ["Встреча наставников"]),
        ("", []),
    ],
)  # fmt: skip
def test_lists_inside_a_cell(text, items):
    assert split_cell(text) == items


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Сентябрь", {"kind": "months", "from": 9, "to": 9}),
        ("сентябрь - октябрь", {"kind": "months", "from": 9, "to": 10}),
        ("до 30.09.2026 г.", {"kind": "days", "from": None, "to": "2026-09-30"}),
        ("с 01.09.26 по 15.09.26", {"kind": "days", "from": "2026-09-01", "to": "2026-09-15"}),
        ("ежегодно, май", {"kind": "yearly", "month": 5}),
        ("в течение всего периода", {"kind": "text", "text": "в течение всего периода"}),
        ("31.02.2026", {"kind": "text", "text": "31.02.2026"}),
        ("–", None),
    ],
)  # fmt: skip
def test_periods_as_schools_write_them(text, read):
    assert read_period(text) == read


def test_a_post_after_a_name_is_not_a_second_responsible():
    rows, unknown = read_responsible("Ветрова М.И., зам. директора по УВР, учителя", {("Ветрова", "МИ"): "p1"})  # fmt: skip
    assert rows == [{"person": "p1"}, {"role": "teachers"}]
    assert unknown == []


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, "PNG")
    return out.getvalue()


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def many_pages() -> bytes:
    document = docx.Document()
    body = document.element.body
    paragraph = document.add_paragraph("Текст")._p
    for _ in range(20_050):
        body.insert(0, copy.deepcopy(paragraph))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (picture(), "фотография или картинка"),
        (b"%PDF-1.7 %%EOF", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "паролем"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "старого Word"),
        (archive(word__document_xml="<broken"), "повреждён"),
        (archive(other="1"), "не документ Word"),
        (two_level_table()[:3000], "повреждён"),
        (b"plain text", "не похож"),
        (many_pages(), "500 страниц"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_in_words(curator, content, words):
    with pytest.raises(RuleError, match=words):
        roadmap_import.upload(SimpleUploadedFile("план.docx", content), by=curator)
    assert not RoadmapImport.objects.exists()


def test_macros_links_and_embedded_objects_are_ignored(curator):
    """They stay in the archive, nobody opens them; the table is read."""
    out = io.BytesIO(two_level_table())
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("word/vbaProject.bin", b"\x00macro")
        file.writestr("word/embeddings/oleObject1.bin", b"\x00ole")
        file.writestr("word/_rels/extra.xml.rels", '<r Target="http://evil.example/x" TargetMode="External"/>')  # fmt: skip
    assert bring_in(out.getvalue(), "план.docm", curator).stages.count() == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.binary(min_size=1, max_size=400), st.integers(0, 20_000))
def test_no_damage_crashes_the_reader(noise, place):
    """Bytes of a good file overwritten anywhere: read, or refused in words."""
    content = bytearray(two_level_table())
    place %= len(content)
    content[place : place + len(noise)] = noise
    with contextlib.suppress(RuleError):
        roadmap_import.read_file(bytes(content), "план.docx")


def test_lines_are_mended_beside_the_source_and_kept(curator, client_for):
    client = client_for(curator)
    school = curator.organization.slug
    upload = {"file": SimpleUploadedFile("план.docx", two_level_table(), WORD)}
    page = client.post(reverse("roadmap_upload", args=[school]), upload, follow=True)
    draft = RoadmapImport.objects.get()
    assert "Наименование работ" in page.content.decode()
    data = {"lines-TOTAL_FORMS": len(draft.lines), "lines-INITIAL_FORMS": len(draft.lines), "stay": "1"}  # fmt: skip
    for place, line in enumerate(draft.lines):
        data |= {f"lines-{place}-{name}": line[name] for name in ("level", "title", "period", "responsible")}  # fmt: skip
    data |= {"lines-1-title": "Изучение закона", "lines-2-level": "skip", "lines-4-period": "май"}
    client.post(reverse("roadmap_import", args=[school, draft.pk]), data)
    client.post(reverse("roadmap_make", args=[school, draft.pk]), {"title": "Наша карта", "year_start": "2026"})  # fmt: skip
    lines = load_plan(Roadmap.objects.get()).lines
    assert [line.node.title for line in lines] == ["Изучение закона", "Посещение уроков наставляемых", "Педагогический совет"]  # fmt: skip
    assert [line.period for line in lines][1:] == ["май", "12.01.2027"]
    assert not RoadmapImport.objects.exists()


def test_another_school_cannot_see_a_reading(curator, stranger, client_for):
    draft = roadmap_import.upload(SimpleUploadedFile("план.docx", two_level_table()), by=curator)
    for name in ("roadmap_import", "roadmap_make"):
        assert client_for(stranger).get(reverse(name, args=[stranger.organization.slug, draft.pk])).status_code == 404  # fmt: skip


def test_console_prints_stages_blocks_and_activities(curator, tmp_path, capsys):
    file = tmp_path / "план.docx"
    file.write_bytes(two_level_table())
    call_command("import_roadmap", str(file), school=curator.organization.slug, dry_run=True, json=True)  # fmt: skip
    told = json.loads(capsys.readouterr().out)
    assert told["title"].startswith("План мероприятий по наставничеству")
    first = told["stages"][0]
    assert first["activities"][0] == {"title": "Изучение нормативных документов", "period": "август–сентябрь", "responsible": "Заместитель директора по УВР, куратор", "code": ""}  # fmt: skip
    assert not Roadmap.objects.exists()
    call_command("import_roadmap", str(file), school=curator.organization.slug, year=2026)
    assert Roadmap.objects.get().year_start == 2026
    with pytest.raises(CommandError, match="не открывается"):
        call_command("import_roadmap", str(tmp_path / "нет.docx"), school=curator.organization.slug)


def a_regulation() -> bytes:
    document = docx.Document()
    for text in ("ПРИНЯТО педагогическим советом", "Положение", "о системе наставничества педагогических работников"):  # fmt: skip
        document.add_paragraph(text)
    for title, clauses in (
        ("1. ОБЩИЕ ПОЛОЖЕНИЯ", ["1.1. Настоящее Положение определяет порядок.", "1.2. Принципы:", "– научность;", "– легитимность."]),
        ("2. Цель и задачи", ["2.1. Цель – поддержка педагогов.", "2.1.1. Первая задача.", "2.2. Сроки."]),
    ):  # fmt: skip
        document.add_paragraph().add_run(title).bold = True
        for clause in clauses:
            document.add_paragraph(clause)
    table = document.add_table(rows=2, cols=2)
    for place, words in enumerate(["Форма", "Вид", "педагог – педагог", "традиционное"]):
        table.cell(place // 2, place % 2).text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.req("R-107")
def test_own_regulation_comes_in_as_sections_and_clauses(curator, head):
    file = SimpleUploadedFile("положение.docx", a_regulation(), WORD)
    paper = own_papers.draft_from_word(kind="regulation", file=file, day=DAY, by=curator)
    assert paper.title == "о системе наставничества педагогических работников"
    assert paper.state == Document.State.DRAFT
    assert paper.body.replace("\n", "") == (
        "<h2>Общие положения</h2><ol><li><p>Настоящее Положение определяет порядок.</p></li>"
        "<li><p>Принципы:</p><ul><li><p>научность;</p></li><li><p>легитимность.</p></li></ul></li></ol>"
        "<h2>Цель и задачи</h2><ol><li><p>Цель – поддержка педагогов.</p><ul><li><p>Первая задача.</p></li></ul></li>"
        "<li><p>Сроки.</p></li></ol><table><thead><tr><th>Форма</th><th>Вид</th></tr></thead>"
        "<tbody><tr><td>педагог – педагог</td><td>традиционное</td></tr></tbody></table>"
    )


def test_a_document_without_sections_is_refused(curator, head):
    file = SimpleUploadedFile("карта.docx", two_level_table(), WORD)
    with pytest.raises(RuleError, match="разделов"):
        own_papers.draft_from_word(kind="regulation", file=file, day=DAY, by=curator)


def signed(curator, **over) -> Document:
    values = {"kind": "pair_order", "title": "О закреплении пар", "number": "80/8", "dated_on": DAY, "file": SimpleUploadedFile("скан.png", picture()), "on": DAY}  # fmt: skip
    return own_papers.attach_signed(by=curator, **{**values, **over})


def test_signed_paper_is_in_force_with_its_own_number_and_file(curator, head, client_for):
    paper = signed(curator)
    assert (paper.state, paper.number, paper.dated_on) == ("in_force", "80/8", DAY)
    school = curator.organization.slug
    client = client_for(curator)
    pdf = client.get(reverse("document_pdf", args=[school, paper.pk, "pair_order"]))
    assert b"".join([pdf.content])[:5] == b"%PDF-"
    assert client.get(reverse("document", args=[school, paper.pk])).status_code == 200
    assert client.get(reverse("document_docx", args=[school, paper.pk, "pair_order"])).status_code == 404  # fmt: skip


def test_numbers_that_contradict_each_other_are_told_not_forbidden(curator, head):
    first, second = signed(curator), signed(curator, title="О других парах")
    assert own_papers.contradictions(second) == [f"Номер 80/8 в этом журнале уже у документа «О закреплении пар» от {first.dated_on:%d.%m.%Y}."]  # fmt: skip


def test_signed_paper_of_tomorrow_is_refused(curator, head):
    with pytest.raises(RuleError, match="не наступила"):
        signed(curator, dated_on=DAY + dt.timedelta(days=1))


def test_archive_of_papers_takes_the_scan_without_a_word_file(curator, head, client_for):
    signed(curator)
    client_for(curator).post(reverse("documents_pack", args=[curator.organization.slug]))
    with zipfile.ZipFile(io.BytesIO(Job.objects.get().result.read())) as packed:
        assert packed.namelist() == ["01-pair_order.pdf"]


def test_a_signed_roadmap_needs_its_rows(curator, head):
    with pytest.raises(RuleError, match="Выберите дорожную карту"):
        signed(curator, kind="roadmap")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_signed_paper_of_every_kind_has_its_page(curator, head, client_for, kind):
    roadmap = create_roadmap(template="ddt", year_start=2026, by=curator)
    paper = signed(curator, kind=kind, roadmap=roadmap, file=SimpleUploadedFile("скан.png", picture()))  # fmt: skip
    page = client_for(curator).get(paper.get_absolute_url())
    assert page.status_code == 200
    assert f"{kind}.docx" not in page.content.decode()
