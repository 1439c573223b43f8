"""Zips of the section that lie on school sites: who stands in them, until when they must be replaced (R-910; 152-ФЗ, ст. 10.1).

The portal cannot reach a file on somebody's site. It remembers who is in it, and when a consent ends it asks the curator to
replace the file within the term of the norm.
"""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Consent, DisseminationChoice, Membership, Organization, Person
from people.models.consents import ConsentKind
from people.reminders import week
from people.services import journal, terms
from people.services.notices import Message, tell
from people.services.reminding import curators_on
from programs.models import PublicSection, SiteArchive
from programs.publication_permissions import can_edit_section

TERM = "dissemination_stop"
DONE = "Этот архив уже отмечен. Обновите страницу."


def follow_consent(person: Person, *, on: dt.date, by: Membership | None, kind: str) -> None:
    """Hook `on_consent_lost`: withdrawn, or its term has passed (written down by the daily command)."""
    if kind == ConsentKind.DISSEMINATION:
        ask_to_replace(standing_in(person), on=on, by=by)


def follow_leaving(person: Person, *, on: dt.date, by: Membership) -> None:
    """Hook `on_person_left`."""
    ask_to_replace(standing_in(person), on=on, by=by)


def follow_journal(organization: Organization, event: str) -> None:
    """Hook of the journal: a new consent that allows less than the one it replaces, no consent being lost."""
    if event != "consent.given":
        return
    open_rows = SiteArchive.objects.of(organization).filter(with_people=True, replaced_on=None, replace_by=None)  # fmt: skip
    for archive in open_rows:
        if on := narrowed_on(archive):
            ask_to_replace(SiteArchive.objects.of(organization).filter(pk=archive.pk), on=on, by=None)  # fmt: skip


def narrowed_on(archive: SiteArchive) -> dt.date | None:
    """Day of a consent given since the archive was made that no longer allows at the site what the former one did."""
    given = Consent.objects.of(archive.organization).filter(kind=ConsentKind.DISSEMINATION)
    fresh = given.filter(person__in=archive.people.all(), state=Consent.State.GIVEN, signed_at__gt=archive.made_at)  # fmt: skip
    for consent in fresh:
        former = given.filter(person=consent.person_id, replaced_on=consent.given_on)
        if allowed_at_site(former) - allowed_at_site(given.filter(pk=consent.pk)):
            return consent.given_on
    return None


def allowed_at_site(consents: QuerySet[Consent]) -> set[str]:
    sites = PublicSection.objects.filter(organization__in=consents.values("organization"))
    choices = DisseminationChoice.objects.filter(
        consent__in=consents, allowed=True, condition="", address__in=sites.values("site_address")
    )
    return set(choices.values_list("item", flat=True))


def standing_in(person: Person) -> QuerySet[SiteArchive]:
    return SiteArchive.objects.of(person.organization).filter(people=person)


@transaction.atomic
def ask_to_replace(archives: QuerySet[SiteArchive], *, on: dt.date, by: Membership | None) -> None:
    """The first loss starts the term; the second one of the same file adds nothing."""
    for archive in archives.filter(replaced_on=None, replace_by=None).select_related("organization"):  # fmt: skip
        archive.replace_by = terms.due(archive.organization, TERM, on)
        archive.save(update_fields=["replace_by"])
        journal.record(by, "archive.outdated", archive, organization=archive.organization)
        tell(messages_about(archive, "asked", on))


def messages_about(archive: SiteArchive, key: str, day: dt.date) -> list[Message]:
    """One to each curator. Nobody is named: a letter would carry the name on."""
    return [
        Message(
            person=curator, event="archive.replace", key=f"archive-{archive.pk}-{key}",
            title=f"Замените файл на сайте до {archive.replace_by:%d.%m.%Y}",
            text="В архиве раздела «Наставничество» есть человек, чьё согласие закончилось. Соберите новый архив и замените файл.",
            url=reverse("site_archives", args=[archive.organization.slug]),
        )
        for curator in curators_on(archive.organization, day)
    ]  # fmt: skip


def outdated() -> QuerySet[SiteArchive]:
    """Still on a site, though somebody in them may not be shown any more; of all schools."""
    return SiteArchive.objects.filter(replaced_on=None, replace_by__isnull=False)


def unreplaced(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Reminder: on the last day, then once a week."""
    for archive in outdated().of(organization).filter(replace_by__lte=day):  # fmt: skip
        late = archive.replace_by < day
        yield from messages_about(archive, week(day) if late else "last-day", day)


@transaction.atomic
def mark_replaced(archive: SiteArchive, *, on: dt.date, by: Membership) -> SiteArchive:
    """The curator says that this file is no longer on the site."""
    can_edit_section(by).require()
    if not SiteArchive.objects.filter(pk=archive.pk, replaced_on=None).update(replaced_on=on):
        raise RuleError(DONE)
    archive.replaced_on = on
    journal.record(by, "archive.replaced", archive)
    return archive
