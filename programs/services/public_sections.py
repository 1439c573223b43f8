"""Settings of the public section: words, look, blocks, the sites that may embed it (R-901)."""

from django.conf import settings
from django.db import transaction

from people.models import Organization, PublicAddress
from programs.models import PublicSection

PAGE_TITLE = "Раздел «Наставничество» в портале"


def section_of(organization: Organization) -> PublicSection:
    """The row of the school, made on first need with the address of its page in the portal."""
    section = PublicSection.objects.of(organization).select_related("organization", "page_address", "site_address").first()  # fmt: skip
    return section or begin(organization)


@transaction.atomic
def begin(organization: Organization) -> PublicSection:
    """Two requests at once make one row: both addresses and sections are unique."""
    url = f"{settings.PUBLIC_URL}/p/{organization.slug}/"
    address, _ = PublicAddress.objects.get_or_create(organization=organization, url=url, defaults={"title": PAGE_TITLE})  # fmt: skip
    section, _ = PublicSection.objects.get_or_create(organization=organization, defaults={"page_address": address})  # fmt: skip
    return section
