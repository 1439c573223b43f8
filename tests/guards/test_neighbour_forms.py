"""Forms offer only own rows; and the neighbour's marks are there to be seen, so the guards can fail."""

import pytest
from django.forms import BaseForm, BaseFormSet, ModelChoiceField

from mentoring.core.tenancy import OwnedModel
from mentoring.portal.routes import ROLES, routes
from people.models import Organization
from tests.guards.conftest import FOREIGN_WORD, text_of

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


def open_pages(role: str):
    """Pages that the role may open."""
    place = ROLES.index(role)
    return [route for route in routes() if route.method == "GET" and route.codes[place] == 200]


def forms_of(answer) -> list[BaseForm]:
    """Every form given to the templates, those of formsets and of the admin too."""
    found = []
    for context in answer.context or []:
        layers = [context] if isinstance(context, dict) else context.dicts
        for layer in layers:
            for value in layer.values():
                found += forms_in(value)
    return found


def forms_in(value) -> list[BaseForm]:
    if isinstance(value, BaseForm):
        return [value]
    if isinstance(value, BaseFormSet):
        return [*value.forms, value.empty_form]
    if isinstance(value, list):
        return [form for item in value for form in forms_in(getattr(item, "formset", item))]
    inner = getattr(value, "form", None)
    return [inner] if isinstance(inner, BaseForm) else []


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
            for form in forms_of(answer):
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
