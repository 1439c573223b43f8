"""The plan as records: the same services as the working page change it (R-109, R-112)."""

from django import forms
from django.contrib import admin
from django.urls import reverse

from mentoring.core.admin import OwnedAdmin, OwnedInline, SchoolFilter
from people.models import Person
from people.permissions import CURATORS
from roadmap.forms.plan_nodes import named_with_post
from roadmap.kinds import KINDS
from roadmap.models import Responsible, Roadmap, RoadmapActivity, RoadmapBlock, RoadmapStage
from roadmap.services import plan_edit
from roadmap.services.plan_settings import update_roadmap
from roadmap.services.plan_templates import create_roadmap


class StageInline(OwnedInline):
    roles = CURATORS
    model = RoadmapStage
    fields = ["title"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "title":
            field.widget.attrs["rows"] = 2
        return field


def responsible_of(node) -> dict:
    """Role codes and persons of a row, as the services take them."""
    people = list(node.responsible.select_related("person"))
    return {
        "roles": [one.role for one in people if one.role],
        "persons": [one.person for one in people if one.person_id],
    }


@admin.register(Roadmap)
class RoadmapAdmin(OwnedAdmin):
    """Settings and stages; columns are arranged on the working page."""

    roles = CURATORS
    journaled_by_service = True
    list_display = ["title", "year_start", "year_end", "created_at"]
    list_filter = [SchoolFilter, "year_start"]
    search_fields = ["title"]
    fields = ["organization", "title", "year_start", "year_end", "numbering", "stamp", "footnote"]
    inlines = [StageInline]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def save_model(self, request, obj, form, change):
        by = self.membership(request, obj)
        values = {
            name: form.cleaned_data[name] for name in form.changed_data if name != "organization"
        }
        if change:
            stored = Roadmap.objects.of(by.organization).get(pk=obj.pk)
            if values:
                update_roadmap(stored, by=by, **values)
            return
        made = create_roadmap(
            template="", title=obj.title, year_start=obj.year_start, year_end=obj.year_end, by=by
        )
        looks = {name: form.cleaned_data[name] for name in ("numbering", "stamp", "footnote")}
        obj.pk = update_roadmap(made, by=by, **looks).pk

    def save_formset(self, request, form, formset, change):
        roadmap = form.instance
        by = self.membership(request, roadmap)
        formset.save(commit=False)
        for stage in formset.deleted_objects:
            plan_edit.remove_node(roadmap, "stage", stage.pk, by=by)
        for stage, _ in formset.changed_objects:
            plan_edit.edit_node(
                roadmap, "stage", stage.pk, by=by, title=stage.title, **responsible_of(stage)
            )
        for stage in formset.new_objects:
            stage.pk = plan_edit.add_stage(roadmap, by=by, title=stage.title).pk


class NodeForm(forms.ModelForm):
    """A row of the plan with its responsible roles and people (R-115)."""

    responsible_roles = forms.MultipleChoiceField(
        label="Ответственные: роли", choices=Responsible.RoleName, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    responsible_people = forms.ModelMultipleChoiceField(
        label="Ответственные: люди", queryset=Person.objects.none(), required=False,
        help_text="Несколько человек: удерживайте Ctrl.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("month_from", "month_to"):
            if name in self.fields:
                self.fields[name].help_text = "Номер месяца, от 1 до 12."
        if self.instance.pk:
            people = responsible_of(self.instance)
            self.initial["responsible_roles"] = people["roles"]
            self.initial["responsible_people"] = people["persons"]


class NodeAdmin(OwnedAdmin):
    """What stages, blocks and activities share; the place is changed on the working page."""

    roles = CURATORS
    journaled_by_service = True
    form = NodeForm
    level = ""
    parents: list[str] = []
    meaning: list[str] = []
    search_fields = ["title"]

    def get_fields(self, request, obj=None):
        names = [
            "organization", *self.parents, "title", *plan_edit.PERIOD_FIELDS, *self.meaning,
            "responsible_roles", "responsible_people",
        ]  # fmt: skip
        return [
            name for name in names if name != "organization" or not self._hides_owner(request, obj)
        ]

    def get_readonly_fields(self, request, obj=None):
        return self.parents if obj else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        if not self.has_change_permission(request, obj):
            # A reader's form is built from read-only fields; the two extra ones have no column.
            return super().get_form(request, obj, change, fields=["title"])
        form = super().get_form(request, obj, change, **kwargs)
        people = self.own_queryset(request, Person)
        people = people.filter(organization=obj.organization_id) if obj else people
        form.base_fields["responsible_people"].label_from_instance = named_with_post
        form.base_fields["responsible_people"].queryset = people
        return form

    def roadmap_of(self, obj) -> Roadmap:
        return obj.stage.roadmap

    def working_page(self, obj) -> str:
        roadmap = self.roadmap_of(obj)
        return reverse("roadmap", args=[obj.organization.slug, roadmap.pk])

    def save_model(self, request, obj, form, change):
        by = self.membership(request, obj)
        values = {
            name: form.cleaned_data[name] for name in [*plan_edit.PERIOD_FIELDS, *self.meaning]
        }
        values["title"] = form.cleaned_data["title"]
        values["roles"] = form.cleaned_data["responsible_roles"]
        values["persons"] = list(form.cleaned_data["responsible_people"])
        if change:
            plan_edit.edit_node(self.roadmap_of(obj), self.level, obj.pk, by=by, **values)
        else:
            obj.pk = self.add(obj, by, values).pk

    def delete_model(self, request, obj):
        roadmap, by = self.roadmap_of(obj), self.membership(request, obj)
        plan_edit.remove_node(roadmap, self.level, obj.pk, by=by)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            self.delete_model(request, obj)


@admin.register(RoadmapStage)
class RoadmapStageAdmin(NodeAdmin):
    level, parents = "stage", ["roadmap"]
    list_display = ["title", "roadmap"]
    list_filter = [SchoolFilter, ("roadmap", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["roadmap"]
    autocomplete_fields = ["roadmap"]

    def roadmap_of(self, obj):
        return obj.roadmap

    def add(self, obj, by, values):
        return plan_edit.add_stage(obj.roadmap, by=by, **values)


@admin.register(RoadmapBlock)
class RoadmapBlockAdmin(NodeAdmin):
    level, parents = "block", ["stage"]
    list_display = ["title", "stage"]
    list_filter = [SchoolFilter, ("stage__roadmap", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["stage__roadmap"]
    autocomplete_fields = ["stage"]

    def add(self, obj, by, values):
        return plan_edit.add_block(obj.stage.roadmap, stage=obj.stage_id, by=by, **values)


@admin.register(RoadmapActivity)
class RoadmapActivityAdmin(NodeAdmin):
    level, parents = "activity", ["stage", "block"]
    meaning = ["document_kind", "conditional"]
    list_display = ["title", "stage", "progress"]
    list_filter = [SchoolFilter, "progress", ("stage__roadmap", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["stage__roadmap"]
    autocomplete_fields = ["stage", "block"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "document_kind":
            kinds = [("", "никакой"), *((kind.code, kind.title) for kind in KINDS.values())]
            return forms.ChoiceField(label="Какой документ готовят", choices=kinds, required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """A code of a later issue stays as it is."""
        form = super().get_form(request, obj, change, **kwargs)
        if obj and obj.document_kind not in {"", *KINDS} and "document_kind" in form.base_fields:
            later = (obj.document_kind, "документ следующих этапов")
            form.base_fields["document_kind"].choices += [later]
        return form

    def add(self, obj, by, values):
        return plan_edit.add_activity(
            obj.stage.roadmap, stage=obj.stage_id, block=obj.block_id, by=by, **values
        )
