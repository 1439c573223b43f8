"""What a card of a bank tells: facts by the right of the reader, strengths and needs, the next step."""

from people.models import MenteeNeed, Person
from people.models.banks import BankState, NeedSource
from people.services import catalogues
from people.views.cards import years


def words(organization, catalogue: str, codes: list[str]) -> str:
    found = catalogues.titles(organization, catalogue)
    return "; ".join(found.get(code, code) for code in codes)


def next_step(card, hidden: bool) -> str:
    """What comes next and whose turn it is."""
    if card.state == BankState.LEFT:
        return "вернуть в банк может куратор."
    if hidden:
        return "получить согласие на обработку данных: его запрашивает куратор, решает сам человек."
    return NEXT[card.state]


NEXT = {
    BankState.CANDIDATE: "утверждает руководитель.",
    BankState.APPROVED: "ждёт пары: её предлагает куратор.",
    BankState.ACTIVE: "сведения проверяет куратор, не реже раза в год.",
    BankState.PAUSED: "вернуть к работе может куратор.",
}


def facts(card, bank: str, today, *, readable: bool, answers: bool) -> list[tuple[str, object]]:
    """Pairs for `{% requisites %}`: post for everybody who sees the card, the rest for those who choose
    people, the person's own words only by the right to read answers."""
    rows = [("Должность", card.person.job_title), ("Предмет или группа", card.subject)]
    if card.person.institution:
        rows.insert(1, ("Место работы", card.person.institution))
    if bank == "mentees":
        rows.insert(1, ("Кто", card.get_category_display()))
    if not readable:
        return rows
    organization = card.organization
    rows += experience(card.person, today) if card.person.kind == Person.Kind.EMPLOYED else []
    rows += [
        ("Как встречаться", card.get_delivery_mode_display()), ("Когда удобно", card.schedule),
        ("Формы", words(organization, "form", card.forms)), ("Виды", words(organization, "kind", card.kinds)),
    ]  # fmt: skip
    if bank == "mentors":
        rows += [
            ("Наставляемых, не больше", card.capacity), ("Свободных мест", card.free),
            ("Группа", "готов(а) вести" if card.group_ready else "нет"),
            ("Часов в месяц", card.hours_per_month or ""),
            ("Обучен(а)", f"{card.trained_on:%d.%m.%Y} {card.training}" if card.trained_on else card.training),
            ("Компетенции", words(organization, "competence", card.competences)),
            ("Достижения", card.achievements),
        ]  # fmt: skip
        rows += [("Основание участия", card.basis)] if card.basis else []
        own_words = [("Кого хотел(а) бы сопровождать", card.mentee_wishes)]
    else:
        rows += [("Сильные стороны", words(organization, "strength", card.strengths))]
        own_words = [
            ("Основной запрос", card.request), ("Чего ждёт", card.expectation),
            ("Какого наставника хотел(а) бы", card.mentor_wishes),
        ]  # fmt: skip
    return [*rows, *own_words, ("Интересы", card.interests)] if answers else rows


def experience(person: Person, today) -> list[tuple[str, str]]:
    return [
        ("Педагогический стаж", years(person.teaching_experience_on(today))),
        ("Стаж в организации", years(person.experience_here_on(today))),
        ("Категория", person.category),
    ]


def themes(card, bank: str) -> list[dict]:
    """Strengths or needs by direction, strongest first, for bars with words."""
    names = catalogues.titles(card.organization, "direction")
    if bank == "mentors":
        return [
            {"title": names.get(row.direction, row.direction), "level": row.level, "note": row.text}
            for row in card.strengths.order_by("-level", "direction")
        ]
    found = catalogues.titles(card.organization, "difficulty")
    return [
        {
            "title": found.get(row.difficulty) or names.get(row.direction, row.direction),
            "level": row.weight, "pk": row.pk,
            "note": " · ".join(filter(None, [names.get(row.direction, "") if row.difficulty else "", row.get_source_display(), said(row)])),
        }
        for row in card.needs.all()
    ]  # fmt: skip


def said(need: MenteeNeed) -> str:
    """Words beside a need; those of third parties are closed records, read one by one (R-305)."""
    return "" if need.source == NeedSource.THIRD_PARTY else need.text
