"""Every row of a school carries its owner, and links never cross schools."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from mentoring.core.tenancy import OwnedModel
from people.models import Membership
from roadmap.models import Annex, Document, Responsible
from tests.factories import make_person
from tests.roadmap.makers import make_curator_order, make_plan

APPS = ("people", "roadmap", "programs")
# The owner itself, and tries of those who have not signed in; histories are copies of owned rows kept by simple-history.
UNOWNED = {"people.organization", "people.tries"}


def test_every_model_is_owned_or_named_here():
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    unowned = {
        model._meta.label_lower
        for model in models
        if not issubclass(model, OwnedModel) and not hasattr(model, "instance_type")
    }
    assert unowned == UNOWNED


@pytest.fixture
def foreign(other_school, stranger):
    """Rows of the neighbour to which ours must not link."""
    return {
        "person": make_person(other_school),
        "membership": Membership.objects.of(other_school).first(),
        "plan": make_plan(stranger),
        "paper": make_curator_order(stranger),
    }


def refused(row, field: str) -> bool:
    with pytest.raises(ValidationError) as caught:
        row.clean()
    return caught.value.message_dict == {
        field: ["Эта запись принадлежит другой организации. Выберите свою."]
    }


def test_links_to_rows_of_another_school_are_refused(school, curator, foreign):
    paper = make_curator_order(curator)
    plan = make_plan(curator)
    stage = plan.stages.first()
    assert refused(
        Document(organization=school, kind="roadmap", roadmap=foreign["plan"]), "roadmap"
    )
    assert refused(Document(organization=school, signatory=foreign["person"]), "signatory")
    assert refused(Document(organization=school, replaces=foreign["paper"]), "replaces")
    annex = Annex(organization=school, order_document=paper, document=foreign["paper"], number=1)
    assert refused(annex, "document")
    assert refused(
        Responsible(organization=school, stage=stage, person=foreign["person"]), "person"
    )


def test_links_within_the_school_pass(school, curator, head):
    Document(organization=school, roadmap=make_plan(curator), signatory=head.person).clean()
