"""Letters of the outbox: what has left, what has not and why."""

from django.contrib import admin, messages

from mentoring.core import grammar
from mentoring.core.admin import OwnedAdmin, ReadOnlyMixin, SchoolFilter
from people.models import Letter
from people.permissions import KEEPERS
from people.services import outbox


@admin.register(Letter)
class LetterAdmin(ReadOnlyMixin, OwnedAdmin):
    """The text is not shown: a letter is for its addressee."""

    roles = KEEPERS
    list_display = ["subject", "address", "state", "attempts", "created_at", "sent_at", "error"]
    list_filter = [SchoolFilter, "state", "created_at"]
    search_fields = ["address", "subject"]
    fields = list_display
    readonly_fields = fields
    ordering = ["-created_at"]
    actions = ["send_again"]

    @admin.action(description="Отправить снова то, что не отправлено")
    def send_again(self, request, queryset):
        number = outbox.try_again(queryset)
        messages.success(request, f"Вернулось в очередь: {grammar.count(number, 'письмо')}.")

    def working_page(self, obj) -> str:
        return ""
