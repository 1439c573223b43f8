"""Information resources where data of persons may be shown (приказ РКН № 18)."""

from django.db import transaction

from people.models import Membership, PublicAddress
from people.permissions import can_edit_consents
from people.services import journal


@transaction.atomic
def add_address(*, by: Membership, url: str, title: str) -> PublicAddress:
    can_edit_consents(by).require()
    address = PublicAddress(organization=by.organization, url=url, title=title)
    address.full_clean()
    address.save()
    journal.record(by, "public_address.added", address)
    return address


@transaction.atomic
def archive_address(address: PublicAddress, *, by: Membership) -> None:
    """Nothing is shown there any more; consents already given keep naming it."""
    can_edit_consents(by).require()
    PublicAddress.objects.filter(pk=address.pk).update(archived=True)
    journal.record(by, "public_address.archived", address)
