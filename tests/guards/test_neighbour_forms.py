"""Forms offer only own rows; and the neighbour's marks are there to be seen, so the guards can fail."""

import pytest
from django.forms import BaseForm, ModelChoiceField

from mentoring.core.tenancy import OwnedModel
from people.models import Organization
from tests.fuzz.pages import open_pages
from tests.guards.conftest import FOREIGN_WORD
from tests.leaks.bodies import bound_forms
from tests.leaks.world import text_of

pytestmark = [pytest.mark.xdist_group("two-schools"), pytest.mark.access]
MEMBERS = ("teacher", "head", "curator", "portal_admin")
# Pages of the neighbour where a text of its rows stands, for its own curator.
TELLING = {
    "admin:people_person_changelist",
    "admin:roadmap_document_changelist",
    "admin:roadmap_roadmapactivity_changelist",
    "approvals",
    "check",
    "circulation",
    "document",
    "document_edit",
    "document_history",
    "document_readers",
    "documents",
    "glossary",
    "home",
    "job",
    "people",
    "person",
    "person_edit",
    "remark_answer",
    "roadmap",
    "roadmap_print",
    "roadmap_settings",
    "roadmaps",
    "settings",
}


def foreign_choices(form: BaseForm, school) -> list[str]:
    """Names of the fields that offer a row of another school.

    A hidden key of a formset offers nothing: Django looks it up among the rows of the formset only.
    """
    found = []
    for name, field in form.fields.items():
        if not isinstance(field, ModelChoiceField) or field.widget.is_hidden:
            continue
        rows, model = field.queryset, field.queryset.model
        if issubclass(model, OwnedModel) and rows.exclude(organization=school).exists():
            found.append(name)
        # Education authorities are offered to every school, which chooses its own by name; schools never are.
        schools = Organization.objects.exclude(institution_type=Organization.Type.AUTHORITY)
        if model is Organization and rows.filter(pk__in=schools).exclude(pk=school.pk).exists():
            found.append(name)
    return found


def test_no_form_offers_a_row_of_the_neighbour(two_schools):
    school, offers, fields = two_schools.school, [], 0
    for role in MEMBERS:
        for route in open_pages(role):
            answer = two_schools.visit(role, "GET", route.path(school))
            for form in bound_forms(answer):
                fields += sum(isinstance(one, ModelChoiceField) for one in form.fields.values())
                offers += [f"{route.name} {role}: {name}" for name in foreign_choices(form, school)]
    assert offers == []
    assert fields > 50  # the forms were found at all


def test_the_neighbour_itself_sees_its_marks(two_schools):
    other = two_schools.other
    telling = set()
    for route in open_pages("curator"):
        text = text_of(two_schools.visit("stranger", "GET", route.path(other)))
        for frame in (other.short_name, other.full_name):
            text = text.replace(frame, "")
        if FOREIGN_WORD in text:
            telling.add(route.name)
    assert TELLING - telling == set()
