"""What the people floor tells in «Мои данные», in the order of the page."""

from people import my_data
from people.services import kept_cards, kept_records

# Notices, letters, changes and actions are long and asked for least: last of all.
TOPICS = {
    "card": kept_cards.card,
    "pupil": kept_cards.pupil,
    "account": kept_cards.account,
    "consents": kept_cards.consents,
    "joining": kept_cards.joining,
    "mentor": kept_cards.mentor,
    "mentee": kept_cards.mentee,
    "surveys": kept_records.surveys,
    "answers": kept_records.answers,
    "notes": kept_records.notes,
    "grants": kept_records.grants,
    "reads": kept_records.reads,
    "files": kept_records.files,
    "notices": kept_records.notices,
    "letters": kept_records.letters,
    "changes": kept_records.changes,
    "actions": kept_records.actions,
}


def register() -> None:
    for number, (code, collect) in enumerate(TOPICS.items()):
        my_data.register(code, collect, place=(900 if code in LAST else 100) + number)


LAST = {"notices", "letters", "changes", "actions"}
