"""Russian words for the codes of the journal; an upper floor adds its own with `register`."""

from collections.abc import Iterable

from people.models import JournalEntry

TITLES = {
    "person.created": "Карточка добавлена",
    "person.updated": "Карточка изменена",
    "person.left": "Записано увольнение",
    "person.removed": "Карточка удалена",
    "role.granted": "Дана роль",
    "role.ended": "Роль закончена",
    "invitation.created": "Выдана ссылка для входа",
    "invitation.accepted": "Вход в портал создан",
    "organization.updated": "Изменены реквизиты или настройки",
}
VERBS = {
    "added": "добавлено", "edited": "изменено", "created": "добавлено", "updated": "изменено", "changed": "изменено",
    "removed": "удалено", "deleted": "удалено", "moved": "переставлено",
}  # fmt: skip


def register(titles: dict[str, str]) -> None:
    TITLES.update(titles)


def title_of(event: str) -> str:
    """Registered title, else the verb of the code in Russian, else «изменение»."""
    verb = event.replace("_", ".").rpartition(".")[2]
    return TITLES.get(event) or f"Запись: {VERBS.get(verb, 'изменение')}"


def history_of(obj, organization, also: Iterable = (), limit: int = 50) -> list[dict]:
    """Last journal lines about the object (and the rows in `also`), newest first, for `{% history %}`."""
    entries = JournalEntry.objects.of(organization).filter(
        object_type=obj._meta.label_lower, object_id=obj.pk
    )
    for other in also:
        entries |= JournalEntry.objects.of(organization).filter(
            object_type=other._meta.label_lower, object_id=other.pk
        )
    entries = entries.select_related("membership__person")[:limit]
    return [
        {
            "when": entry.at,
            "who": entry.membership.person.short_name if entry.membership else "",
            "text": title_of(entry.event),
        }
        for entry in entries
    ]
