"""Admin of one's own schools: every list, link, search and bulk action stays inside them.

The admin site, which the people floor provides, answers `site.scope_of(request) -> Scope`,
`site.record(by, event, obj)` and `site.history_of(obj, organization_id) -> list of entries`.
"""

from contextlib import nullcontext

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.models import BaseInlineFormSet
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.text import capfirst

from mentoring.core.admin_scope import SchoolFilter, Scope, ScopedMixin
from mentoring.core.errors import RuleError
from mentoring.core.row_numbers import row_numbers
from mentoring.core.search import words_query

__all__ = ["OwnedAdmin", "OwnedFormSet", "OwnedInline", "ReadOnlyMixin", "SchoolFilter", "Scope"]


class OwnedAdmin(ScopedMixin, admin.ModelAdmin):
    """Base of every registered model of a school."""

    list_per_page = 50
    journaled_by_service = False

    def membership(self, request, obj):
        """The member who acts in the school of the record."""
        member = self.scope(request).memberships.get(self.owner_id(obj))
        if member is None:
            raise PermissionDenied("Менять записи можно только в своей организации.")
        return member

    def working_page(self, obj) -> str:
        """Address of the page where the record is worked with; "" when there is none."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else ""

    def view_on_site(self, obj):
        return self.working_page(obj) or None

    @admin.display(description="рабочая страница")
    def open_link(self, obj):
        url = self.working_page(obj)
        return format_html('<a href="{}">открыть</a>', url) if url else "–"

    def get_list_display(self, request):
        """The link stands second, where a narrow screen still shows it."""
        first, *others = super().get_list_display(request)
        several = self.scope(request).everything or len(self.scope(request).memberships) > 1
        owner = ["organization"] if several and self.owner == "organization" else []
        return [first, "open_link", *owner, *others]

    def get_list_select_related(self, request):
        chosen = super().get_list_select_related(request)
        extra = ["organization"] if self.owner == "organization" else []
        return [*(chosen or []), *extra] or False

    def get_actions(self, request):
        actions = super().get_actions(request)
        if "delete_selected" in actions:
            function, name, _ = actions["delete_selected"]
            actions["delete_selected"] = (function, name, "Удалить отмеченные")
        return actions

    def get_search_results(self, request, queryset, search_term):
        """Words in any letter case, Cyrillic too (SQLite)."""
        fields = self.get_search_fields(request)
        if not fields or not search_term:
            return queryset, False
        return queryset.filter(words_query(search_term, fields)), False

    def _one_school(self, request) -> int | None:
        own = self.scope(request).written(self.roles)
        return next(iter(own)) if len(own) == 1 else None

    def get_exclude(self, request, obj=None):
        exclude = list(super().get_exclude(request, obj) or [])
        return [*exclude, "organization"] if self._hides_owner(request, obj) else exclude

    def _hides_owner(self, request, obj) -> bool:
        return self.owner == "organization" and (obj is not None or bool(self._one_school(request)))

    def get_fields(self, request, obj=None):
        fields = list(super().get_fields(request, obj))
        if self.owner != "organization" or self._hides_owner(request, obj):
            return [name for name in fields if name != "organization"]
        return ["organization", *[name for name in fields if name != "organization"]]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The owner is there before the checks run, and never comes from a hidden field."""
        base = super().get_form(request, obj, change, **kwargs)
        one = None if change else self._one_school(request)
        if self.owner != "organization":
            return base

        class OwnedForm(base):
            def _get_validation_exclusions(self):
                """Uniqueness within the school is checked although its field is not shown."""
                return super()._get_validation_exclusions() - {"organization"}

            def _post_clean(self):
                if one is not None:
                    self.instance.organization_id = one
                super()._post_clean()

        return OwnedForm

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = super().changeform_view
        extra_context = {"title": capfirst(self.opts.verbose_name), **(extra_context or {})}
        return self._said_in_russian(request, view, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        extra_context = {"title": "Удаление", **(extra_context or {})}
        return self._said_in_russian(request, super().delete_view, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        extra_context = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        keep_numbers_only(request, ACTION_CHECKBOX_NAME)
        return self._said_in_russian(request, super().changelist_view, extra_context)

    def _said_in_russian(self, request, view, *args):
        """A rule of a service that says no is a message, and nothing is saved."""
        try:
            with transaction.atomic() if request.method == "POST" else nullcontext():
                return view(request, *args)
        except RuleError as error:
            self.message_user(request, error.message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def log_addition(self, request, obj, message):
        self._journal(request, obj, "created")

    def log_change(self, request, obj, message):
        self._journal(request, obj, "updated")

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        """Django's sentences do not agree with the gender of the record («карта был изменён»)."""
        if level == messages.SUCCESS:
            message = getattr(request, "_admin_done", "Сохранено.")
        super().message_user(request, message, level, *args, **kwargs)

    def log_deletions(self, request, queryset):
        request._admin_done = f"Удалено: {len(queryset)}."
        for obj in queryset:
            self._journal(request, obj, "removed")

    def _journal(self, request, obj, verb: str) -> None:
        """Our journal instead of Django's own, which would copy names into a second log."""
        if not self.journaled_by_service:
            event = f"{obj._meta.model_name}.{verb}"
            self.admin_site.record(self.membership(request, obj), event, obj)

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request), "title": f"История: {obj}", "opts": self.opts,
            "object": obj, "entries": self.admin_site.history_of(obj, self.owner_id(obj)),
        }  # fmt: skip
        return TemplateResponse(request, "admin/owned_history.html", context)


def keep_numbers_only(request, name: str) -> None:
    """Ticks of a list are numbers of rows; Django's own actions break on anything else."""
    if name in request.POST:
        data = request.POST.copy()
        data.setlist(name, [str(one) for one in row_numbers(data.getlist(name))])
        request.POST = data


class ReadOnlyMixin:
    """Seen, never changed here: the working pages and services keep these rows."""

    writable = False
    actions = None

    def has_add_permission(self, request, obj=None):
        return False


class OwnedFormSet(BaseInlineFormSet):
    """Rows inside a record get its owner before they are checked."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.organization_id = self.instance.organization_id
        return form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Удалить"


class OwnedInline(ScopedMixin, admin.StackedInline):
    formset = OwnedFormSet
    extra = 0
    exclude = ["organization"]
    show_change_link = True
