"""Rights on norms, partners, postings, order tasks and working groups (design §3a: curator writes, head reads)."""

from mentoring.core.access import Verdict, allow_if
from people.models import Membership, StoredFile
from people.permissions import CURATORS, MANAGERS, has_any
from roadmap.event_permissions import EVERYBODY
from roadmap.models import OrderTask


def can_read_norms(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, EVERYBODY),
        "Библиотеку видят сотрудники школы. Администратору портала и наблюдателю она не открыта.",
    )


def can_keep_norms(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Библиотеку ведёт куратор. Обратитесь к нему.")


def can_see_studies(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, MANAGERS), "Кто что изучил, видят руководитель и куратор.")


def can_read_norm_file(membership: Membership, stored: StoredFile) -> Verdict:
    return can_read_norms(membership)


def can_read_partners(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, MANAGERS), "Партнёров видят руководитель и куратор.")


def can_keep_partners(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Партнёров и публикации ведёт куратор.")


def can_keep_order_tasks(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Поручения приказа записывает куратор.")


def can_close_order_task(membership: Membership, task: OrderTask) -> Verdict:
    """The one who answers for it, and the curator for anybody."""
    own = task.person_id == membership.person_id
    return allow_if(
        own or has_any(membership, CURATORS), "Это поручение другого человека. Отметить может он или куратор."
    )  # fmt: skip
