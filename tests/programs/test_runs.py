"""The workbench: compute, proof, hand-made changes, sending; the plain list; wishes after the session."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import MenteeNeed, MentorStrength, Notice, Survey
from programs.models import MatchingRun, MentoringGroup
from programs.services import preferences, runs
from programs.services.suggestions import suggest
from roadmap.models import Event, EventParticipant
from tests.people.makers_banks import make_mentee
from tests.people.makers_surveys import answer_all
from tests.programs.makers import DAY, mentee_of, mentor_of, propose


@pytest.fixture
def people(school):
    """Two mentors of one place each and three mentees; the second of each fits the other exactly."""
    mentors = [mentor_of(school, last_name=name, capacity=1) for name in ("Орлова", "Быкова")]
    mentees = [mentee_of(school, last_name=name) for name in ("Зимина", "Лугова", "Ясная")]
    fit(mentees[0], mentors[1], "digital")
    fit(mentees[1], mentors[0], "method")
    return mentors, mentees


def fit(mentee, mentor, direction: str) -> None:
    profile, card = mentee.person.mentee_profile, mentor.person.mentor_profile
    MenteeNeed.objects.filter(profile=profile).update(direction=direction, weight=3)
    MentorStrength.objects.filter(profile=card).update(direction=direction, level=3)


def compute(curator, **over) -> MatchingRun:
    return runs.compute(on=DAY, by=curator, **over)


def names(run) -> dict[str, str | None]:
    rows = run.choices.select_related("mentee", "mentor")
    return {row.mentee.last_name: row.mentor and row.mentor.last_name for row in rows}


@pytest.mark.req("R-401", "R-501")
def test_the_best_distribution_is_kept_with_its_proof_and_reasons(curator, people):
    run = compute(curator)
    assert names(run) == {"Зимина": "Быкова", "Лугова": "Орлова", "Ясная": None}
    assert runs.proven(run)
    assert [(row["code"], len(row["mentors"])) for row in run.left] == [("no_strength", 2)]
    choice = run.choices.get(mentee__last_name="Зимина")
    assert sum(choice.parts.values()) == pytest.approx(choice.score, abs=0.05)
    assert "опыт отвечает запросу" in runs.in_words(choice, run.weights)["fits"]
    assert not Notice.objects.exists()


def test_a_corrupted_run_does_not_prove_itself(curator, people):
    run = compute(curator)
    run.prices = {key: price + 10**9 for key, price in run.prices.items()}
    assert not runs.proven(run)


def test_only_the_curator_computes(head, people):
    with pytest.raises(PermissionDenied):
        compute(head)


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"weights": {"needs": 0}}, "Все веса равны нулю"),
        ({"weights": {"needs": -5}}, "отрицательным"),
        ({"balance": -1}, "Выравнивание"),
    ],
)
def test_weights_that_make_no_sense_are_told_in_russian(curator, people, over, sentence):
    with pytest.raises(RuleError, match=sentence):
        compute(curator, **over)
    assert not MatchingRun.objects.exists()


def test_nobody_to_match_is_told(curator):
    with pytest.raises(RuleError, match="Подбирать некому"):
        compute(curator)


@pytest.mark.req("R-402")
def test_a_run_of_one_form_takes_those_who_want_it(school, curator, people):
    mentors, _ = people
    card = mentors[0].person.mentor_profile
    card.forms = ["head_teacher"]
    card.save()
    run = compute(curator, form="lecturer_young")
    assert run.task["mentors"] == [mentors[1].person_id]


def test_a_hand_moves_a_person_and_the_total_follows(curator, people):
    mentors, _ = people
    run = compute(curator)
    taken = run.choices.get(mentee__last_name="Ясная")
    with pytest.raises(RuleError, match="заняты все места"):
        runs.move(taken, mentor=mentors[0].person, by=curator)
    before = run.total
    freed = run.choices.get(mentee__last_name="Лугова")
    lost = runs.move(freed, mentor=None, by=curator)
    gained = runs.move(taken, mentor=mentors[0].person, by=curator)
    run.refresh_from_db()
    assert run.total == pytest.approx(before + lost + gained)
    assert names(run)["Ясная"] == "Орлова"
    assert runs.proven(run)


def test_locked_pairs_stay_and_forbidden_ones_go_when_computed_anew(curator, people):
    mentors, mentees = people
    run = compute(curator)
    runs.set_lock(run.choices.get(mentee__last_name="Лугова"), locked=True, by=curator)
    runs.forbid(mentors[1].person, mentees[0].person, reason="conflict", by=curator)
    fresh = runs.again(run, on=DAY, by=curator)
    assert names(fresh) == {"Зимина": None, "Лугова": "Орлова", "Ясная": "Быкова"}
    assert runs.proven(fresh)


def test_a_person_is_never_his_own_mentor(school, curator, people):
    mentors, _ = people
    make_mentee(mentors[0].person, state="approved", consent=False)
    run = compute(curator)
    assert all(mentee != mentor for mentee, mentor in run.choices.values_list("mentee", "mentor"))


@pytest.mark.req("R-506")
def test_sending_proposes_each_pair_with_the_marks_of_the_decision(curator, people):
    run = compute(curator)
    runs.weigh(run.choices.get(mentee__last_name="Зимина"), by=curator, profile_mark=5, profile_word="тот же запрос", interest_mark=4, interest_word="оба рады")  # fmt: skip
    groups = runs.send(run, on=DAY, by=curator, answer_by=DAY + dt.timedelta(days=7))
    assert [(group.state, group.origin) for group in groups] == [("proposed", "run")] * 2
    marked = MentoringGroup.objects.get(members__person__last_name="Зимина")
    assert (marked.profile_mark, marked.interest_word) == (5, "оба рады")
    with pytest.raises(RuleError, match="уже предложен"):
        runs.send(run, on=DAY, by=curator)


def test_opening_and_saving_a_run_costs_the_same_queries(school, curator, people, client_for):
    client, numbers = client_for(curator), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as saving:
            run = compute(curator)
        saved = len(saving)  # a request empties the log
        address = reverse("matching_run", args=[school.slug, run.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as loading:
            assert client.get(address).status_code == 200
        numbers.append((saved, len(loading)))
        for name in ("Ивина", "Котова", "Мирная"):
            mentee_of(school, last_name=name)
    assert numbers[0] == numbers[1] == (16, 10)


@pytest.mark.req("R-401")
def test_a_small_school_sees_three_best_mentors_of_each_with_words(curator, people):
    found = suggest(curator, on=DAY)
    assert [card.person.last_name for card, _ in found] == ["Зимина", "Лугова", "Ясная"]
    best = found[0][1][0]
    assert best.mentor.last_name == "Быкова"
    assert "опыт отвечает запросу" in best.words["fits"]


@pytest.fixture
def session(school, people):
    event = Event.objects.create(
        organization=school, kind="group_session", title="Встреча", state="held", starts_at=dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC),
    )  # fmt: skip
    for member in [*people[0], *people[1][:2]]:
        EventParticipant.objects.create(organization=school, event=event, person=member.person, attended=True)  # fmt: skip
    return event


def choose(survey: Survey, who, whom, **over) -> None:
    preferred = [{"person": one.person_id, "reasons": [], "text": ""} for one in whom]
    answer_all(survey, who.person, preferred=preferred, unwanted=[], **over)


@pytest.mark.req("R-503", "R-504")
def test_the_session_asks_those_present_whom_they_would_choose(curator, people, session):
    mentors, mentees = people
    first, second = preferences.ask_present(session, on=DAY, by=curator)
    assert first.participants.count() == second.participants.count() == 2
    assert first.privacy == "hidden"
    choose(first, mentees[0], [mentors[0], mentors[1]])
    choose(second, mentors[0], [mentees[0]])
    found = preferences.preferences(curator.organization, by=curator)
    assert found.of_mentees == {(mentees[0].person_id, mentors[0].person_id): 0, (mentees[0].person_id, mentors[1].person_id): 1}  # fmt: skip
    assert found.mutual == [(mentees[0].person_id, mentors[0].person_id)]


@pytest.mark.req("R-502", "R-505")
def test_the_curator_alone_reads_the_matrix_and_makes_a_pair_of_a_mutual_choice(
    school, curator, head, people, session, client_for
):
    mentors, mentees = people
    first, second = preferences.ask_present(session, on=DAY, by=curator)
    choose(first, mentees[0], [mentors[0]])
    choose(second, mentors[0], [mentees[0]])
    address = reverse("preferences", args=[school.slug])
    assert client_for(head).get(address).status_code == 403
    page = client_for(curator).get(address).content.decode()
    assert f"?mentee={mentees[0].person_id}&amp;mentor={mentors[0].person_id}" in page
    group = propose(mentors[0], [mentees[0]], curator, origin="mutual")
    assert group.get_origin_display() == "взаимный выбор"


def test_preferences_are_asked_only_after_the_session(school, curator, people):
    event = Event.objects.create(organization=school, kind="group_session", title="Будет", starts_at=dt.datetime(2026, 12, 1, tzinfo=dt.UTC))  # fmt: skip
    with pytest.raises(RuleError, match="после групповой встречи"):
        preferences.ask_present(event, on=DAY, by=curator)
