"""Topic of «Мои данные»: the pairs of a person."""

from django.urls import reverse

from people.models import Membership, MenteeProfile, MentorProfile, Person
from people.my_data import Section
from people.services.kept_cards import day
from programs.models import MentoringGroup
from programs.program_permissions import can_read_attestation

COLUMNS = ("Наставник", "Наставляемые", "Состояние", "С", "По")


def record_link(person: Person) -> tuple[str, str]:
    return "Сведения о наставничестве для аттестации", reverse("attestation_record", args=[person.organization.slug, person.pk])  # fmt: skip


def of_card(membership: Membership, card: MentorProfile | MenteeProfile) -> list[tuple[str, str]]:
    """On a mentor's card in the bank, for those who may open the record."""
    person = card.person
    if isinstance(card, MenteeProfile) or not can_read_attestation(membership, person):
        return []
    return [record_link(person)]


def groups(person: Person) -> Section:
    found = MentoringGroup.objects.of(person.organization).of_person(person)
    found = list(found.select_related("mentor").prefetch_related("members__person").order_by("-proposed_on", "-pk"))  # fmt: skip
    rows = [
        (
            group.mentor.full_name,
            ", ".join(one.full_name for one in group.mentees),
            group.get_state_display(),
            day(group.starts_on),
            day(group.ends_on),
        )
        for group in found
    ]
    links = (("Мои пары", reverse("my_groups", args=[person.organization.slug])),)
    if any(group.mentor_id == person.pk for group in found):
        links += (record_link(person),)
    return Section("Наставнические пары", rows, columns=COLUMNS, links=links, empty="Пар не было.")
