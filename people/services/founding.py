"""Founding a school in the portal: the organization and its first keeper of records."""

import datetime as dt

from django.db import transaction

from people.models import Membership, Organization, Person
from people.models.accounts import Role
from people.pages import with_current_roles
from people.services import journal
from people.services.accounts import grant_role


@transaction.atomic
def found_organization(
    *, requisites: dict, keeper: dict, role: str = Role.CURATOR, on: dt.date
) -> Membership:
    """Create the school and the person who will fill it in; returns that membership.

    Called by `manage.py create_school` and by the demo; nobody inside the portal may do it.
    """
    organization = Organization(**requisites)
    organization.full_clean()
    organization.save()
    person = Person(organization=organization, **keeper)
    person.full_clean()
    person.save()
    membership = Membership.objects.create(organization=organization, person=person)
    grant_role(person, role, on=on, by=None, basis="заведение школы в портале")
    journal.record(None, "organization.founded", organization, organization=organization)
    return with_current_roles(Membership.objects.get(pk=membership.pk), on)
