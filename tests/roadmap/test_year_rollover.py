"""Next year with one button: what comes over, what does not, and the past year stays to be read (R-110)."""

import datetime as dt

import pytest
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Survey
from people.services import surveys
from roadmap.models import Document, Responsible, Roadmap
from roadmap.services import plan_edit, year
from roadmap.services.plan import load_plan
from roadmap.services.plan_templates import create_roadmap
from roadmap.services.progress import mark_progress
from tests.people.makers_surveys import make_survey
from tests.roadmap.makers import approve, make_curator_order, send

pytestmark = pytest.mark.usefixtures("quick_papers")
MAY = dt.date(2027, 5, 25)


@pytest.fixture
def roadmap(curator, teacher):
    made = create_roadmap(template="recommended", year_start=2026, by=curator)
    stage = made.stages.first()
    plan_edit.add_activity(made, stage=stage.pk, title="Своё дело", by=curator, persons=[teacher.person], roles=["curator"], period_kind="dates", date_to=dt.date(2026, 10, 1))  # fmt: skip
    return made


def opened(roadmap, curator, on=MAY) -> Roadmap:
    return year.open_next_year(roadmap, on=on, by=curator)


@pytest.mark.req("R-110")
def test_lines_roles_and_months_come_over_people_and_dates_do_not(roadmap, curator):
    new = opened(roadmap, curator)
    old_plan, plan = load_plan(Roadmap.objects.get(pk=roadmap.pk)), load_plan(new)
    assert new.year_start == 2027
    assert "2027/2028" in new.title
    assert [line.node.title for line in plan.lines] == [line.node.title for line in old_plan.lines]
    assert [line.node.fact for line in plan.lines] == [line.node.fact for line in old_plan.lines]
    assert {line.node.progress for line in plan.lines} == {"planned"}
    own = next(line for line in plan.lines if line.node.title == "Своё дело")
    assert (own.period, own.who) == ("", "Куратор")
    months = [line.period for line in plan.lines if line.node.period_kind == "months"]
    assert months == [line.period for line in old_plan.lines if line.node.period_kind == "months"]
    assert not Responsible.objects.filter(activity__stage__roadmap=new, person__isnull=False).exists()  # fmt: skip


def test_questionnaires_of_the_year_become_empty_drafts(roadmap, curator, teacher):
    survey = make_survey(curator, [teacher.person], title="Запросы осени")
    surveys.close_survey(survey, by=curator, on=dt.date(2026, 10, 1))
    opened(roadmap, curator)
    draft = Survey.objects.get(state="draft")
    assert draft.version.questionnaire == survey.version.questionnaire
    assert draft.opens_on == dt.date(2027, 9, 1)
    assert draft.participants.count() == 0


def test_yearly_papers_become_drafts_without_people_numbers_and_dates(roadmap, curator, head):
    order = make_curator_order(curator)
    Document.objects.filter(pk=order.pk).update(roadmap=roadmap)
    approve(send(order, curator), head, number="1-К")
    new = opened(roadmap, curator)
    draft = Document.objects.get(roadmap=new, kind="curator_order")
    assert (draft.state, draft.number, draft.dated_on) == ("draft", "", None)
    assert "curators" not in draft.values
    assert "[[" in draft.body
    assert Document.objects.filter(roadmap=new, kind="roadmap", state="draft").count() == 1


def test_past_year_is_read_searched_and_printed_but_not_changed(roadmap, curator, client_for):
    opened(roadmap, curator)
    old = Roadmap.objects.get(pk=roadmap.pk)
    line = load_plan(old).lines[0].node
    with pytest.raises(RuleError, match="Карта закрыта"):
        plan_edit.edit_node(old, "activity", line.pk, title="Другое", by=curator)
    with pytest.raises(RuleError, match="Карта закрыта"):
        mark_progress(line, progress="done", progress_note="да", day=MAY, by=curator)
    client, slug = client_for(curator), curator.organization.slug
    page = client.get(old.get_absolute_url()).content.decode()
    assert "год закрыт" in page
    assert "Добавить этап" not in page
    assert client.get(reverse("roadmap_print", args=[slug, old.pk])).status_code == 200
    assert "Своё дело" in client.get(reverse("search", args=[slug]), {"q": "Своё дело"}).content.decode()  # fmt: skip


def test_a_year_is_closed_once_and_not_in_its_middle(roadmap, curator):
    with pytest.raises(RuleError, match=r"не раньше 01\.05\.2027"):
        opened(roadmap, curator, on=dt.date(2026, 12, 1))
    opened(roadmap, curator)
    with pytest.raises(RuleError, match=r"закрыта|уже создана"):
        opened(roadmap, curator)
    assert Roadmap.objects.count() == 2


def test_a_roadmap_without_years_is_not_closed(curator):
    with pytest.raises(RuleError, match="бессрочная"):
        opened(create_roadmap(template="ddt", year_start=None, by=curator), curator)


def test_curator_is_asked_to_confirm_once_a_year(curator, client_for):
    client, slug = client_for(curator), curator.organization.slug
    assert "Подтвердить сведения" in client.get(reverse("home", args=[slug])).content.decode()
    client.post(reverse("year_confirm", args=[slug]))
    assert "Подтвердить сведения" not in client.get(reverse("home", args=[slug])).content.decode()
    assert "подтверждено" in client.get(reverse("year", args=[slug])).content.decode()


@pytest.mark.usefixtures("teacher")
def test_two_editors_moving_one_line_follow_one_another(roadmap, curator, client_for):
    """The second finds the line where the first has put it; nothing is lost."""
    lines = load_plan(roadmap).stages[0].blocks[0].activities
    first, second = lines[0].node, lines[1].node
    client, slug = client_for(curator), curator.organization.slug
    for _ in range(2):
        client.post(reverse("node_move", args=[slug, roadmap.pk, "activity", first.pk]), {"step": "1"})  # fmt: skip
    client.post(reverse("node_remove", args=[slug, roadmap.pk, "activity", second.pk]))
    gone = client.post(reverse("node_move", args=[slug, roadmap.pk, "activity", second.pk]), {"step": "1"})  # fmt: skip
    assert gone.status_code == 404
    assert len(load_plan(roadmap).stages[0].blocks[0].activities) == len(lines) - 1
