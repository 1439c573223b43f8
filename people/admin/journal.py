"""The journal, for reading."""

from django.apps import apps
from django.contrib import admin

from mentoring.core.admin import OwnedAdmin, ReadOnlyMixin, SchoolFilter
from people.events import title_of
from people.models import JournalEntry
from people.permissions import KEEPERS


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnlyMixin, OwnedAdmin):
    roles = KEEPERS
    list_display = ["at", "who", "what", "record"]
    list_filter = [SchoolFilter, "at"]
    list_select_related = ["membership__person"]
    search_fields = ["membership__person__last_name", "event"]
    fields = ["at", "who", "what", "record"]
    readonly_fields = fields

    @admin.display(description="кто")
    def who(self, obj):
        return obj.membership.person.short_name if obj.membership else "портал"

    @admin.display(description="что")
    def what(self, obj):
        return title_of(obj.event)

    @admin.display(description="запись")
    def record(self, obj):
        """Kind and number; the journal itself holds no names."""
        try:
            kind = apps.get_model(obj.object_type)._meta.verbose_name
        except (LookupError, ValueError):
            kind = "запись"
        return f"{kind} № {obj.object_id}"

    def working_page(self, obj) -> str:
        return ""
