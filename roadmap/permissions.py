"""Rights on the plan; rights on papers are in `document_permissions.py`."""

from mentoring.core.access import Verdict, allow_if
from people.models import Membership
from people.models.accounts import Role
from people.permissions import CURATORS, MANAGERS, has_any

PLANNERS = MANAGERS | {Role.PSYCHOLOGIST, Role.COUNCIL}


def can_read_plan(membership: Membership) -> Verdict:
    """At least the edition in force; who sees the working copy is `can_read_working_plan`."""
    return allow_if(
        has_any(membership, PLANNERS | {Role.STAFF}),
        "Дорожную карту видят сотрудники школы. Администратору портала и наблюдателю она не открыта.",
    )


def can_read_working_plan(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, PLANNERS),
        "Рабочую карту видят руководитель и куратор. Сотрудникам открыта утверждённая редакция.",
    )


def can_edit_plan(membership: Membership) -> Verdict:
    """R-212: the curator writes, the head approves the paper."""
    return allow_if(
        has_any(membership, CURATORS),
        "Дорожную карту составляет куратор. Попросите куратора внести изменение.",
    )


def can_mark_progress(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, CURATORS),
        "Отметки о выполнении ставит куратор. Сообщите куратору, что сделано.",
    )


def can_read_activity_file(membership: Membership, stored) -> Verdict:
    """Evidence of a line: those who plan."""
    return can_read_working_plan(membership)
