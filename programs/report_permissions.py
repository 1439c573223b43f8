"""Rights on figures and reports (design §3a): the curator writes, the head reads and approves."""

from mentoring.core.access import Verdict, allow_if
from people.models import Membership
from people.permissions import CURATORS, MANAGERS, has_any


def can_read_reports(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, MANAGERS), "Показатели и отчёты видят руководитель и куратор."
    )


def can_write_reports(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Отчёты готовит куратор. Обратитесь к нему.")
