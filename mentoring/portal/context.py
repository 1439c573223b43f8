"""What every page of the cabinet shows around its content."""

from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from mentoring.core import grammar
from people.bank_permissions import can_read_banks
from people.models.accounts import Role
from people.permissions import (
    MANAGERS,
    can_edit_organization,
    can_keep_letters,
    can_read_people,
    can_read_pupils,
    can_read_questionnaires,
    can_read_state,
    can_see_consent_states,
    can_use_admin,
    has_any,
)
from programs.permissions import can_read_groups
from programs.program_permissions import (
    can_list_awards,
    can_list_programs,
    can_read_learning,
    can_read_library,
)
from programs.publication_permissions import can_read_section
from programs.report_permissions import can_read_reports, can_read_requests, is_authority
from roadmap.document_permissions import can_see_approvals
from roadmap.event_permissions import can_see_events
from roadmap.library_permissions import can_read_norms, can_read_partners
from roadmap.permissions import can_edit_plan

# Who answers notes of mentors and has no other way to them.
SERVICES = frozenset({Role.PSYCHOLOGIST, Role.COUNCIL})


class NavItem(NamedTuple):
    url: str
    label: str
    group: str
    active: bool


def navigation(request) -> dict:
    """Navigation of the school; pages outside a school get nothing (no query)."""
    membership = getattr(request, "membership", None)
    if membership is None:
        return {}
    nav = SimpleLazyObject(lambda: nav_items(request, membership))  # a piece for htmx shows none
    today = timezone.localdate()
    return {
        "school": request.school,
        "school_year": grammar.school_year_short(
            today.year if today.month >= 8 else today.year - 1
        ),
        "home_url": reverse("home", args=[request.school.slug]),
        "search_url": reverse("search", args=[request.school.slug]),
        "nav": nav,
        "nav_list": SimpleLazyObject(lambda: drawn(tuple(nav))),
        "user_links": [
            {"url": reverse("me", args=[request.school.slug]), "label": "Мои данные"},
            *admin_link(membership),
        ],
    }


def nav_items(request, membership) -> tuple[NavItem, ...]:
    """Only what the member may open; the page under the current address is marked."""
    allowed = tuple((group, name, label) for group, name, label, may in sections(membership) if may)
    found = addressed(request.school.slug, allowed)
    home = reverse("home", args=[request.school.slug])
    over = [one.url for one in found if request.path.startswith(one.url) and one.url != home]
    here = max(over, key=len, default=request.path)  # a section within a section: the inner one
    return tuple(one._replace(active=one.url == here) for one in found)


# Thirty lines take as long to address and to draw as most pages themselves: kept by what they are made of.
@lru_cache(maxsize=2048)
def addressed(slug: str, names: tuple[tuple[str, str, str], ...]) -> tuple[NavItem, ...]:
    return tuple(NavItem(reverse(name, args=[slug]), label, group, False) for group, name, label in names)  # fmt: skip


@lru_cache(maxsize=2048)
def drawn(items: tuple[NavItem, ...]) -> SafeString:
    """The list stands on a page twice: beside it and in the menu of a phone."""
    return render_to_string("partials/nav_list.html", {"nav": items})


def sections(membership) -> list[tuple[str, str, str, object]]:
    """(heading, URL name, words, whether the member may open it)."""
    return (
        authority_sections(membership) if is_authority(membership) else school_sections(membership)
    )


def authority_sections(membership) -> list[tuple[str, str, str, object]]:
    """An education authority mentors nobody: it asks, reads and keeps its own staff."""
    reads = can_read_requests(membership)
    return [
        ("", "home", "Сегодня", True),
        ("", "report_requests", "Запросы отчётов", reads),
        ("", "subordinates", "Подведомственные", reads),
        ("Порядок", "people", "Сотрудники", can_read_people(membership)),
        ("Порядок", "letters", "Исходящие письма", can_keep_letters(membership)),
        ("Порядок", "settings", "Организация", can_edit_organization(membership)),
        ("Порядок", "state", "Состояние", can_read_state(membership)),
    ]


def school_sections(membership) -> list[tuple[str, str, str, object]]:
    manages = has_any(membership, MANAGERS)
    people, papers, keeping = "Люди", "План и документы", "Порядок"
    growth = "Опыт и признание"
    return [
        ("", "home", "Сегодня", True),
        ("", "approvals", "На утверждение", can_see_approvals(membership)),
        ("", "my_surveys", "Мои анкеты", not manages),
        ("", "my_consents", "Мои согласия", not manages),
        ("", "my_groups", "Моя пара", not manages),
        ("", "my_programs", "Моя программа", not manages),
        ("", "referrals", "Обращения", has_any(membership, SERVICES)),
        (papers, "roadmaps", "Дорожная карта", True),
        (papers, "documents", "Документы", True),
        (papers, "events", "События", can_see_events(membership)),
        (papers, "order_tasks", "Поручения", can_read_norms(membership)),
        (papers, "norms", "Нормативная база", can_read_norms(membership)),
        (papers, "partners", "Партнёры", can_read_partners(membership)),
        (people, "people", "Сотрудники", can_read_people(membership)),
        (people, "pupils", "Обучающиеся", can_read_pupils(membership)),
        (people, "mentors", "Банк наставников", can_read_banks(membership)),
        (people, "mentees", "Банк наставляемых", can_read_banks(membership)),
        (people, "groups", "Пары и группы", can_read_groups(membership)),
        (people, "programs", "Программы", can_list_programs(membership)),
        (people, "surveys", "Анкеты", can_read_questionnaires(membership)),
        (people, "consent_register", "Согласия", can_see_consent_states(membership)),
        (growth, "trainings", "Обучение", can_read_learning(membership)),
        (growth, "materials", "Материалы", can_read_library(membership)),
        (growth, "practices", "Методическая копилка", can_read_library(membership)),
        (growth, "awards", "Поощрения", can_list_awards(membership)),
        (growth, "public_section", "Публичная страница", can_read_section(membership)),
        (growth, "reports", "Отчёты и показатели", can_read_reports(membership)),
        (growth, "incoming_requests", "Запросы отчётов", can_read_reports(membership)),
        (keeping, "year", "Учебный год", can_edit_plan(membership)),
        (keeping, "letters", "Исходящие письма", can_keep_letters(membership)),
        (keeping, "settings", "Организация", can_edit_organization(membership)),
        (keeping, "state", "Состояние", can_read_state(membership)),
    ]


def admin_link(membership) -> list[dict]:
    return (
        [{"url": reverse("admin:index"), "label": "Записи куратора"}]
        if can_use_admin(membership)
        else []
    )
