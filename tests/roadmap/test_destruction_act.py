"""The act on destroyed data: drafted after a purge, clean Russian, no names of those who are gone."""

import datetime as dt
import re

import lxml.html
import pytest
from django.core.management import call_command
from django.urls import reverse

from mentoring.core.missing import missing_in
from people.models import PurgeRun
from roadmap.documents import destruction_act
from roadmap.models import Document
from roadmap.services import drafts, rendering
from roadmap.services.digests import digest
from tests.factories import make_curator, make_person
from tests.people.makers_retention import make_old_life
from tests.people.prints import text_of_pdf
from tests.roadmap.makers import approve, fresh, send

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def act(school, head, curator) -> Document:
    person = make_person(school, last_name="Рябинина", employed_to=dt.date(2021, 8, 31))
    make_old_life(person, curator)
    call_command("purge", "--apply", "--on", DAY.isoformat(), verbosity=0)
    return fresh(Document.objects.of(school).get(kind="destruction_act"))


def lines(document: Document) -> list[str]:
    root = lxml.html.fragment_fromstring(document.body, create_parent="div")
    cells = root.iter("p", "h2", "td", "th")
    found = [node.text_content().replace("\N{NO-BREAK SPACE}", " ") for node in cells]
    return [" ".join(line.split()) for line in found]


def test_draft_holds_what_the_order_of_the_regulator_asks(act, school, curator):
    assert act.full_title == "Акт об уничтожении персональных данных"
    text = lines(act)
    assert text[0] == (
        "Комиссия в составе: Ким Алла Сергеевна, заместитель директора по УВР – составила настоящий "
        "акт о том, что 20 ноября 2026 г. уничтожены персональные данные."
    )
    assert text[1] == f"Оператор: {school.full_name}, {school.address}."
    assert text[2] == "Лицо, которое обрабатывает данные по поручению оператора: нет."
    assert text[3] == "Субъекты персональных данных: 1 человек, номера карточек указаны в выгрузке."
    assert (
        "согласия с фамилией, именем, отчеством и контактами, сканы и файлы подписи – 1 запись;"
        in text
    )
    assert (
        "истёк срок хранения (Перечень, утверждённый приказом Росархива от 20.12.2019 № 236, ст. 441);"
    ) in text
    assert "истёк срок хранения (установлен организацией)." in text
    assert "Дата уничтожения: 20 ноября 2026 г." in text
    assert missing_in(act.body) == []
    assert "Приложение. Выгрузка из журнала регистрации событий" in text


def test_text_is_clean_russian_without_the_name_of_the_gone(act):
    for line in lines(act):
        assert not re.search(r" {2}|\s[,.;:)]|\(\s|\.\.|г\. \.|None|[A-Za-z]", line), line
    assert "Рябинина" not in act.body


def test_log_counts_records_of_each_card(act):
    run = PurgeRun.objects.get()
    cells = lines(act)
    rows = cells[cells.index("Карточки №") + 4 :]
    table = [tuple(rows[start : start + 4]) for start in range(0, len(rows), 4)]
    assert sum(int(row[2]) for row in table) == len(run.lines)
    assert [row[0] for row in table] == [str(run.lines[0]["person"]), "–"]


def test_cards_of_which_the_same_went_share_a_line(school, curator):
    """Two cards lost a consent each, a third lost a consent and a letter."""
    goes = [(5, "consents"), (7, "consents"), (9, "consents"), (9, "letters")]
    run = PurgeRun(
        organization=school, on=DAY, counts={"consents": 3, "letters": 1},
        lines=[{"purpose": code, "object": "x", "id": 1, "person": pk} for pk, code in goes],
    )  # fmt: skip
    built = destruction_act.build(school, values={"purge": run, "destroyed_on": DAY}, day=DAY)
    assert [(row["people"], row["number"]) for row in built["log"]] == [("5, 7", 2), ("9", 2)]
    assert built["people"] == 3


@pytest.mark.parametrize("stop", ["", "."])
def test_paper_about_nothing_but_paper_asks_what_is_missing(school, head, curator, stop):
    act = drafts.create_draft(
        kind="destruction_act", day=DAY, by=curator, values={"destroyed_on": DAY.isoformat()}
    )
    assert missing_in(act.body) == ["комиссия", "чьи данные уничтожены", "причина уничтожения"]
    drafts.set_values(
        act,
        values={
            "destroyed_on": DAY.isoformat(), "commission": [curator.person_id, head.person_id],
            "subjects": f"дела № 4–12{stop}", "media": f"анкеты, 24 листа{stop}", "media_reason": f"согласия отозваны{stop}",
        },
        day=DAY,
        by=curator,
    )  # fmt: skip
    text = lines(act)
    assert missing_in(act.body) == []
    assert "Субъекты персональных данных: дела № 4–12." in text
    assert (
        "Информационная система: не использовалась. Материальные носители: анкеты, 24 листа."
        in text
    )
    assert "Способ уничтожения: измельчение материальных носителей." in text
    assert "Причина уничтожения: согласия отозваны." in text


def test_a_run_of_the_neighbour_is_not_offered(school, curator, other_school, client_for, act):
    stranger = make_curator(other_school, login="stranger@neighbour.example")
    url = reverse("document_new", args=[other_school.slug]) + "?kind=destruction_act"
    page = client_for(stranger).get(url).content.decode()
    assert "уничтожены только бумаги" in page
    assert "20.11.2026, записей" not in page
    run = PurgeRun.objects.get()
    answer = client_for(stranger).post(
        url, {"destroyed_on": "2026-11-20", "purge": run.pk, "day": "2026-11-20"}
    )
    assert "Такого уничтожения нет" in answer.content.decode()
    assert Document.objects.of(other_school).count() == 0


def test_head_reads_what_the_act_is_about(act):
    assert digest(act, {}) == (
        "Подтверждает, что данные с истёкшим сроком уничтожены 20.11.2026. Вернуть их нельзя."
    )


@pytest.mark.papers
@pytest.mark.usefixtures("real_papers")
def test_approved_act_prints_with_stamp_commission_and_extract(act, curator, head):
    html = rendering.paper_html(act)
    assert "УТВЕРЖДАЮ" in html
    done = approve(send(act, curator), head, dated_on=DAY)
    assert done.state == "in_force"
    stored = done.files.filter(rendition="official").last().stored
    text = text_of_pdf(stored.read())
    assert text.index("УТВЕРЖДАЮ") < text.index("АКТ") < text.index("Комиссия в составе")
    assert "Выгрузка из журнала" in text.split("\f", 1)[1]
