"""Changing the requisites and settings of a school."""

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Organization
from people.permissions import can_edit_organization
from people.services import journal


@transaction.atomic
def update_organization(*, by: Membership, **values) -> Organization:
    """Set the given fields of the member's own school (R-914)."""
    can_edit_organization(by).require()
    organization = Organization.objects.select_for_update(no_key=True).get(pk=by.organization_id)
    kind = values.get("institution_type", organization.institution_type)
    authority = Organization.Type.AUTHORITY
    if kind != organization.institution_type and authority in (kind, organization.institution_type):
        raise RuleError("Органом управления организацию делает только тот, кто обслуживает портал.", "institution_type")  # fmt: skip
    for name, value in values.items():
        setattr(organization, name, value)
    organization.full_clean()
    organization.save(update_fields=list(values))
    journal.record(by, "organization.updated", organization)
    return organization
