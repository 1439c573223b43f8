"""Both stages of monitoring: counted by hand, older versions, hidden names, SWOT, the page (R-219, R-707, R-708)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.errors import RuleError
from people.models import JournalEntry, Questionnaire, Survey
from people.services import answers as answering
from people.services import questionnaires, surveys
from programs.models import SwotNote
from programs.monitoring.changes import Change
from programs.monitoring.influence import of_scale
from programs.monitoring.scope import Period, school_year
from programs.monitoring.values import Value
from programs.services import indicators, monitoring, swot
from tests.factories import make_person
from tests.people.makers_surveys import DAY, answer_all, full_answers, make_survey

YEAR = school_year(DAY)
EMPTY = Period(dt.date(1990, 9, 1), dt.date(1991, 8, 31), dt.date(1991, 5, 31))


@pytest.fixture
def people(school):
    return [make_person(school, last_name=f"Ветров{letter}") for letter in "абвгдеж"]


def run(curator, code: str, answers: list[tuple], **over) -> Survey:
    """A run with its answers: (person, own values)."""
    survey = make_survey(curator, [person for person, _ in answers], code=code, **over)
    for person, values in answers:
        if survey.privacy == Survey.Privacy.ANONYMOUS:
            participant = surveys.with_survey(survey.participants.filter(person=person)).get()
            answering.send_anonymous(participant, {**full_answers(survey), **values})
        else:
            answer_all(survey, person, **values)
    return survey


def marks(people, code: str, numbers: list[int]) -> list[tuple]:
    return [(person, {code: number}) for person, number in zip(people, numbers, strict=False)]


def of_year(curator) -> monitoring.Monitoring:
    return monitoring.of_period(curator.organization, YEAR)


def scale_of(found, code: str, scale: str):
    one = next(one for one in found.satisfaction if one.code == code)
    return next((row for row in one.scales if row.code == scale), None)


def change_of(found, role: str, scale: str):
    one = next(one for one in found.influence if one.role == role)
    return next((row for row in one.scales if row.code == scale), None)


def new_version(curator, code: str, edit) -> None:
    """The school edits the questionnaire: what was answered stays with its version."""
    form = Questionnaire.objects.of(curator.organization).get(code=code)
    content = questionnaires.latest(form).content
    edit([one for section in content["sections"] for one in section["questions"]], content)
    questionnaires.save_content(form, content, by=curator)


def without(code: str):
    def edit(_, content):
        for section in content["sections"]:
            section["questions"] = [one for one in section["questions"] if one["code"] != code]

    return edit


def with_greatest(code: str, greatest: int):
    def edit(questions, _):
        next(one for one in questions if one["code"] == code)["max"] = greatest

    return edit


# ---- first stage: the process --------------------------------------------------------------------------------------
@pytest.mark.req("R-706")
def test_mean_number_and_spread_of_a_scale_by_hand(curator, people):
    run(curator, "mentee_final", marks(people, "overall", [6, 7, 8, 9, 10]))
    found = of_year(curator)
    overall = scale_of(found, "mentee_final", "overall")
    assert (overall.value.n, overall.value.value, overall.spread, overall.greatest) == (5, 8.0, "1,6", 10)  # fmt: skip
    assert [(value.n, value.d) for _, value in found.shares] == [(4, 5), (0, 0)]


def test_few_answers_give_whole_points_and_no_spread(curator, people):
    run(curator, "mentor_final", marks(people, "overall", [6, 7, 7]))
    overall = scale_of(of_year(curator), "mentor_final", "overall")
    assert (overall.value.n, overall.value.value, overall.few, overall.spread) == (3, 7.0, True, "")


def test_a_run_with_too_few_hidden_answers_shows_why_and_no_figures(curator, people):
    run(curator, "mentee_midterm", marks(people, "comfort", [1, 2, 3, 4]), privacy="hidden")
    one = next(one for one in of_year(curator).satisfaction if one.code == "mentee_midterm")
    assert (one.scales, [row.reason for row in one.runs]) == ([], ["Сводки нет: ответили 4, нужно не меньше 5."])  # fmt: skip


def test_anonymous_answers_count_when_the_run_is_closed(curator, people):
    survey = run(curator, "mentee_midterm", marks(people, "comfort", [4, 5, 6, 7, 8, 9]), privacy="anonymous")  # fmt: skip
    assert scale_of(of_year(curator), "mentee_midterm", "comfort") is None
    surveys.close_survey(survey, by=curator)
    assert scale_of(of_year(curator), "mentee_midterm", "comfort").value.value == 6.5


def test_a_scale_that_had_other_bounds_before_is_not_added_in(curator, people):
    run(curator, "mentee_final", marks(people[:2], "comfort", [10, 10]))
    new_version(curator, "mentee_final", with_greatest("comfort", 5))
    usual = dict.fromkeys(("usefulness", "support"), 7)
    run(curator, "mentee_final", [(people[2], {"comfort": 3, **usual})], opens_on=dt.date(2026, 9, 2))  # fmt: skip
    comfort = scale_of(of_year(curator), "mentee_final", "comfort")
    assert (comfort.value.n, comfort.value.value, comfort.greatest) == (1, 3.0, 5)
    assert scale_of(of_year(curator), "mentee_final", "support").value.n == 3


# ---- quality of programmes --------------------------------------------------------------------------------------------
FULL = ("conditions", "goals", "resources", "meetings", "voluntary", "roles", "head_support", "feedback", "results", "comfort", "activity", "desire", "work_quality")  # fmt: skip


@pytest.mark.req("R-707")
def test_points_by_criterion_and_band_by_hand(curator, people):
    """13 criteria: 26 points each; 2·26 = 52 greatest, 26 + 12 = 38 given: 73.1 %, less than 15/18."""
    second = dict.fromkeys(FULL, "1") | {"resources": "0"}
    run(curator, "program_quality", [(curator.person, {"criteria": dict.fromkeys(FULL, "2")}), (people[0], {"criteria": second})])  # fmt: skip
    found = of_year(curator).quality
    assert (found.total.n, found.total.d, found.total.value, found.band) == (38, 52, 73.1, "допустимый уровень")  # fmt: skip
    rows = {one.code: (one.n, one.value.n, one.value.d) for one in found.criteria}
    assert (len(rows), rows["goals"], rows["resources"]) == (13, (2, 3, 4), (2, 2, 4))


@pytest.mark.req("R-707")
def test_criteria_added_and_removed_change_the_greatest_of_their_own_answers_only(curator, people):
    run(curator, "program_quality", [(curator.person, {"criteria": dict.fromkeys(FULL, "2")})])

    def edit(questions, _):
        matrix = next(one for one in questions if one["code"] == "criteria")
        matrix["rows"] = [row for row in matrix["rows"] if row["code"] != "resources"]
        matrix["rows"] += [{"code": "books", "text": "есть книги"}, {"code": "room", "text": "есть место"}]  # fmt: skip

    new_version(curator, "program_quality", edit)
    newer = [*(code for code in FULL if code != "resources"), "books", "room"]
    run(curator, "program_quality", [(people[0], {"criteria": dict.fromkeys(newer, "1")})], opens_on=dt.date(2026, 9, 2))  # fmt: skip
    found = of_year(curator).quality
    assert [(points.n, points.d, band) for _, points, band in found.runs] == [(14, 28, "допустимый уровень"), (26, 26, "оптимальный уровень")]  # fmt: skip
    rows = {one.code: (one.n, one.value.n, one.value.d) for one in found.criteria}
    assert (rows["resources"], rows["books"], rows["goals"]) == ((1, 2, 2), (1, 1, 2), (2, 3, 4))
    assert (found.total.n, found.total.d) == (40, 54)
    assert indicators.of_school(curator.organization, YEAR)["I-17"].n == 40


# ---- second stage: the influence ------------------------------------------------------------------------------------------
@pytest.mark.req("R-708")
def test_before_and_after_of_the_same_people_by_hand(curator, people):
    run(curator, "mentee_initial", marks(people, "support", [4, 5, 6, 7, 8, 1]))
    run(curator, "mentee_final", marks(people, "support", [7, 7, 8, 8, 9]), opens_on=dt.date(2026, 11, 1))  # fmt: skip
    found = change_of(of_year(curator), "mentee", "support")
    assert (found.n, found.before.value, found.after.value, found.change.value, found.spread) == (5, 6.0, 7.8, 1.8, "0,8")  # fmt: skip
    assert change_of(of_year(curator), "mentor", "comfort") is None


@pytest.mark.req("R-708")
def test_four_people_are_too_few_to_judge(curator, people):
    run(curator, "mentor_initial", marks(people, "comfort", [4, 4, 4, 5]))
    run(curator, "mentor_final", marks(people, "comfort", [5, 5, 5, 5]))
    found = change_of(of_year(curator), "mentor", "comfort")
    assert (found.n, found.before.value, found.change.value, found.few, found.spread) == (4, 4.0, 1.0, True, "")  # fmt: skip


@pytest.mark.req("R-708")
def test_a_scale_missing_or_asked_otherwise_in_the_older_version_is_not_paired(curator, people):
    usual = dict.fromkeys(("theory", "practice"), 5)
    for code in ("support", "comfort"):
        questionnaires.install(curator.organization)
        new_version(curator, "mentee_initial", without("support") if code == "support" else with_greatest("comfort", 5))  # fmt: skip
    run(curator, "mentee_initial", [(person, {**usual, "comfort": 4}) for person in people[:5]])
    run(curator, "mentee_final", [(person, usual) for person in people[:5]])
    codes = {one.code for one in of_year(curator).influence[0].scales}
    assert codes == {"usefulness", "event_quality", "adaptation_help", "theory", "practice", "satisfaction"}  # fmt: skip
    assert change_of(of_year(curator), "mentee", "theory").change.value == 0.0


def test_hidden_answers_of_too_few_people_show_no_means(curator, people):
    run(curator, "mentee_initial", marks(people, "support", [4, 5, 6]))
    run(curator, "mentee_final", marks(people, "support", [7, 7, 8]), privacy="hidden")
    found = change_of(of_year(curator), "mentee", "support")
    assert (found.n, found.withheld, found.before, found.after, found.change) == (3, True, None, None, None)  # fmt: skip


def test_the_indicator_keeps_quiet_about_few_hidden_answers_and_speaks_of_open_ones(
    curator, people
):
    school = curator.organization
    run(curator, "mentee_initial", marks(people, "support", [4, 5, 6]))
    hidden = run(curator, "mentee_final", marks(people, "support", [7, 7, 8]), privacy="hidden")
    assert indicators.of_school(school, YEAR)["I-14"] == Value(3)
    Survey.objects.filter(pk=hidden.pk).update(privacy="named")
    assert indicators.of_school(school, YEAR)["I-14"].weight == (7, 24)


@given(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)), min_size=5, max_size=60))
def test_the_change_lies_between_the_least_and_the_greatest_and_is_the_difference_of_means(pairs):
    found = of_scale("comfort", "комфорт", [Change(*one) for one in pairs], minimum=5)
    differences = [after - before for before, after in pairs]
    assert min(differences) <= found.change.value <= max(differences)
    assert abs(found.after.value - found.before.value - found.change.value) <= 0.16


def test_a_period_without_data_has_nothing_to_show(curator, people):
    run(curator, "mentee_final", marks(people, "overall", [6, 7]))
    found = monitoring.of_period(curator.organization, EMPTY)
    assert [one.scales for one in found.satisfaction] == [[], [], [], []]
    assert (found.runs, found.quality, found.offers) == (0, None, [])
    assert [(one.title, one.scales) for one in found.influence] == [("Наставляемые", ()), ("Наставники", ())]  # fmt: skip


# ---- SWOT --------------------------------------------------------------------------------------------------------------------
@pytest.mark.req("R-707")
def test_texts_are_offered_without_names_and_only_of_enough_people(curator, people):
    texts = [(person, {"helps": f"разбор урока {number}", "hinders": "мало времени"}) for number, person in enumerate(people[:4])]  # fmt: skip
    run(curator, "mentee_midterm", texts)
    run(curator, "program_quality", [(curator.person, {"threats": "отток кадров"})])
    offered = {(one.part, one.text) for one in of_year(curator).offers}
    assert ("threats", "отток кадров") in offered
    assert not any(text.startswith("разбор") for _, text in offered)
    run(curator, "mentor_midterm", [(person, {"helps": "доверие", "hinders": "мало времени"}) for person in people[:5]])  # fmt: skip
    offered = [(one.part, one.text) for one in of_year(curator).offers]
    assert (offered.count(("strong", "доверие")), offered.count(("weak", "мало времени"))) == (1, 1)


def test_a_line_is_taken_over_once_and_stays_with_its_period(curator, head):
    swot.take(YEAR, part="weak", text=" мало\nвремени ", by=curator)
    with pytest.raises(RuleError, match="уже перенесена"):
        swot.take(YEAR, part="weak", text="мало времени", by=curator)
    with pytest.raises(RuleError, match="Такой строки"):
        swot.take(YEAR, part="organization", text="чужое", by=curator)
    swot.save(YEAR, by=curator, strong="доверие\n\n  опыт ")
    note = SwotNote.objects.get()
    assert (note.weak, note.strong) == ("мало времени", "доверие\nопыт")
    assert JournalEntry.objects.filter(event="swot.saved").count() == 2
    assert monitoring.swot_of(curator.organization, EMPTY).pk is None
    with pytest.raises(PermissionDenied, match="готовит куратор"):
        swot.save(YEAR, by=head, strong="сам")


# ---- the page ------------------------------------------------------------------------------------------------------------------
def page(client, school, name: str = "monitoring") -> str:
    answer = client.get(reverse(name, args=[school.slug]) + "?kind=free&start=2026-09-01&end=2027-08-31")  # fmt: skip
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def answered(curator, people):
    run(curator, "mentee_initial", marks(people, "support", [4, 5, 6, 7, 8]))
    run(curator, "mentee_final", marks(people, "support", [7, 7, 8, 8, 9]))
    run(curator, "program_quality", [(curator.person, {"criteria": dict.fromkeys(FULL, "2"), "weak": "мало часов"})])  # fmt: skip


@pytest.mark.req("R-219")
def test_head_reads_both_stages_and_curator_takes_a_line_over(curator, head, answered, client_for):
    school = curator.organization
    read = page(client_for(head), school)
    assert ("data:image/svg+xml" in read, "26 из 26 баллов" in read, "Перенести" in read) == (True, True, False)  # fmt: skip
    client = client_for(curator)
    assert "Перенести" in page(client, school)
    address = (
        reverse("swot_take", args=[school.slug]) + "?kind=free&start=2026-09-01&end=2027-08-31"
    )
    answer = client.post(address, {"part": "weak", "text": "мало часов"}, follow=True)
    assert "Строка перенесена." in answer.content.decode()
    assert SwotNote.objects.get().weak == "мало часов"
    client.post(reverse("swot", args=[school.slug]) + "?kind=free&start=2026-09-01&end=2027-08-31", {"strong": "опыт"})  # fmt: skip
    note = SwotNote.objects.get()
    assert (note.strong, note.weak) == ("опыт", "")


def test_page_of_an_empty_school_says_so(curator, head, client_for):
    assert page(client_for(head), curator.organization).count("Нет данных") == 7


def test_page_costs_the_same_with_more_runs_and_people(curator, people, answered, client_for, django_assert_num_queries):  # fmt: skip
    found = of_year(curator)
    assert found.quality
    with django_assert_num_queries(11):
        of_year(curator)
    for day in (2, 3):
        run(curator, "mentee_midterm", marks(people, "support", [4, 5, 6, 7, 8]), opens_on=dt.date(2026, 9, day))  # fmt: skip
        run(curator, "mentor_final", marks(people, "comfort", [4, 5, 6, 7, 8]), opens_on=dt.date(2026, 9, day))  # fmt: skip
    with django_assert_num_queries(11):
        of_year(curator)


def test_neighbour_stranger_and_teacher_stay_outside(curator, head, teacher, stranger, client, client_for):  # fmt: skip
    address = reverse("monitoring", args=[curator.organization.slug])
    codes = [one.get(address).status_code for one in (client, client_for(stranger), client_for(teacher), client_for(head))]  # fmt: skip
    assert codes == [302, 404, 403, 200]
    form = reverse("swot", args=[curator.organization.slug])
    assert [client_for(one).get(form).status_code for one in (head, curator)] == [403, 200]
