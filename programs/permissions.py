"""Rights on pairs and on the matching (design §3a): head reads, curator writes, members see their own."""

from mentoring.core.access import ALLOWED, Verdict, allow_if
from people.models import Membership
from people.permissions import CURATORS, MANAGERS, has_any
from programs.models import Agreement, MentoringGroup


def can_read_groups(membership: Membership) -> Verdict:
    """All pairs of the school; own ones are on «Моя пара»."""
    return allow_if(
        has_any(membership, MANAGERS),
        "Все пары видят куратор и руководитель. Свои – на странице «Моя пара».",
    )


def can_edit_groups(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Пары ведёт куратор. Обратитесь к нему.")


def can_match(membership: Membership) -> Verdict:
    """The bench is the curator's: nobody is told before the proposal is sent (peers, complaint 4)."""
    return allow_if(has_any(membership, CURATORS), "Подбирает пары куратор. Обратитесь к нему.")


def own_groups(membership: Membership):
    """Groups the person belongs or belonged to."""
    groups = MentoringGroup.objects.of(membership.organization)
    return groups.of_person(membership.person)


def can_read_group(membership: Membership, group: MentoringGroup) -> Verdict:
    own = own_groups(membership).filter(pk=group.pk).exists()
    return ALLOWED if own else can_read_groups(membership)


def can_answer(membership: Membership, agreement: Agreement) -> Verdict:
    """The person; the curator records what was answered on paper."""
    own = agreement.person_id == membership.person_id
    return ALLOWED if own else can_edit_groups(membership)


def can_read_group_file(membership: Membership, stored) -> Verdict:
    """Scan of a paper order entered with a working pair."""
    return can_read_groups(membership)
