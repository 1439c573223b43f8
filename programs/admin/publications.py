"""The public section as records: read here, changed by its pages, where consents, names and programmes are checked."""

from django.contrib import admin

from mentoring.core.admin import OwnedAdmin, ReadOnlyMixin, SchoolFilter
from people.permissions import CURATORS
from programs.models import HonourEntry, Publication


@admin.register(Publication)
class PublicationAdmin(ReadOnlyMixin, OwnedAdmin):
    roles = CURATORS
    list_display = ["title", "kind", "state", "publish_on", "until"]
    list_filter = [SchoolFilter, "kind", "state"]
    search_fields = ["title", "lead"]
    fields = ["title", "kind", "state", "lead", "publish_on", "until", "author", "stage", "event", "program", "created_by", "changed_at"]  # fmt: skip
    readonly_fields = fields


@admin.register(HonourEntry)
class HonourEntryAdmin(ReadOnlyMixin, OwnedAdmin):
    roles = CURATORS
    list_display = ["person", "merit", "since", "until"]
    list_filter = [SchoolFilter]
    list_select_related = ["person"]
    search_fields = ["person__last_name", "merit"]
    fields = ["person", "merit", "award", "since", "until"]
    readonly_fields = fields
