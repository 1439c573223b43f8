"""Letter of thanks to a partner (R-808)."""

from mentoring.core.grammar import Unsure, guess_sex, organization_in_case, person_from_text
from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("partner", "Кому", "partner"),
    Field("thanks", "За что благодарим", "long_text", help="После слова «за»: «помощь в обучении наставников»."),
    Field("wish", "Пожелание", "long_text", required=False),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    partner = values.get("partner")
    return {**context, "partner": partner, "salutation": salutation(partner)}


def salutation(partner) -> str:
    """«Уважаемая Ирина Львовна!», «Уважаемые коллеги!» where no name is known or its sex is not."""
    try:
        last, first, patronymic = person_from_text(partner.head_name if partner else "")
        sex = guess_sex(last, first, patronymic)
    except Unsure:
        return "Уважаемые коллеги!"
    name = f"{first} {patronymic}".strip()
    return f"{'Уважаемый' if sex == 'm' else 'Уважаемая'} {name}!"


def heading(context: dict) -> str:
    """Continues the words БЛАГОДАРСТВЕННОЕ ПИСЬМО: «коллективу Педагогического колледжа»."""
    partner = context["partner"]
    if partner is None:
        return "коллективу [[кому]]"
    try:
        return f"коллективу {organization_in_case(partner.title, 'gent')}"
    except Unsure:
        return f"коллективу организации «{partner.title}»"
