"""Door 4: «Записи куратора» – lists, filters, actions, autocomplete, history, import and export of every model."""

from itertools import product
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.urls import reverse

from people.models import Organization
from tests.full_schools import owned_models
from tests.leaks.marks import found
from tests.leaks.pages import compare, hidden_from, look
from tests.leaks.tally import Tally
from tests.leaks.untouched import Untouched, capture
from tests.leaks.world import World

DOOR = "admin"
NOBODY = 987654321


def models():
    return list(admin.site._registry)


def names(model) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def foreign_pk(world: World, model) -> int:
    if model is Organization:
        return world.other.pk
    if model not in owned_models():
        return 0
    pks = model.objects.of(world.other).order_by("pk").values_list("pk", flat=True)
    return pks.first() or 0


def every_record(world: World, tally: Tally, roles, part=list) -> None:
    untouched = Untouched([world.other, *filter(None, [world.strange])])
    untouched.remember()
    for role, model in product(roles, part(models())):
        lists(world, tally, role, model)
        record(world, tally, role, model)
        acts(world, tally, untouched, role, model)
    for role in roles:
        autocomplete(world, tally, role, part(models()))
        staff(world, tally, untouched, role)


def lists(world: World, tally: Tally, role: str, model) -> None:
    """The list, narrowed and searched by foreign ids; a filter must not be turned into a question."""
    path = reverse(f"{names(model)}_changelist")
    links = [field.name for field in model._meta.concrete_fields if field.many_to_one]
    queries = [{"organization__id__exact": world.other.pk}, {"school": world.other.pk}, {"all": ""}, {"_popup": 1, "_to_field": "id"}]  # fmt: skip
    queries += [{f"{name}__id__exact": foreign_pk(world, model._meta.get_field(name).related_model)} for name in links]  # fmt: skip
    queries += [{f"{name}__organization__slug": world.other.slug} for name in links]
    look(world, tally, role, "GET", path, door=DOOR)
    look(world, tally, role, "GET", f"{path}?q={world.other.slug}", door=DOOR)
    for query in queries:
        look(world, tally, role, "GET", f"{path}?{urlencode(query)}", door=DOOR)


def record(world: World, tally: Tally, role: str, model) -> None:
    """The pages of a foreign record answer as those of none; saving and deleting too."""
    pk = foreign_pk(world, model)
    for name in ("change", "history", "delete") if pk else ():
        theirs, nobodys = (reverse(f"{names(model)}_{name}", args=[one]) for one in (pk, NOBODY))
        for method in ("GET", "POST"):
            compare(world, tally, role, method, theirs, nobodys)
        compare(world, tally, role, "GET", f"{theirs}?_popup=1&_to_field=id", f"{nobodys}?_popup=1&_to_field=id")  # fmt: skip


def acts(world: World, tally: Tally, untouched: Untouched, role: str, model) -> None:
    """Every action of the list with ticks of the neighbour's rows, confirmed at once."""
    path, pk = reverse(f"{names(model)}_changelist"), foreign_pk(world, model)
    chosen = {*(name for name in ("delete_selected", "export_admin_action")), *(admin.site._registry[model].actions or ())}  # fmt: skip
    for action in chosen if pk else ():
        data = {"action": action, ACTION_CHECKBOX_NAME: [pk], "post": "yes", "select_across": "0", "index": "0", "format": "0", "file_format": "0"}  # fmt: skip
        post(world, tally, untouched, role, path, data)
        post(world, tally, untouched, role, path, {**data, "select_across": "1"}, whole=True)
    form = {f"form-{name}": value for name, value in {"TOTAL_FORMS": 1, "INITIAL_FORMS": 1, "0-id": pk}.items()}  # fmt: skip
    post(world, tally, untouched, role, path, {**form, "_save": "1"})


def post(world: World, tally: Tally, untouched: Untouched, role: str, path: str, data: dict, *, whole=False) -> None:  # fmt: skip
    """`whole`: an action on all own rows may do something; on foreign ones never."""
    tally.asked(DOOR, role, path)
    with transaction.atomic():
        with capture() as captured:
            answer = world.visit(role, "POST", path, data, keep=True)
        faults = untouched.after(captured)
        transaction.set_rollback(True)
    faults += [f"«{mark}»" for mark in found(answer, hidden_from(world, role))]
    for fault in faults:
        tally.leak(DOOR, f"{role} POST {path} {sorted(data.items())[:2]}: {fault}")


def autocomplete(world: World, tally: Tally, role: str, chosen: list) -> None:
    """Every link of every registered model, asked for all rows and by the neighbour's word."""
    path = reverse("admin:autocomplete")
    for model in chosen:
        for field in model._meta.concrete_fields:
            if field.many_to_one:
                asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field.name}  # fmt: skip
                for term in ("", "учитель"):
                    look(world, tally, role, "GET", f"{path}?{urlencode({**asked, 'term': term})}", door=DOOR)  # fmt: skip


def staff(world: World, tally: Tally, untouched: Untouched, role: str) -> None:
    """The two pages of the import and the export of the staff list."""
    from people.models import ImportBatch

    batch = foreign_pk(world, ImportBatch)
    data = {"import_file_name": batch, "original_file_name": "x.csv", "format": "0", "resource": ""}
    post(world, tally, untouched, role, reverse("admin:people_person_process_import"), data)
    export = reverse("admin:people_person_export")
    for query in ("", f"?organization__id__exact={world.other.pk}", f"?school={world.other.pk}"):
        look(world, tally, role, "GET", export + query, door=DOOR)
        look(world, tally, role, "POST", export + query, door=DOOR, data={"format": "0"})
