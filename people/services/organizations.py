"""Changing the requisites and settings of a school."""

from django.db import transaction

from people.models import Membership, Organization
from people.permissions import can_edit_organization
from people.services import journal


@transaction.atomic
def update_organization(*, by: Membership, **values) -> Organization:
    """Set the given fields of the member's own school (R-914)."""
    can_edit_organization(by).require()
    organization = Organization.objects.select_for_update().get(pk=by.organization_id)
    for name, value in values.items():
        setattr(organization, name, value)
    organization.full_clean()
    organization.save(update_fields=list(values))
    journal.record(by, "organization.updated", organization)
    return organization
