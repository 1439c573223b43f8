"""Rights on figures and reports (design §3a): the curator writes, the head reads and approves."""

from mentoring.core.access import Verdict, allow_if, deny
from people.models import Membership, Organization
from people.models.accounts import Role
from people.permissions import CURATORS, MANAGERS, has_any


def can_read_reports(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, MANAGERS), "Показатели и отчёты видят руководитель и куратор."
    )


def can_write_reports(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Отчёты готовит куратор. Обратитесь к нему.")


def can_read_requests(membership: Membership) -> Verdict:
    """Requests of an authority with the tables and papers handed in to them; an observer reads them too."""
    if not is_authority(membership):
        return deny("Запросы отчётов ведут органы управления образованием.")
    return allow_if(
        has_any(membership, MANAGERS | {Role.OBSERVER}),
        "Запросы отчётов видят руководитель, куратор и наблюдатель органа управления.",
    )


def can_ask_for_reports(membership: Membership) -> Verdict:
    if not is_authority(membership):
        return deny("Отчёты запрашивают органы управления образованием.")
    return allow_if(has_any(membership, CURATORS), "Отчёты запрашивает куратор органа управления.")


def can_decide_submissions(membership: Membership) -> Verdict:
    if not is_authority(membership):
        return deny("Отчёты принимает орган управления образованием.")
    return allow_if(
        has_any(membership, MANAGERS), "Отчёты принимают куратор и руководитель органа управления."
    )


def can_submit_reports(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Отчёт в орган управления представляет куратор.")


def is_authority(membership: Membership) -> bool:
    return membership.organization.institution_type == Organization.Type.AUTHORITY
