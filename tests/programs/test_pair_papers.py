"""Wording of the papers about pairs: cases, commas, annex, nothing empty; read back from the PDF."""

import html
import re

import pytest

from mentoring.core.errors import RuleError
from people.models import PupilCard
from people.models.consents import ConsentKind
from programs.services import groups, pair_papers
from roadmap.services import drafts, rendering
from tests.factories import make_curator, make_person
from tests.people.makers_banks import make_mentee, make_mentor
from tests.people.makers_consents import make_consent
from tests.people.makers_pupils import make_parent
from tests.people.prints import text_of_pdf
from tests.programs.makers import (
    DAY,
    accept_all,
    mentee_of,
    mentor_of,
    order_for,
    propose,
    working_pair,
)
from tests.roadmap.makers import approve, send

pytestmark = pytest.mark.usefixtures("real_papers")


def words(body: str) -> str:
    """Text of a body; no-break spaces become plain ones, a mark inside a sentence leaves no space."""
    blocks = re.sub(r"</(p|li|td|th|h2)>", " ", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", blocks)).split())


def clean(document) -> str:
    """Text of a draft: no gap, no double stop, no stray space before a stop."""
    text = words(document.body)
    assert rendering.missing_names(document) == []
    assert not re.search(r"\.\.|\s[.,;]|,,|\(\)", text), text
    return text


@pytest.fixture(autouse=True)
def _signatory(head):
    """Somebody must sign."""


@pytest.fixture
def pair(school, curator):
    mentor = mentor_of(school, last_name="Ким", first_name="Алла", job_title="учитель химии")
    mentee = mentee_of(school, last_name="Лещ", first_name="Илья", patronymic="Валерьевич", sex="m", job_title="учитель физики")  # fmt: skip
    return accept_all(propose(mentor, [mentee], curator, form="teacher_teacher"), curator)


@pytest.mark.req("R-204", "R-509")
def test_names_and_posts_stand_in_the_right_case(pair, curator):
    text = clean(order_for([pair], curator))
    assert "наставника Ким Аллу Ильиничну, учителя химии, за наставляемым Лещом Ильёй Валерьевичем, учителем физики" in text  # fmt: skip
    assert "Основание: письменные согласия на дополнительные обязанности" in text
    assert "Доплат" not in text


def test_pay_stands_in_the_order_only_when_it_is_filled(pair, curator):
    order = order_for([pair], curator, pay="Установить доплату 2000 рублей в месяц.")
    assert "Установить доплату 2000 рублей в месяц." in clean(order)


@pytest.mark.req("R-508")
def test_a_group_is_listed_line_by_line(school, curator):
    mentor = mentor_of(school)
    mentees = [mentee_of(school, last_name=name) for name in ("Зимина", "Лугова")]
    order = order_for([accept_all(propose(mentor, mentees, curator), curator)], curator)
    text = clean(order)
    assert order.title == "О закреплении наставнической группы"
    assert "за наставляемыми: Зиминой Ольгой Ильиничной, учителем математики; Луговой Ольгой Ильиничной, учителем математики." in text  # fmt: skip


@pytest.mark.papers
@pytest.mark.req("R-509")
def test_many_pairs_stand_in_an_annex_after_the_signature(school, curator, head):
    agreed = []
    for number in range(5):
        mentor = mentor_of(school, last_name=f"Орлова{'абвгд'[number]}")
        agreed.append(accept_all(propose(mentor, [mentee_of(school)], curator), curator))
    order = approve(send(order_for(agreed, curator), curator), head, dated_on=DAY, number="12-К")
    text = " ".join(
        text_of_pdf(order.files.filter(rendition="official").last().stored.read()).split()
    )
    assert "согласно приложению" in text
    signed, annex = text.index("Ключевская"), text.index("Приложение к приказу")
    assert signed < text.index("С приказом ознакомлены") < annex
    assert "от 20.11.2026 № 12-К" in text[annex:]


def test_pupils_have_an_order_of_their_own_words(school, curator):
    school.works_with_pupils = True
    school.save()
    pupils = []
    for last, make in (("Журавлёв", make_mentee), ("Сафин", make_mentor)):
        pupil = make_person(school, kind="pupil", last_name=last, first_name="Тимур", patronymic="Олегович", sex="m", job_title="")  # fmt: skip
        PupilCard.objects.create(organization=school, person=pupil, school_class="9 А", birth_date=DAY.replace(year=2013))  # fmt: skip
        make(pupil, state="approved", consent=False)
        make_consent(pupil, ConsentKind.REPRESENTATIVE, representative=make_parent(pupil))
        pupils.append(pupil)
    group = groups.propose(pupils[1], [pupils[0]], on=DAY, by=curator)
    order = order_for([accept_all(group, curator)], curator)
    text = clean(order)
    assert order.title == "О закреплении наставников за обучающимися"
    assert "наставника Сафина Тимура Олеговича, 9 А класс, за наставляемым Журавлёвым Тимуром Олеговичем, 9 А класс" in text  # fmt: skip
    assert "351.8" not in text
    assert "Основание" not in text


def test_release_and_replacement_name_both_in_their_cases(pair, curator, head):
    approve(send(order_for([pair], curator), curator), head, dated_on=DAY)
    values = {"group": pair.pk, "action": "end", "reason": "mentor_notice", "on": "2026-11-26", "ground_date": "2026-11-20"}  # fmt: skip
    order = drafts.create_draft(kind="release_order", day=DAY, by=curator, values=values)
    text = clean(order)
    assert order.title == "Об освобождении от обязанностей наставника"
    assert "на основании заявления наставника от 20 ноября 2026 г." in text
    assert "Освободить с 26 ноября 2026 г. Ким Аллу Ильиничну, учителя химии, от обязанностей наставника Леща Ильи Валерьевича." in text  # fmt: skip


def test_the_addendum_types_its_facts_into_the_draft_alone(school, curator, head):
    group = working_pair(mentor_of(school), [mentee_of(school)], curator, head)
    values = {
        "group": group.pk, "contract_number": "17", "contract_date": "2020-09-01", "content": "сопровождение молодого педагога.",
        "form": "очно", "starts_on": "2026-11-20", "until": "2027-05-31", "pay": "2000 рублей в месяц.",
    }  # fmt: skip
    paper = drafts.create_draft(kind="contract_addendum", day=DAY, by=curator, values=values)
    text = clean(paper)
    assert "к трудовому договору от 1 сентября 2020 г. № 17" in text
    assert "Размер и условия оплаты: 2000 рублей в месяц." in text
    assert not [field.name for field in group.mentor._meta.fields if "contract" in field.name]


def test_an_order_on_pairs_of_another_school_is_refused(pair, curator, other_school):
    stranger = make_curator(other_school)
    with pytest.raises(RuleError, match="Такой пары нет"):
        pair_papers.draft_pair_order([pair], day=DAY, by=stranger, starts_on=DAY)


def test_the_head_reads_whom_the_order_is_about_before_opening_it(
    school, pair, curator, head, client_for
):
    send(order_for([pair], curator), curator)
    page = client_for(head).get(f"/s/{school.slug}/approvals/").content.decode()
    assert "Ким А. И. – Лещ И. В." in html.unescape(page)


@pytest.mark.req("R-505")
def test_minutes_of_a_council_list_agenda_and_decisions(school, curator, head):
    values = {
        "body": "совета наставников", "held_on": "2026-11-19", "chair": head.person_id, "secretary": curator.person_id,
        "agenda": "О составе пар\nРазное", "decided": "Предложить пары руководителю.",
    }  # fmt: skip
    paper = drafts.create_draft(kind="minutes", day=DAY, by=curator, values=values)
    text = clean(paper)
    assert paper.full_title == "Протокол заседания совета наставников"
    assert "Председатель: Ключевская В.П. Секретарь: Ким А.С. ПОВЕСТКА ДНЯ: О составе пар Разное" in text  # fmt: skip
    assert "РЕШИЛИ: Предложить пары руководителю." in text
