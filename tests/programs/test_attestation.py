"""The record of a mentor for attestation: what is in it, counted by hand, and who reads it."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from mentoring.core.paper_checks import LISTING_SIZES, check_docx, check_pdf
from people.models import JournalEntry
from people.services import consents
from programs.models import (
    AttestationNote,
    Award,
    Contest,
    ContestEntry,
    Practice,
    PracticeAuthor,
    ProgramResult,
    Training,
)
from programs.prints.attestation import print_attestation, table, word_attestation
from programs.services import attestation, attestation_facts
from roadmap.models import Document
from tests.factories import make_member
from tests.people.makers_surveys import answer_all, make_survey
from tests.people.prints import text_of_pdf
from tests.programs.makers import DAY, mentee_of, mentor_of, working_pair
from tests.programs.makers_programs import hold, running

LATER = DAY + dt.timedelta(days=300)  # 16.09.2027, the next school year


def facts_of(mentor, by=None, on=LATER):
    return attestation_facts.read(mentor.person, on=on, by=by or mentor)


def record_of(mentor, key=attestation.ALL, **over):
    facts = facts_of(mentor, **over)
    return attestation.record(facts, attestation.spans(facts)[key])


def own_rows(mentor, program, school, curator, day=DAY) -> None:
    """One training, practice (and a draft), contest entry and given award of the mentor that day."""
    own = {"organization": school}
    person = mentor.person
    Training.objects.create(person=person, kind="course", title="Наставник в школе", hours=36, starts_on=day, ends_on=day, paper="удостоверение 12", **own)  # fmt: skip
    for state, title in (("collected", "Разбор видео"), ("draft", "Набросок")):
        practice = Practice.objects.create(title=title, state=state, made_on=day, **own)  # fmt: skip
        PracticeAuthor.objects.create(practice=practice, person=person, **own)
    contest = Contest.objects.create(title="Педагогический дуэт", level="municipal", held_on=day, **own)  # fmt: skip
    ContestEntry.objects.create(contest=contest, person=person, recommended_by=curator.person, state="result", result="лауреат", **own)  # fmt: skip
    for kind, merit in (("commendation", "за труд"), ("talent_pool", "на вырост")):
        Award.objects.create(person=person, kind=kind, merit=merit, basis="Приказ № 7", proposed_on=day, proposed_by=curator, state="given", decided_on=day, **own)  # fmt: skip


def test_the_record_is_the_one_counted_by_hand(pair, program, school, curator):
    """Three meetings of 45 minutes: two in 2026/2027, one in 2027/2028, when the mentor was away once more."""
    program.ends_on = LATER
    program.save()
    Document.objects.filter(pk=pair.group.document_id).update(number="17-к")
    for shift in (1, 8):
        hold(program, pair.mentor, day=DAY + dt.timedelta(days=shift))
    hold(program, pair.mentor, day=LATER)
    missed = hold(program, pair.mentor, day=LATER)
    missed.presence.update_or_create(person=pair.mentor.person, defaults={"present": False, "organization": school})  # fmt: skip
    own_rows(pair.mentor, program, school, curator)
    whole, year = record_of(pair.mentor), record_of(pair.mentor, "2026")
    assert (len(whole.pairs), whole.mentees, whole.completed, whole.meetings, whole.hours) == (1, 1, 0, 3, 2.2)  # fmt: skip
    assert (year.meetings, year.hours) == (2, 1.5)
    line = whole.pairs[0]
    assert line.mentees == ["З. О. И., учитель математики"]
    assert line.order == f"приказ от {DAY:%d.%m.%Y} №\u00a017-к"
    assert line.programs == [("Первый год", "идёт")]
    assert [row.title for row in whole.practices] == ["Разбор видео"]
    assert [(row.merit, words) for row, words in whole.awards] == [("за труд", "Приказ № 7")]  # fmt: skip
    assert [row.result for row in whole.entries] == ["лауреат"]
    assert [row.hours for row in whole.trainings] == [36]
    later = record_of(pair.mentor, "2027")
    assert (later.meetings, later.trainings, later.practices, later.entries, later.awards) == (1, [], [], [], [])  # fmt: skip


def test_a_completed_programme_tells_the_end_and_the_own_result_without_names(pair, program, school):  # fmt: skip
    program.state, program.completed_on, program.completion_reason = "completed", DAY, "plan_fulfilled"  # fmt: skip
    program.save()
    ProgramResult.objects.create(organization=school, program=program, person=pair.mentor.person, role="mentor", text="С Зиминой освоили разбор", completed_on=DAY)  # fmt: skip
    ProgramResult.objects.create(organization=school, program=program, person=pair.mentee.person, role="mentee", text="дисциплина: в работе", completed_on=DAY)  # fmt: skip
    record = record_of(pair.mentor)
    assert record.completed == 1
    assert record.pairs[0].programs == [("Первый год", f"завершена {DAY:%d.%m.%Y}, план выполнен полностью. С […] освоили разбор")]  # fmt: skip


def test_a_mentee_without_a_consent_is_not_even_initials(pair, program):
    consent = pair.mentee.person.consents.get(kind="data", state="given")
    consents.withdraw(consent, on=DAY, by=pair.mentee, method="paper")
    assert record_of(pair.mentor).pairs[0].mentees == ["наставляемый"]


@pytest.mark.parametrize(("number", "words"), [(2, "мало ответов"), (3, "8,0 из 10, ответов 3")])
def test_satisfaction_is_a_mean_of_three_own_mentees_at_least(school, curator, head, number, words):
    mentor, other = mentor_of(school, capacity=5), mentor_of(school, last_name="Сомова")
    own = [mentee_of(school, last_name=f"Лисова{letter}") for letter in "абв"[:number]]
    foreign = mentee_of(school, last_name="Чижова")
    working_pair(mentor, own, curator, head)
    working_pair(other, [foreign], curator, head)
    people = [one.person for one in [*own, foreign]]
    survey = make_survey(curator, people, code="mentee_final", opens_on=DAY)
    for one, mark in zip(own, (7, 8, 9), strict=False):
        answer_all(survey, one.person, overall=mark)
    answer_all(survey, foreign.person, overall=1)
    assert record_of(mentor).satisfaction == words


def test_the_record_costs_the_same_with_few_and_many_pairs(pair, program, school, curator, head, django_assert_num_queries):  # fmt: skip
    def counted():
        with django_assert_num_queries(15):
            record_of(pair.mentor)

    survey = make_survey(curator, [pair.mentee.person], code="mentee_final", opens_on=DAY)
    answer_all(survey, pair.mentee.person, overall=7)
    counted()
    for letter in "аб":
        group = working_pair(mentor_of(school, last_name="Сомова"), [mentee_of(school, last_name=f"Лисова{letter}")], curator, head)  # fmt: skip
        group.mentor = pair.mentor.person
        group.save()
        hold(running(group, curator), curator)
    own_rows(pair.mentor, program, school, curator)
    counted()


def address(name, school, mentor):
    return reverse(name, args=[school.slug, mentor.person.pk])


NAMES = ["attestation_record", "attestation_pdf", "attestation_docx", "attestation_xlsx"]


@pytest.mark.parametrize("name", NAMES)
def test_who_opens_the_record(name, pair, school, teacher, curator, head, stranger, client, client_for):  # fmt: skip
    page = address(name, school, pair.mentor)
    assert client.get(page).status_code == 302
    codes = {role: client_for(who).get(page).status_code for role, who in {"mentor": pair.mentor, "head": head, "curator": curator, "teacher": teacher, "mentee": pair.mentee, "stranger": stranger}.items()}  # fmt: skip
    assert codes == {"mentor": 200, "head": 200, "curator": 200, "teacher": 403, "mentee": 403, "stranger": 404}  # fmt: skip
    assert client_for(curator).get(address(name, school, pair.mentee)).status_code == 404


def test_the_right_is_the_service_s_too(pair, school):
    with pytest.raises(PermissionDenied):
        attestation_facts.read(pair.mentor.person, on=DAY, by=pair.mentee)


def test_a_file_taken_by_another_stands_in_the_journal(pair, school, curator, client_for):
    client_for(pair.mentor).get(address("attestation_xlsx", school, pair.mentor))
    client_for(curator).get(address("attestation_xlsx", school, pair.mentor))
    rows = JournalEntry.objects.filter(event="attestation.taken")
    assert [row.membership for row in rows] == [curator]


def test_the_mentor_adds_own_words_and_nobody_else_does(pair, school, curator, client_for):
    page = address("attestation_record", school, pair.mentor)
    client_for(pair.mentor).post(page, {"text": "Открытый урок 12 мая"})
    client_for(curator).post(page, {"text": "Чужое"})
    assert [row.text for row in AttestationNote.objects.all()] == ["Открытый урок 12 мая"]
    with pytest.raises(PermissionDenied):
        attestation_facts.write_note(pair.mentor.person, text="Чужое", by=curator)
    assert list(table(record_of(pair.mentor)))[-1][:2] == ["Дополнительно", "Открытый урок 12 мая"]


def test_the_way_leads_from_own_pages_and_from_the_card(pair, program, school, curator, client_for):
    link = f'href="{address("attestation_record", school, pair.mentor)}"'
    for name in ("my_groups", "my_programs", "me"):
        assert link in client_for(pair.mentor).get(reverse(name, args=[school.slug])).content.decode()  # fmt: skip
        assert "attestation/" not in client_for(pair.mentee).get(reverse(name, args=[school.slug])).content.decode()  # fmt: skip
    card = reverse("mentor", args=[school.slug, pair.mentor.person.mentor_profile.pk])
    assert link in client_for(curator).get(card).content.decode()


def test_an_unknown_year_is_not_found_and_the_table_names_no_mentee(pair, program, school, client_for):  # fmt: skip
    client, page = client_for(pair.mentor), address("attestation_record", school, pair.mentor)
    assert client.get(page, {"year": "1812"}).status_code == 404
    content = client.get(address("attestation_xlsx", school, pair.mentor)).content
    text = str(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())  # fmt: skip
    assert "З. О. И." in text
    assert "Зимин" not in text


@pytest.mark.papers
def test_the_record_on_paper_is_sound_and_says_the_same_in_word(pair, program, school, curator, head, real_papers):  # fmt: skip
    hold(program, pair.mentor, day=DAY)
    own_rows(pair.mentor, program, school, curator)
    attestation_facts.write_note(pair.mentor.person, text="Открытый урок\nСтатья", by=pair.mentor)
    record = record_of(pair.mentor, on=timezone.localdate())
    pdf = print_attestation(record)
    assert check_pdf(pdf, sizes=LISTING_SIZES) == []
    assert check_docx(word_attestation(record), pdf) == []
    text = text_of_pdf(pdf)
    assert "З. О. И., учитель" in text
    assert "Зимин" not in text


def test_a_new_teacher_has_no_record(school, curator, client_for):
    plain = make_member(school, "staff", last_name="Сомова")
    assert client_for(plain).get(address("attestation_record", school, plain)).status_code == 404
