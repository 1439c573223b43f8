"""Effect of `curator_order`: roles of curators and coordinator from the order's date (R-117)."""

from people.models import Membership
from people.models.accounts import Role
from people.services.accounts import grant_role
from roadmap.models import Document
from roadmap.services.wording import resolved_values


def appoint(document: Document, *, by: Membership) -> None:
    values = resolved_values(document)
    # The order may name a later first day; never an earlier one than its own date.
    on = max(document.dated_on, values.get("starts_on") or document.dated_on)
    basis = f"Приказ от {document.dated_on:%d.%m.%Y} № {document.number or 'б/н'}"
    for person in values.get("curators") or []:
        grant_role(person, Role.CURATOR, on=on, by=by, basis=basis)
    if coordinator := values.get("coordinator"):
        grant_role(coordinator, Role.COORDINATOR, on=on, by=by, basis=basis)
