"""Papers as records: documents, editions and decisions are read here; drafts' stamps may be mended."""

from django import forms
from django.contrib import admin
from django.urls import reverse

from mentoring.core.admin import OwnedAdmin, ReadOnlyMixin, SchoolFilter
from people.permissions import CURATORS
from people.services.journal import record
from roadmap.document_permissions import can_edit_draft
from roadmap.kinds import KINDS, Register
from roadmap.models import Approval, Basis, Document, Edition, KindSetting, Stamp
from roadmap.services.attachments import add_basis, add_stamp, remove_row
from roadmap.services.chains import BODIES, ROLES

RECORDS = [
    ("paper", "на бумаге"),
    ("sig", "файл электронной подписи"),
    ("simple", "простая подпись"),
]
KIND_CHOICES = [(kind.code, kind.title) for kind in KINDS.values()]
STEPS = [
    *((code, name) for code, (name, _) in BODIES.items()),
    ("mentor_council", "совет наставников"),
    ("coordinator", "координатор"),
]


class KindFilter(admin.SimpleListFilter):
    title = "вид"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return KIND_CHOICES

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Document)
class DocumentAdmin(ReadOnlyMixin, OwnedAdmin):
    """Changed only by its working page: there the chain, the hashes and the journal are kept."""

    roles = CURATORS
    list_display = ["title", "kind_title", "state", "number", "dated_on"]
    list_filter = [SchoolFilter, KindFilter, "state", "register"]
    search_fields = ["title", "number"]
    fields = [
        "title", "kind_title", "state", "register", "number", "dated_on", "signatory",
        "signatory_post", "roadmap", "replaces", "cancelled_reason", "created_by", "created_at",
    ]  # fmt: skip
    readonly_fields = fields

    @admin.display(description="вид", ordering="kind")
    def kind_title(self, obj):
        return obj.kind_info.title


class PaperMixin:
    """Rows of a document lead to its page."""

    def working_page(self, obj) -> str:
        return reverse("document", args=[obj.organization.slug, obj.document_id])


@admin.register(Edition)
class EditionAdmin(PaperMixin, ReadOnlyMixin, OwnedAdmin):
    roles = CURATORS
    list_display = ["title", "no", "created_at"]
    list_filter = [SchoolFilter]
    search_fields = ["title"]
    ordering = ["-created_at"]
    fields = ["document", "no", "title", "content_hash", "created_by", "created_at"]
    readonly_fields = fields


@admin.register(Approval)
class ApprovalAdmin(ReadOnlyMixin, OwnedAdmin):
    roles = CURATORS
    list_display = ["title", "decision", "membership", "at"]
    list_filter = [SchoolFilter, "decision"]
    list_select_related = ["edition", "membership__person"]
    search_fields = ["edition__title"]
    ordering = ["-at"]
    fields = ["title", "decision", "reason", "membership", "content_hash", "at"]
    readonly_fields = fields

    @admin.display(description="документ")
    def title(self, obj):
        return f"{obj.edition.title}, редакция {obj.edition.no}"

    def working_page(self, obj) -> str:
        return reverse("document", args=[obj.organization.slug, obj.edition.document_id])


class DraftPartAdmin(PaperMixin, OwnedAdmin):
    """Stamp or basis: may be changed while its document is a draft."""

    roles = CURATORS
    journaled_by_service = True
    list_select_related = ["document"]
    autocomplete_fields: list[str] = []

    def _may_write(self, request, obj) -> bool:
        if not super()._may_write(request, obj):
            return False
        return obj is None or bool(can_edit_draft(self.membership(request, obj), obj.document))

    def get_readonly_fields(self, request, obj=None):
        return ["document"] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "document":
            drafts = self.own_queryset(request, Document).filter(state=Document.State.DRAFT)
            kwargs["queryset"] = drafts
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        by = self.membership(request, obj)
        if change:
            super().save_model(request, obj, form, change)
            record(by, "document.edited", obj.document)
            return
        own = ("organization", "document")
        values = {name: value for name, value in form.cleaned_data.items() if name not in own}
        obj.pk = self.add_row(obj.document, by=by, **values).pk

    def delete_model(self, request, obj):
        remove_row(obj, by=self.membership(request, obj))

    def delete_queryset(self, request, queryset):
        for row in queryset:
            self.delete_model(request, row)


@admin.register(Stamp)
class StampAdmin(DraftPartAdmin):
    add_row = staticmethod(add_stamp)
    list_display = ["word", "body_name", "minutes_number", "document"]
    list_filter = [SchoolFilter, "word"]
    search_fields = ["body_name", "document__title"]
    fields = [
        "organization", "document", "word", "body_name", "minutes_number", "day", "month", "year",
    ]  # fmt: skip


@admin.register(Basis)
class BasisAdmin(DraftPartAdmin):
    add_row = staticmethod(add_basis)
    list_display = ["text", "dated_on", "document"]
    list_filter = [SchoolFilter]
    search_fields = ["text", "document__title"]
    fields = ["organization", "document", "text", "dated_on"]


class KindSettingForm(forms.ModelForm):
    """What the school decided for a kind; it may tighten which signatures count, not loosen."""

    kind = forms.ChoiceField(label="Вид документа", choices=KIND_CHOICES)
    register = forms.ChoiceField(
        label="Журнал", required=False, choices=[("", "как принято для вида"), *Register.choices]
    )
    chain = forms.MultipleChoiceField(
        label="Кто согласует до руководителя", choices=STEPS, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Руководитель утверждает последним всегда. Ничего не отмечено: сразу руководитель.",
    )  # fmt: skip
    records = forms.MultipleChoiceField(
        label="Какие подписи засчитываются", choices=RECORDS, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Можно только ужесточить правило вида. Ничего не отмечено: как принято для вида.",
    )  # fmt: skip

    class Meta:
        model = KindSetting
        fields = ["kind", "register", "chain", "records"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["chain"] = [step for step in self.instance.chain or [] if step != "head"]
        if any(isinstance(step, dict) for step in self.instance.chain or []):
            self.fields["chain"].disabled = True
            self.fields["chain"].help_text = "Шаги заданы поимённо. Меняйте их на рабочей странице."

    def clean_chain(self):
        if self.fields["chain"].disabled:
            return self.instance.chain
        return [code for code in [*BODIES, *ROLES] if code in self.cleaned_data["chain"]]

    def clean(self):
        values = super().clean()
        kind, records = KINDS.get(values.get("kind")), values.get("records") or []
        if kind and set(records) - set(kind.records):
            allowed = ", ".join(label for code, label in RECORDS if code in kind.records)
            self.add_error("records", f"Для этого вида засчитываются только: {allowed}.")
        values["records"] = records or None
        return values


@admin.register(KindSetting)
class KindSettingAdmin(OwnedAdmin):
    roles = CURATORS
    form = KindSettingForm
    list_display = ["kind_title", "register"]
    list_filter = [SchoolFilter]
    fields = ["organization", "kind", "register", "chain", "records"]

    @admin.display(description="вид документа", ordering="kind")
    def kind_title(self, obj):
        return KINDS[obj.kind].title if obj.kind in KINDS else obj.kind

    def working_page(self, obj) -> str:
        return reverse("documents", args=[obj.organization.slug])
