"""What the optimum does not see: lone groups, mirrored pairs, two runs compared, who would rather be elsewhere."""

import pytest
from django.urls import reverse

from people.models import MenteeNeed, MentorStrength
from programs.services import run_review, runs
from tests.people.makers_banks import make_mentee, make_mentor
from tests.programs.makers import DAY, mentee_of, mentor_of, working_pair


@pytest.fixture
def people(school):
    mentors = [mentor_of(school, last_name=name, capacity=1) for name in ("Орлова", "Быкова")]
    mentees = [mentee_of(school, last_name=name) for name in ("Зимина", "Лугова")]
    for mentee, mentor, direction in zip(mentees, mentors, ("digital", "method"), strict=True):
        MenteeNeed.objects.filter(profile__person=mentee.person).update(direction=direction, weight=3)  # fmt: skip
        MentorStrength.objects.filter(profile__person=mentor.person).update(direction=direction, level=3)  # fmt: skip
    return mentors, mentees


def compute(curator, **over):
    return runs.compute(on=DAY, by=curator, **over)


def chosen(run):
    return list(run.choices.filter(mentor__isnull=False).select_related("mentor", "mentee"))


def words(run) -> list[str]:
    return [one.words for one in run_review.warnings(run, chosen(run))]


def test_a_mentor_of_groups_with_one_mentee_is_told(curator, people):
    card = people[0][0].person.mentor_profile
    card.kinds = ["group"]
    card.save()
    run = compute(curator)
    (told,) = words(run)
    words_of_it = (
        "ведёт только группы (от 2 человек), в подборе у группы один человек – Зимина О. И."
    )
    assert told.endswith(words_of_it)


def test_two_people_who_mentor_each_other_are_told_once_with_the_weaker_pair(school, curator, people):  # fmt: skip
    (anna, vera), _ = people
    for member in (anna, vera):
        make_mentee(member.person, state="approved", consent=False)
    run = compute(curator)
    for choice in run.choices.exclude(mentee__in=[anna.person, vera.person]):
        runs.move(choice, mentor=None, by=curator)
    for mentee, mentor in ((anna, vera), (vera, anna)):
        runs.move(run.choices.get(mentee=mentee.person), mentor=mentor.person, by=curator)
    (warning,) = run_review.warnings(run, chosen(run))
    assert "наставники друг друга" in warning.words
    assert warning.choice.score == min(row.score for row in chosen(run))


def test_a_mirror_of_a_working_pair_is_told(school, curator, head, people):
    (anna, _), (olga, _) = people
    make_mentor(olga.person, state="approved", consent=False)
    make_mentee(anna.person, state="approved", consent=False)
    working_pair(olga, [anna], curator, head)
    run = compute(curator)
    mirrored = run.choices.get(mentee=olga.person)
    if mirrored.mentor_id != anna.person_id:
        for choice in run.choices.filter(mentor=anna.person):
            runs.move(choice, mentor=None, by=curator)
        runs.move(mirrored, mentor=anna.person, by=curator)
    assert [one.choice.mentee_id for one in run_review.warnings(run, chosen(run))] == [olga.person_id]  # fmt: skip


def test_one_click_takes_the_pair_out(school, curator, people, client_for):
    run = compute(curator)
    choice = run.choices.get(mentee__last_name="Зимина")
    answer = client_for(curator).post(reverse("matching_release", args=[school.slug, choice.pk]))
    assert answer.status_code == 302
    choice.refresh_from_db()
    assert choice.mentor_id is None


def test_an_optimal_run_blocks_nobody_and_a_swapped_one_does(curator, people):
    (anna, vera), (olga, lida) = people
    run = compute(curator)
    assert run_review.blocking(run) == []
    for mentee in (olga, lida):
        runs.move(run.choices.get(mentee=mentee.person), mentor=None, by=curator)
    for mentee, mentor in ((olga, vera), (lida, anna)):
        runs.move(run.choices.get(mentee=mentee.person), mentor=mentor.person, by=curator)
    found = {(one.mentee.last_name, one.mentor.last_name) for one in run_review.blocking(run)}
    assert found == {("Зимина", "Орлова"), ("Лугова", "Быкова")}


def test_two_runs_are_compared_by_person_and_weight(school, curator, people, client_for):
    first = compute(curator)
    second = compute(curator, weights={**runs.USUAL_WEIGHTS, "needs": 10})
    runs.move(second.choices.get(mentee__last_name="Лугова"), mentor=None, by=curator)
    (row,) = run_review.compare(first, second)
    assert (row.mentee.last_name, row.first.last_name, row.second) == ("Лугова", "Быкова", None)
    assert run_review.weights_changed(first, second) == [("needs", 40, 10)]
    page = client_for(curator).get(reverse("matching_compare", args=[school.slug, first.pk, second.pk]))  # fmt: skip
    assert "Наставник меняется у 1 человека" in page.content.decode()


@pytest.mark.req("R-508")
def test_mentees_of_one_mentor_may_be_proposed_as_one_group(curator, people):
    (anna, _), (olga, lida) = people
    card = anna.person.mentor_profile
    card.capacity = 2
    card.save()
    run = compute(curator)
    for choice in run.choices.all():
        runs.move(choice, mentor=None, by=curator)
    for choice in run.choices.all():
        runs.move(choice, mentor=anna.person, by=curator)
    runs.weigh(run.choices.get(mentee=olga.person), by=curator, profile_mark=5, profile_word="опыт")
    runs.weigh(run.choices.get(mentee=lida.person), by=curator, profile_mark=3, profile_word="опыт")
    (group,) = runs.send(run, on=DAY, by=curator, together=True)
    assert [one.last_name for one in group.mentees] == ["Зимина", "Лугова"]
    assert (group.profile_mark, group.profile_word) == (3, "опыт")
