"""Act on the destruction of personal data with the extract of the log (приказ РКН от 28.10.2022 № 179)."""

from collections import Counter

from people import retention
from people.services.terms import usual_terms
from roadmap.documents import Field
from roadmap.documents.context import base_context

NO_NORM = "норма не найдена"
SYSTEM = "портал наставничества"
METHOD = (
    "удаление записей, их прежних редакций и файлов из базы данных и хранилища портала; "
    "в записях, которые нужны для статистики, – замена сведений о человеке без возможности восстановления"
)
FIELDS = (
    Field("commission", "Комиссия", "persons", required=False, help="Кто уничтожил данные и подписывает акт."),
    Field("destroyed_on", "Когда уничтожено", "date"),
    Field("purge", "Что уничтожил портал", "purge", required=False),
    Field("subjects", "Чьи данные на бумаге", "text", required=False, help="Фамилии или номера дел, если уничтожены бумаги."),
    Field("media", "Какие бумаги и носители", "text", required=False,
          help="Название и число листов. Например: анкеты, 24 листа."),
    Field("media_reason", "Почему уничтожены бумаги", "text", required=False),
    Field("processor", "Кому поручена обработка", "text", required=False,
          help="Наименование и адрес, если данные по поручению обрабатывает другая организация."),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """`rows`: one per purpose for the act, `log`: rows of the extract."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    run = values.get("purge")
    rows = purposes_of(run) if run else []
    people = {line["person"] for line in run.lines if line["person"]} if run else set()
    return {
        **context,
        "commission": list(values.get("commission") or ()),
        "rows": rows,
        "reasons": list(dict.fromkeys(row["reason"] for row in rows)),
        "log": log_of(run) if run else [],
        "people": len(people),
        "system": SYSTEM,
        "method": METHOD,
    }


def purposes_of(run) -> list[dict]:
    """Categories, reason and number of records of each purpose about people, in the order of the run."""
    codes = dict.fromkeys(line["purpose"] for line in run.lines)
    return [described(code) | {"number": run.counts[code]} for code in codes]


def described(code: str) -> dict:
    """Words of a purpose; one that the portal does not know any more keeps its code."""
    purpose = retention.PURPOSES.get(code)
    if purpose is None:
        return {"code": code, "data": code, "reason": code}
    norm = usual_terms()[purpose.term].norm
    basis = "установлен организацией" if norm.startswith(NO_NORM) else norm
    return {"code": code, "data": purpose.data, "reason": f"{purpose.reason} ({basis})"}


def log_of(run) -> list[dict]:
    """Rows of the extract: cards of which the same was destroyed, what it was and why; nameless records last."""
    counted: dict[int, Counter] = {}
    for line in run.lines:
        counted.setdefault(line["person"] or 0, Counter())[line["purpose"]] += 1
    alike: dict[tuple, list[int]] = {}
    for person, purposes in sorted(counted.items(), key=lambda item: (item[0] == 0, item[0])):
        alike.setdefault(tuple(purposes.items()), []).append(person)
    return [log_row(people, purposes) for purposes, people in alike.items()]


def log_row(people: list[int], purposes: tuple) -> dict:
    rows = [described(code) for code, _ in purposes]
    return {
        "people": ", ".join(str(pk) for pk in people if pk),
        "number": sum(number for _, number in purposes) * len(people),
        "data": "; ".join(row["data"] for row in rows),
        "reason": "; ".join(dict.fromkeys(row["reason"] for row in rows)),
    }


def heading(context: dict) -> str:
    """Continues the word АКТ."""
    return "об уничтожении персональных данных"
