"""Partners, the log of talks with them, postings elsewhere (R-134, R-205, R-206, R-216, R-909)."""

from django.db import transaction

from people.models import Membership
from people.services import journal
from roadmap.library_permissions import can_keep_partners
from roadmap.models import Contact, Partner, Posting


@transaction.atomic
def save_partner(partner: Partner | None = None, *, by: Membership, **values) -> Partner:
    return save(partner or Partner(organization=by.organization), values, by, "partner.saved")


@transaction.atomic
def add_contact(partner: Partner, *, by: Membership, **values) -> Contact:
    """One line of the log; «вернуться к этому» puts it on the curator's desk."""
    row = Contact(organization=by.organization, partner=partner, noted_by=by)
    return save(row, values, by, "partner.contact")


@transaction.atomic
def close_contact(contact: Contact, *, by: Membership) -> None:
    """What was to come next is done."""
    can_keep_partners(by).require()
    Contact.objects.filter(pk=contact.pk).update(done=True)
    journal.record(by, "partner.contact_closed", contact)


@transaction.atomic
def save_posting(posting: Posting | None = None, *, by: Membership, **values) -> Posting:
    return save(posting or Posting(organization=by.organization), values, by, "posting.saved")


@transaction.atomic
def remove_posting(posting: Posting, *, by: Membership) -> None:
    can_keep_partners(by).require()
    journal.record(by, "posting.removed", posting)
    posting.delete()


def save(row, values: dict, by: Membership, event: str):
    can_keep_partners(by).require()
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    journal.record(by, event, row)
    return row
