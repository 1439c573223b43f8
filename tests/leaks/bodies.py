"""Door 3: bodies of forms in which a choice is replaced by a row of the neighbour."""

from django.db import transaction
from django.forms import BaseForm, BaseFormSet, ModelChoiceField, ModelMultipleChoiceField

from mentoring.core.tenancy import OwnedModel
from people.models import Organization
from tests.fuzz import values
from tests.fuzz.pages import Form, open_pages, read
from tests.fuzz.trial import FORM
from tests.leaks.marks import found
from tests.leaks.pages import hidden_from
from tests.leaks.tally import Tally
from tests.leaks.untouched import Untouched, capture
from tests.leaks.world import World

DOOR = "bodies"


def bound_forms(answer) -> list[BaseForm]:
    """Every form given to the templates, those of formsets and of the admin too."""
    seen = []
    for context in answer.context or []:
        for layer in [context] if isinstance(context, dict) else context.dicts:
            for value in layer.values():
                seen += forms_in(value)
    return seen


def forms_in(value) -> list[BaseForm]:
    if isinstance(value, BaseForm):
        return [value]
    if isinstance(value, BaseFormSet):
        return [*value.forms, value.empty_form]
    if isinstance(value, list):
        return [form for item in value for form in forms_in(getattr(item, "formset", item))]
    inner = getattr(value, "form", None)
    return [inner] if isinstance(inner, BaseForm) else []


def choices(answer) -> dict[str, tuple[type, bool]]:
    """Name in the body → (model, whether several may be chosen)."""
    return {
        form.add_prefix(name): (field.queryset.model, isinstance(field, ModelMultipleChoiceField))
        for form in bound_forms(answer)
        for name, field in form.fields.items()
        if isinstance(field, ModelChoiceField)
    }


def every_body(world: World, tally: Tally, roles, part=list) -> None:
    """Each form of each page, each field that names a row, with the neighbour's row in it."""
    untouched = Untouched([world.other, *filter(None, [world.strange])])
    untouched.remember()
    asked = set()
    for role in roles:
        for route in part(open_pages(role)):
            path = route.path(world.school)
            for form, named in forms_with_rows(world, role, path) if path else ():
                if form.key not in asked and "logout" not in form.path:
                    asked.add(form.key)
                    try_each(world, tally, untouched, form, named)


def forms_with_rows(world: World, role: str, path: str):
    """Forms that are sent by POST, with the fields that name rows: of the form, and plain numbers beside."""
    answer = world.visit(role, "GET", path)
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    from lxml import html

    named = choices(answer)
    forms = [read(one, role, path) for one in html.fromstring(answer.body).iter("form")]
    return [(form, named) for form in forms if form.method == "POST"]


def try_each(world: World, tally: Tally, untouched: Untouched, form: Form, named: dict) -> None:
    names = dict.fromkeys(name for name, old, options in form.fields if name in named or numbered(name, old, options))  # fmt: skip
    for name in names:
        model = named[name][0] if name in named else None
        for pk in foreign_keys(world, model):
            pairs = [(one, old) for one, old, _ in form.fields if one != name]
            send(world, tally, untouched, form, [*pairs, (name, str(pk))])


def numbered(name: str, old: str, options: tuple[str, ...]) -> bool:
    """A number of a row outside the forms' own fields (ticked lines of a list)."""
    if name.endswith(("_FORMS", "number", "page", "step", "revision", "year")):
        return False
    return old.isdecimal() or any(one.isdecimal() for one in options)


def foreign_keys(world: World, model: type | None) -> list[int]:
    """A row of the neighbour; of a plain number nobody knows the model, so a person and a few others."""
    if model is None:
        return [world.foreign_ids[name] for name in ("person", "document", "group", "survey_participant", "membership")]  # fmt: skip
    if model is Organization:
        return [world.other.pk]
    if not issubclass(model, OwnedModel):
        return []
    pks = model.objects.of(world.other).order_by("pk").values_list("pk", flat=True)
    return list(pks[:1])


def send(world: World, tally: Tally, untouched: Untouched, form: Form, pairs: list) -> None:
    tally.asked(DOOR, form.role, form.path)
    told = f"{form.role} POST {form.path} {pairs[-1]}"
    with transaction.atomic():
        with capture() as captured:
            answer = world.visit(form.role, "POST", form.path, keep=True, data=values.encoded(pairs), content_type=FORM)  # fmt: skip
        for fault in untouched.after(captured):
            tally.leak(DOOR, f"{told}: {fault}")
        transaction.set_rollback(True)
    for mark in found(answer, hidden_from(world, form.role)):
        tally.leak(DOOR, f"{told}: {answer.status_code}, «{mark}»")
    if answer.status_code >= 500:
        tally.leak(DOOR, f"{told}: {answer.status_code}")
