"""`manage.py demo --region` in small: valid rows, figures, the same rows for the same day and seed."""

import datetime as dt
import hashlib

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.urls import reverse

from mentoring.core.tenancy import OwnedModel
from mentoring.portal.demo import PASSWORD
from people.models import Organization, Person, Subordination
from people.questionnaires import answers as rules
from people.services.questionnaires import content_of
from programs.monitoring.registry import INDICATORS
from programs.monitoring.scope import Scope, school_year
from programs.services import indicators
from tests.factories import make_organization

DAY = dt.date(2027, 6, 10)  # after the questionnaires of the year
SAMPLE = 15
WANTED = {
    "Organization", "Subordination", "Person", "Membership", "RoleGrant", "MentorProfile", "MenteeProfile", "MentorStrength",
    "MenteeNeed", "ConsentText", "Consent", "MentoringGroup", "GroupMember", "Agreement", "Program", "PlanItem", "Meeting",
    "MeetingPresence", "Training", "Award", "Contest", "ContestEntry", "Practice", "PracticeAuthor", "Questionnaire",
    "QuestionnaireVersion", "Survey", "SurveyParticipant", "SurveyResponse", "Answer", "AnonymousAnswer", "Roadmap",
    "RoadmapStage", "RoadmapBlock", "RoadmapActivity", "Document",
}  # fmt: skip


def build(capsys, **over) -> str:
    """Build and return what was printed."""
    call_command("demo", region=True, **{"schools": 6, "people": 120, "day": DAY, **over})
    return capsys.readouterr().out


def filled() -> list[type[models.Model]]:
    """Models of the floors that have rows now."""
    owned = [model for model in apps.get_models() if issubclass(model, OwnedModel)]
    return [model for model in [Organization, *owned] if model.objects.exists()]


@pytest.fixture
def region(db, capsys) -> str:
    return build(capsys)


def test_rows_of_every_model_are_as_the_services_would_write_them(db, capsys):
    build(capsys, schools=12, people=600)
    assert WANTED - {model.__name__ for model in filled()} == set()
    for model in filled():
        for row in model.objects.order_by("pk")[:SAMPLE]:
            row.full_clean()


def test_answers_fit_their_questionnaires(region):
    model = apps.get_model("people.SurveyResponse")
    rows = model.objects.select_related("survey__version__organization")
    for response in rows.order_by("-pk")[:SAMPLE]:
        content = content_of(response.survey.version)
        given = {row.question: row.value for row in response.answers.all()}
        assert {code: rules.check_value(content.question(code), value) for code, value in given.items()} == given  # fmt: skip
        assert rules.missing(content, given) == []


def test_sizes_are_as_asked_and_everybody_belongs_to_an_authority(region):
    authorities = Organization.objects.filter(institution_type="authority")
    schools = Organization.objects.exclude(institution_type="authority")
    assert (authorities.count(), schools.count()) == (3, 6)
    assert Person.objects.filter(organization__in=schools).count() == 120
    top = Subordination.objects.get(organization__slug="zavolzhie-01").authority
    assert top.slug == "zavolzhie"
    assert Subordination.objects.filter(authority__in=authorities.exclude(pk=top.pk)).count() == 6


def test_almost_every_figure_has_something_to_count(db, capsys):
    build(capsys, schools=12, people=600)
    schools = Organization.objects.exclude(institution_type="authority")
    found = {one.code: 0 for one in INDICATORS}
    for day in (DAY, DAY.replace(year=DAY.year - 1)):
        for values in indicators.of_many(Scope(schools, school_year(day))).values():
            for code, value in values.items():
                found[code] += value.n + (value.d or 0)
    assert [code for code, number in found.items() if not number] == []


def digest() -> dict[str, str]:
    """Fingerprint of the rows of each model without keys of the database."""
    found = {}
    for model in filled():
        names = [field.attname for field in model._meta.concrete_fields if not field.is_relation and not isinstance(field, models.BigAutoField)]  # fmt: skip
        # Of a model of links alone only the number tells: without names `values_list` gives the keys too.
        rows = sorted(map(repr, model.objects.order_by().values_list(*names))) if names else [str(model.objects.count())]  # fmt: skip
        found[model.__name__] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def test_the_same_day_and_seed_give_the_same_rows(db, capsys):
    prints = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            build(capsys, seed=seed)
            prints.append(digest())
            transaction.set_rollback(True)
    assert prints[0] == prints[1]
    assert prints[0]["Person"] != prints[2]["Person"]


@pytest.mark.parametrize("day", [dt.date(2026, 8, 1), dt.date(2026, 9, 1), dt.date(2027, 1, 15), dt.date(2028, 2, 29)])  # fmt: skip
def test_it_can_live_on_any_day(db, capsys, day):
    build(capsys, day=day)
    for model in filled():
        for row in model.objects.order_by("-pk")[:5]:
            row.full_clean()


def test_logins_are_printed_and_open_the_portal(region, client):
    lines = [line.partition(": ")[2] for line in region.splitlines() if line.startswith("  ")]
    assert lines == [
        "head@zavolzhie.example, curator@zavolzhie.example, observer@zavolzhie.example",
        "head@zavolzhie-01.example, curator@zavolzhie-01.example, observer@zavolzhie-01.example",
        "curator@zavolzhie-01-0001.example",
    ]
    user = get_user_model().objects.get(username=lines[-1])
    assert user.check_password(PASSWORD)
    client.force_login(user)
    page = client.get(reverse("indicators", args=["zavolzhie-01-0001"]))
    assert page.status_code == 200


def test_it_never_touches_a_real_school(db, capsys):
    make_organization(slug="zavolzhie-real", site="real.ru")
    with pytest.raises(CommandError, match="настоящие организации"):
        build(capsys, rebuild=True)


def test_it_asks_before_it_builds_anew_and_refuses_too_few_people(region, capsys):
    with pytest.raises(CommandError, match="--rebuild"):
        build(capsys)
    with pytest.raises(CommandError, match="--people"):
        build(capsys, rebuild=True, schools=6, people=10)
