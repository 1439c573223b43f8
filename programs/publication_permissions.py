"""Rights on the public section: the curator writes, the head reads; what is open is open to everybody without an account."""

from mentoring.core.access import Verdict, allow_if
from people.models import Membership, StoredFile
from people.permissions import CURATORS, MANAGERS, has_any


def can_read_section(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, MANAGERS), "Публичную страницу готовят куратор и руководитель. Открытое на ней видно всем без входа.")  # fmt: skip


def can_edit_section(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Публичную страницу ведёт куратор. Обратитесь к нему.")  # fmt: skip


def can_read_section_file(membership: Membership, stored: StoredFile) -> Verdict:
    """Photos in the cabinet: drafts too, so never more people than these two."""
    return can_read_section(membership)
