"""Blocks made of the school's card and settings: about the programme, how to join, contacts (R-901)."""

from people.models import Organization
from programs.models import PublicSection
from programs.publication.items import Card, Invitation, Text
from programs.publication.marks import paragraphs
from programs.publication.reading import Asked, Part

ABOUT = (
    "Опытные педагоги помогают коллегам освоиться в профессии и в коллективе. Наставничество добровольное: каждый "
    "выбирает, участвовать ли, и может отказаться."
)


def about(asked: Asked) -> Part:
    html = paragraphs(asked.section.intro or ABOUT)
    return Part(make=lambda gate: [Text(html)])


def contacts(asked: Asked) -> Part:
    card = card_of(asked.organization, asked.section)
    return Part(make=lambda gate: [card])


def card_of(organization: Organization, section: PublicSection) -> Card:
    return Card(
        paragraphs(section.contacts), organization.full_name, organization.address, organization.phone,
        organization.email, organization.site,
    )  # fmt: skip


def join(asked: Asked) -> Part:
    school = asked.organization
    invitation = Invitation(tuple(conditions(school)), school.email, school.phone)
    return Part(make=lambda gate: [invitation])


def conditions(school: Organization) -> list[str]:
    """What the school asks of a mentor, in its own numbers."""
    found = []
    if years := school.mentor_min_teaching_years:
        found.append(f"педагогический стаж от {years} {years_word(years)}")
    if years := school.mentor_min_here_years:
        found.append(f"работа в организации от {years} {years_word(years)}")
    if school.mentor_category_required:
        found.append("квалификационная категория")
    return [*found, "добровольное согласие: наставником никого не назначают без него"]


def years_word(number: int) -> str:
    """After «от»: «года», «лет»."""
    return "года" if number % 10 == 1 and number % 100 != 11 else "лет"
