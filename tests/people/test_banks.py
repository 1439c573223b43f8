"""Banks: states, rules, the head's approval, sources of needs, catalogues."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.eligibility import mentee_category, mentor_obstacles
from people.models import MenteeProfile
from people.services import bank_lists, banks, catalogues
from tests.factories import make_person
from tests.people.makers_banks import make_mentee, make_mentor
from tests.people.makers_consents import make_consent
from tests.people.makers_pupils import make_parent, make_pupil

DAY = dt.date(2026, 11, 20)


def url(name, school, *args) -> str:
    return reverse(name, args=[school.slug, *args])


@pytest.mark.req("R-202")
def test_the_head_approves_and_nobody_else(head, curator, teacher):
    card = make_mentor(teacher.person)
    with pytest.raises(PermissionDenied):
        banks.approve([card], on=DAY, by=curator)
    teacher.person.teaching_since = dt.date(2010, 9, 1)
    teacher.person.save()
    card.refresh_from_db()
    assert banks.approve([card], on=DAY, by=head) == 1
    card.refresh_from_db()
    assert (card.state, card.approved_on, card.approved_by) == ("approved", DAY, head)
    with pytest.raises(RuleError, match="уже утверждён"):
        banks.approve([card], on=DAY, by=head)


@pytest.mark.req("R-316")
def test_without_a_consent_there_is_nothing_to_approve(head, teacher):
    card = make_mentee(teacher.person, consent=False)
    with pytest.raises(RuleError, match="нет действующего согласия"):
        banks.approve([card], on=DAY, by=head)


def test_breaking_a_rule_of_the_school_needs_a_reason(head, teacher):
    card = make_mentor(teacher.person)
    with pytest.raises(RuleError, match="педагогический стаж не указан, нужно не меньше 3 лет"):
        banks.approve([card], on=DAY, by=head)
    banks.approve([card], on=DAY, by=head, reason="Опыт подтверждён трудовой книжкой")
    card.refresh_from_db()
    assert card.state_reason == "Опыт подтверждён трудовой книжкой"


@pytest.mark.parametrize(
    ("over", "rules", "obstacles"),
    [
        ({"teaching_since": dt.date(2023, 11, 20)}, {}, []),
        ({"teaching_since": dt.date(2023, 11, 21)}, {}, ["педагогический стаж 2 года, нужно не меньше 3 лет"]),
        ({"teaching_since": dt.date(2010, 9, 1), "employed_from": dt.date(2026, 9, 1)}, {}, ["стаж в организации меньше года, нужно не меньше 1 года"]),
        ({"teaching_since": dt.date(2010, 9, 1)}, {"mentor_category_required": True}, ["нет квалификационной категории"]),
        ({"kind": "external", "institution": "Вуз"}, {}, []),
    ],
)  # fmt: skip
def test_rules_of_eligibility(school, over, rules, obstacles):
    for name, value in rules.items():
        setattr(school, name, value)
    assert mentor_obstacles(make_person(school, **over), school, DAY) == obstacles


@pytest.mark.parametrize(
    ("over", "category"),
    [
        ({"teaching_since": dt.date(2024, 9, 1)}, "young_specialist"),
        ({"teaching_since": dt.date(2010, 9, 1), "new_in_post_since": dt.date(2026, 9, 1)}, "new_in_post"),
        ({"teaching_since": dt.date(2010, 9, 1), "employed_from": dt.date(2026, 8, 20)}, "new_here"),
        ({"teaching_since": dt.date(2010, 9, 1)}, "other"),
    ],
)  # fmt: skip
def test_the_category_of_a_mentee_is_proposed_from_the_card(school, over, category):
    assert mentee_category(make_person(school, **over), DAY) == category


def test_a_card_moves_through_its_states_with_reasons(curator, head, teacher):
    card = make_mentee(teacher.person)
    banks.approve([card], on=DAY, by=head)
    banks.move(card, "activate", on=DAY, by=curator)
    with pytest.raises(RuleError, match="Напишите причину"):
        banks.move(card, "pause", on=DAY, by=curator)
    banks.move(card, "pause", on=DAY, by=curator, reason="отпуск по уходу")
    banks.move(card, "activate", on=DAY, by=curator)
    banks.move(card, "leave", on=DAY, by=curator, reason="перевод")
    card.refresh_from_db()
    assert (card.state, card.left_on, card.state_reason) == ("left", DAY, "перевод")
    banks.move(card, "return", on=DAY, by=curator)
    card.refresh_from_db()
    assert (card.state, card.approved_on, card.left_on) == ("candidate", None, None)


@pytest.mark.req("R-214")
def test_history_keeps_every_state(curator, teacher):
    card = make_mentee(teacher.person)
    banks.update_card(card, by=curator, request="первый запрос")
    banks.update_card(card, by=curator, request="второй запрос")
    found = list(card.history.order_by("history_id").values_list("request", flat=True))
    assert found == ["", "первый запрос", "второй запрос"]


@pytest.mark.req("R-319")
def test_an_external_mentor_needs_a_basis(school, curator):
    guest = make_person(school, kind="external", institution="Педагогический колледж")
    with pytest.raises(RuleError) as error:
        banks.enter(guest, "mentors", on=DAY, by=curator)
    assert error.value.field == "basis"
    card = banks.enter(guest, "mentors", on=DAY, by=curator, basis="договор от 01.09.2026 № 3")
    assert card.basis == "договор от 01.09.2026 № 3"


@pytest.mark.req("R-304", "R-320")
@pytest.mark.parametrize("source", ["personal_file", "methodical_work", "attestation", "standard"])
def test_the_curator_records_needs_with_their_source(school, curator, teacher, client_for, source):
    card = make_mentee(teacher.person)
    client_for(curator).post(
        url("need_add", school, card.pk),
        {
            "difficulty": "documents",
            "direction": "",
            "weight": 3,
            "source": source,
            "text": "журнал",
        },
    )
    need = card.needs.get(source=source)
    assert (need.direction, need.weight, need.text) == ("law", 3, "журнал")
    page = client_for(curator).get(card.get_absolute_url()).content.decode()
    assert page.count(need.get_source_display()) == 1


@pytest.mark.req("R-211")
def test_cards_not_reviewed_for_a_year_are_found_and_marked(school, curator, client_for):
    stale = make_mentee(make_person(school, last_name="Орлова"), entered_on=dt.date(2025, 9, 1))
    make_mentee(make_person(school, last_name="Зимина"))
    client = client_for(curator)
    page = client.get(url("mentees", school) + "?review=on").content.decode()
    assert ("Орлова" in page, "Зимина" in page) == (True, False)
    client.post(url("bank_review", school, "mentees", stale.pk))
    stale.refresh_from_db()
    assert stale.reviewed_on == timezone.localdate()
    assert not MenteeProfile.objects.filter(bank_lists.review_due(timezone.localdate())).exists()


@pytest.mark.req("R-308", "R-313")
@pytest.mark.parametrize("bank", ["mentors", "mentees"])
def test_lists_filter_search_and_export(school, curator, client_for, bank):
    make = make_mentor if bank == "mentors" else make_mentee
    make(make_person(school, last_name="Орлова"), delivery_mode="online", forms=["teacher_teacher"])
    make(make_person(school, last_name="Зимина"), state="approved", kinds=["reverse"])
    client = client_for(curator)
    found = {}
    for query in ("q=орлова", "state=approved", "delivery_mode=online", "form=teacher_teacher", "kind=reverse", "direction=law"):  # fmt: skip
        page = client.get(f"{url(bank, school)}?{query}").content.decode()
        found[query] = [name for name in ("Орлова", "Зимина") if f"{name} Мария" in page]
    assert found == {
        "q=орлова": ["Орлова"], "state=approved": ["Зимина"], "delivery_mode=online": ["Орлова"],
        "form=teacher_teacher": ["Орлова"], "kind=reverse": ["Зимина"], "direction=law": [],
    }  # fmt: skip
    answer = client.get(url(bank, school) + "?export=xlsx")
    assert answer["Content-Type"].endswith("sheet")


@pytest.mark.req("R-309", "R-314")
@pytest.mark.parametrize("bank", ["mentors", "mentees"])
def test_pupils_stand_in_the_same_banks(bank, school, curator):
    pupil = make_pupil(school, dt.date(2013, 1, 1))
    make = make_mentor if bank == "mentors" else make_mentee
    make(pupil, consent=False)
    hidden = bank_lists.hidden(curator, bank, on=DAY)
    assert [row.person.last_name for row in hidden] == ["Соколов"]
    make_consent(pupil, "representative", representative=make_parent(pupil))
    shown = bank_lists.listed(curator, bank, on=DAY)
    assert [(card.person.last_name, card.person.kind) for card in shown] == [("Соколов", "pupil")]


@pytest.mark.req("R-127", "R-128")
@pytest.mark.parametrize(("catalogue", "least"), [("form", 5), ("kind", 7), ("direction", 8)])
def test_the_usual_catalogues_and_own_items(school, curator, catalogue, least):
    assert len(catalogues.items(school, catalogue)) >= least
    catalogues.add_item(catalogue=catalogue, title="Своё слово", by=curator)
    assert [item.title for item in catalogues.items(school, catalogue) if item.own] == [
        "Своё слово"
    ]
    with pytest.raises(RuleError, match="уже есть"):
        catalogues.add_item(catalogue=catalogue, title=" своё  слово ", by=curator)


def test_renaming_and_hiding_keep_the_code(school, other_school, curator):
    catalogues.change_item(catalogue="kind", code="speed", by=curator, title="быстрое")
    catalogues.change_item(catalogue="kind", code="group", by=curator, hidden=True)
    offered = {item.code: item.title for item in catalogues.items(school, "kind")}
    assert (offered["speed"], "group" in offered) == ("быстрое", False)
    assert catalogues.titles(school, "kind")["group"] == "групповое"
    assert "быстрое" not in catalogues.titles(other_school, "kind").values()
    catalogues.change_item(catalogue="kind", code="group", by=curator, hidden=False)
    assert "group" in {item.code for item in catalogues.items(school, "kind")}


def test_forms_with_pupils_are_offered_only_where_pupils_take_part(school):
    assert "pupil_pupil" not in catalogues.titles(school, "form")
    school.works_with_pupils = True
    assert "pupil_pupil" in catalogues.titles(school, "form")


@pytest.mark.parametrize("bank", ["mentors", "mentees"])
def test_lists_cost_the_same_with_more_rows(
    school, curator, client_for, django_assert_num_queries, bank
):
    make = make_mentor if bank == "mentors" else make_mentee
    client = client_for(curator)
    make(make_person(school, last_name="Орлова"))
    make(make_person(school, last_name="Скрытый"), consent=False)
    client.get(url(bank, school))
    with django_assert_num_queries(COST[bank]):
        client.get(url(bank, school))
    for name in ("Зимина", "Лисова", "Гусева"):
        make(make_person(school, last_name=name))
        make(make_person(school, last_name=f"{name}-Без"), consent=False)
    with django_assert_num_queries(COST[bank]):
        client.get(url(bank, school))


# Mentors: one query more, for the places that pairs hold.
COST = {"mentors": 12, "mentees": 11}


def test_two_clicks_approve_once(head, teacher):
    card = make_mentee(teacher.person)
    same = MenteeProfile.objects.get(pk=card.pk)
    banks.approve([card], on=DAY, by=head)
    with pytest.raises(RuleError, match="Обновите страницу"):
        banks.approve([same], on=DAY, by=head)


def test_the_person_corrects_own_wishes_and_not_the_state(school, teacher, client_for):
    card = make_mentee(teacher.person)
    client = client_for(teacher)
    client.post(
        url("bank_edit", school, "mentees", card.pk),
        {
            "request": "Свой запрос",
            "category": "new_here",
            "state": "active",
            "note": "чужая заметка",
        },
    )
    card.refresh_from_db()
    assert (card.request, card.category, card.state, card.note) == ("Свой запрос", "other", "candidate", "")  # fmt: skip
