"""Rights on the public section: the curator writes, the head reads; what is open is open to everybody without an account."""

from mentoring.core.access import Verdict, allow_if
from people.models import Membership, StoredFile
from people.permissions import CURATORS, MANAGERS, has_any
from programs.models import SiteArchive


def can_read_section(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, MANAGERS), "Публичную страницу готовят куратор и руководитель. Открытое на ней видно всем без входа.")  # fmt: skip


def can_edit_section(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Публичную страницу ведёт куратор. Обратитесь к нему.")  # fmt: skip


def can_read_section_file(membership: Membership, stored: StoredFile) -> Verdict:
    """Photos in the cabinet: drafts too, so never more people than these two."""
    return can_read_section(membership)


def can_read_archive_file(membership: Membership, stored: StoredFile) -> Verdict:
    """A zip with somebody who may not be shown any more is not handed out again."""
    reading = can_read_section(membership)
    if not reading:
        return reading
    outdated = SiteArchive.objects.of(membership.organization).filter(stored=stored, replace_by__isnull=False)  # fmt: skip
    return allow_if(not outdated.exists(), "Согласие человека из этого архива больше не действует. Соберите новый архив.")  # fmt: skip
