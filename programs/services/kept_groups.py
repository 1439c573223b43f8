"""Topic of «Мои данные»: the pairs of a person."""

from django.urls import reverse

from people.models import Person
from people.my_data import Section
from people.services.kept_cards import day
from programs.models import MentoringGroup

COLUMNS = ("Наставник", "Наставляемые", "Состояние", "С", "По")


def groups(person: Person) -> Section:
    found = MentoringGroup.objects.of(person.organization).of_person(person)
    found = found.select_related("mentor").prefetch_related("members__person")
    rows = [
        (
            group.mentor.full_name,
            ", ".join(one.full_name for one in group.mentees),
            group.get_state_display(),
            day(group.starts_on),
            day(group.ends_on),
        )
        for group in found.order_by("-proposed_on", "-pk")
    ]
    links = (("Мои пары", reverse("my_groups", args=[person.organization.slug])),)
    return Section("Наставнические пары", rows, columns=COLUMNS, links=links, empty="Пар не было.")
