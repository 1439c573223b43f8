"""Russian words for the codes of the journal; an upper floor adds its own with `register`."""

from collections.abc import Iterable

from people.models import JournalEntry

TITLES = {
    "person.created": "Карточка добавлена",
    "person.updated": "Карточка изменена",
    "person.left": "Записано увольнение",
    "person.removed": "Карточка удалена",
    "import.uploaded": "Загружен список сотрудников",
    "import.applied": "Список сотрудников записан",
    "import.undone": "Загрузка списка отменена",
    "import.removed": "Загрузка списка удалена",
    "subordination.begun": "Выбран орган управления",
    "subordination.ended": "Подчинение органу управления закончено",
    "consent_text.saved": "Изменён текст согласия",
    "consent_text.published": "Опубликован текст согласия",
    "consent.asked": "Согласие запрошено",
    "consent.given": "Согласие дано",
    "consent.refused": "Отказ от согласия",
    "consent.withdrawn": "Согласие отозвано",
    "consent.expired": "Согласие закончилось",
    "consent.replaced": "Согласие заменено новым",
    "joining.recorded": "Записано присоединение к правилам простой подписи",
    "joining.ended": "Присоединение к правилам простой подписи прекращено",
    "catalogue.added": "Добавлена запись справочника",
    "catalogue.changed": "Изменена запись справочника",
    "questionnaire.created": "Анкета создана",
    "questionnaire.version": "Начата новая редакция анкеты",
    "questionnaire.edited": "Изменены вопросы анкеты",
    "questionnaire.archived": "Анкета убрана в архив или возвращена",
    "question.kept": "Вопрос сохранён в банк",
    "survey.created": "Анкетирование подготовлено",
    "survey.opened": "Анкетирование начато",
    "survey.closed": "Анкетирование закрыто",
    "survey.people": "Изменён список участников",
    "survey.links": "Выданы ссылки на анкету",
    "survey.reminded": "Отправлены напоминания",
    "survey.answered": "Получен ответ на анкету",
    "survey.paper": "Ответ внесён с бумаги",
    "bank.entered": "Карточка внесена в банк",
    "bank.filled": "Карточка заполнена из анкеты",
    "bank.edited": "Карточка банка изменена",
    "bank.need_added": "Добавлен запрос",
    "bank.need_removed": "Запрос убран",
    "bank.approved": "Утверждён руководителем",
    "bank.activate": "Приступил к работе",
    "bank.pause": "Приостановлен",
    "bank.leave": "Вышел из банка",
    "bank.return": "Вернулся в банк",
    "bank.reviewed": "Сведения проверены",
    "note.added": "Добавлена закрытая запись",
    "case.opened": "Назначено сопровождение психолога",
    "case.closed": "Сопровождение закончено",
    "grant.asked": "Запрошены материалы личного дела",
    "grant.granted": "Доступ к материалам открыт",
    "grant.refused": "В доступе к материалам отказано",
    "grant.ended": "Доступ к материалам прекращён",
    "pupil.created": "Обучающийся добавлен",
    "pupil.updated": "Карточка обучающегося изменена",
    "representative.added": "Добавлен законный представитель",
    "representative.updated": "Сведения о представителе изменены",
    "representative.archived": "Представитель больше не представляет",
    "representative.link": "Представителю выдана ссылка",
    "role.granted": "Дана роль",
    "role.ended": "Роль закончена",
    "invitation.created": "Выдана ссылка для входа",
    "invitation.accepted": "Вход в портал создан",
    "card.issued": "Выдана карточка доступа",
    "card.used": "Пароль задан по карточке",
    "sessions.ended": "Завершены все сеансы",
    "api_token.issued": "Выдан токен для программы",
    "api_token.revoked": "Токен программы отозван",
    "organization.updated": "Изменены реквизиты или настройки",
    "person.contacts": "Человек исправил свои контакты",
    "person.correction_asked": "Человек попросил исправить данные",
    "person.anonymised": "Карточка обезличена",
    "term.changed": "Установлен свой срок",
    "term.reset": "Срок снова по норме",
    "calendar.set": "Внесён особый день календаря",
    "calendar.removed": "Особый день календаря убран",
    "purge.run": "Уничтожены данные с истёкшим сроком",
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
