"""«Записи куратора»: the admin site, open to those who keep a school today."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse

from mentoring.core.admin import Scope
from people.events import history_of
from people.models import Organization
from people.pages import memberships_of, with_current_roles
from people.permissions import can_use_admin
from people.services import journal

CLOSED = "Записи ведут куратор и администратор портала. Ваши страницы – в портале."


class PortalAdminSite(AdminSite):
    site_header = "Записи куратора"
    site_title = "Записи куратора"
    index_title = "Записи"
    index_template = "admin/portal_index.html"
    enable_nav_sidebar = True

    def scope_of(self, request) -> Scope:
        """Memberships that open the admin today, read once a request."""
        if not hasattr(request, "_admin_scope"):
            members = [with_current_roles(member) for member in memberships_of(request.user)]
            kept = {member.organization_id: member for member in members if can_use_admin(member)}
            request._admin_scope = Scope(kept, everything=request.user.is_superuser)
        return request._admin_scope

    def has_permission(self, request) -> bool:
        if not request.user.is_active:
            return False
        scope = self.scope_of(request)
        return scope.everything or bool(scope.memberships)

    def login(self, request, extra_context=None):
        """Sign-in is allauth's (limits, second factor); a member without the role hears why."""
        target = request.GET.get("next") or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(target)
        if not self.has_permission(request):
            raise PermissionDenied(CLOSED)
        return HttpResponseRedirect(reverse("admin:index"))

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))

    def get_urls(self):
        """Without the shortcut that would tell the address of any record of any school."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def record(self, by, event: str, obj) -> None:
        journal.record(by, event, obj)

    def history_of(self, obj, organization_id: int) -> list[dict]:
        return history_of(obj, Organization(pk=organization_id))
