"""Pairs that already work, entered as one table: all rows or none, what was typed stays."""

import pytest
from django.urls import reverse

from programs.models import MentoringGroup
from tests.programs.makers import DAY, mentee_of, mentor_of


@pytest.fixture
def people(school):
    mentors = [mentor_of(school, last_name=name) for name in ("Орлова", "Быкова")]
    mentees = [mentee_of(school, last_name=name) for name in ("Зимина", "Лугова", "Ясная")]
    return mentors, mentees


def table(*rows: dict, total: int = 4) -> dict:
    """The posted formset; `rows` of (mentor, mentees, over)."""
    data = {"rows-TOTAL_FORMS": total, "rows-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        filled = {"starts_on": "2026-10-01", "paper_number": "45-л", "paper_date": "2026-09-30", **row}  # fmt: skip
        data |= {f"rows-{place}-{name}": value for name, value in filled.items()}
    return data


def row(mentor, *mentees, **over) -> dict:
    return {"mentor": mentor.person_id, "mentees": [one.person_id for one in mentees], **over}


@pytest.fixture
def page(school, curator, client_for, day):
    client = client_for(curator)
    address = reverse("group_existing", args=[school.slug])
    return lambda data: client.post(address, data)


@pytest.fixture
def day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: DAY)


@pytest.mark.req("R-510")
def test_two_rows_become_two_working_groups_and_nothing_is_drafted(people, page):
    (anna, vera), (olga, lida, yana) = people
    answer = page(table(row(anna, olga), row(vera, lida, yana, paper_number="46-л")))
    assert answer.status_code == 302
    found = MentoringGroup.objects.order_by("paper_number")
    assert [(group.state, group.paper_number, len(group.mentees)) for group in found] == [
        ("active", "45-л", 1), ("active", "46-л", 2),
    ]  # fmt: skip
    assert not any(group.document_id for group in found)


def test_a_bad_row_keeps_all_out_and_everything_typed(people, page):
    (anna, vera), (olga, lida, _) = people
    answer = page(table(row(anna, olga), row(vera, lida, starts_on="2026-12-01")))
    assert answer.status_code == 200
    assert not MentoringGroup.objects.exists()
    text = answer.content.decode()
    assert "Пара ещё не начала работать" in text
    assert 'value="45-л"' in text
    assert text.count("checked") == 2


def test_one_mentee_in_two_rows_is_told_at_the_second(people, page):
    (anna, vera), (olga, _, _) = people
    answer = page(table(row(anna, olga), row(vera, olga)))
    assert "уже есть пара, наставник Орлова" in answer.content.decode()
    assert not MentoringGroup.objects.exists()


def test_more_rows_keep_what_was_typed_without_scolding(people, page):
    (anna, _), (olga, _, _) = people
    text = page(table(row(anna, olga, paper_number="")) | {"more": "1"}).content.decode()
    assert 'name="rows-7-mentor"' in text
    assert "invalid-feedback" not in text
    assert not MentoringGroup.objects.exists()


def test_an_empty_table_is_told(people, page):
    assert "Заполните хотя бы одну строку." in page(table()).content.decode()
