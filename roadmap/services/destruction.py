"""The act that follows a destruction of data, and whose names papers still need."""

from mentoring.core.errors import RuleError
from people.models import Membership, Organization, PurgeRun, RoleGrant
from people.pages import with_current_roles
from people.permissions import CURATORS
from roadmap.models import Document
from roadmap.services.drafts import create_draft

KIND = "destruction_act"


def draft_act(run: PurgeRun, *, by: Membership | None) -> Document | None:
    """Draft the act in the name of a curator; without a curator the next run drafts it."""
    author = by or curator_on(run)
    if author is None:
        return None
    values = {"destroyed_on": run.on.isoformat(), "purge": run.pk, "commission": [author.person_id]}
    act = create_draft(kind=KIND, day=run.on, by=author, values=values)
    run.act_document_id = act.pk
    run.save(update_fields=["act_document_id"])
    return act


def curator_on(run: PurgeRun) -> Membership | None:
    """A curator of that day; a mended plan of roles in the past still gives a name."""
    grants = RoleGrant.objects.of(run.organization).active_on(run.on).filter(role__in=CURATORS)
    members = Membership.objects.of(run.organization).filter(pk__in=grants.values("membership"))
    found = members.select_related("organization", "person").order_by("pk").first()
    return with_current_roles(found, run.on) if found else None


def signatories(organization: Organization) -> set[int]:
    """Who signed papers: a paper is kept by the law on archives, and its page names the signatory."""
    signed = Document.objects.of(organization).exclude(signatory=None)
    return set(signed.values_list("signatory", flat=True))


def own_purge(document: Document, pk, name: str) -> PurgeRun | None:
    """The destruction that an act is about; an act about paper has none."""
    found = PurgeRun.objects.of(document.organization).filter(pk=pk or None).first()
    if pk and found is None:
        raise RuleError("Такого уничтожения в портале нет. Выберите из списка.", name)
    return found
