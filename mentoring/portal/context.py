"""What every page of the cabinet shows around its content."""

from django.urls import reverse
from django.utils import timezone

from mentoring.core import grammar
from people.permissions import can_edit_organization, can_read_people, can_use_admin
from roadmap.document_permissions import can_see_approvals


def navigation(request) -> dict:
    """Navigation of the school; pages outside a school get nothing (no query)."""
    membership = getattr(request, "membership", None)
    if membership is None:
        return {}
    today = timezone.localdate()
    return {
        "school": request.school,
        "school_year": grammar.school_year_short(
            today.year if today.month >= 8 else today.year - 1
        ),
        "home_url": reverse("home", args=[request.school.slug]),
        "nav": nav_items(request, membership),
        "user_links": [
            {"url": reverse("me", args=[request.school.slug]), "label": "Мои данные"},
            *admin_link(membership),
        ],
    }


def nav_items(request, membership) -> list[dict]:
    """Only what the member may open; the page under the current address is marked."""
    items = [
        ("home", "Сегодня", True),
        ("approvals", "На утверждение", can_see_approvals(membership)),
        ("roadmaps", "Дорожная карта", True),
        ("documents", "Документы", True),
        ("people", "Сотрудники", can_read_people(membership)),
        ("settings", "Организация", can_edit_organization(membership)),
    ]
    found = []
    for name, label, allowed in items:
        if allowed:
            url = reverse(name, args=[request.school.slug])
            active = request.path == url or (name != "home" and request.path.startswith(url))
            found.append({"url": url, "label": label, "active": active})
    return found


def admin_link(membership) -> list[dict]:
    return (
        [{"url": reverse("admin:index"), "label": "Записи куратора"}]
        if can_use_admin(membership)
        else []
    )
