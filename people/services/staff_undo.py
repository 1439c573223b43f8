"""Undo of the last import: what it added goes, what it changed comes back, later work stays."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import ImportBatch, Membership, Person
from people.permissions import can_edit_people
from people.services import journal
from people.services.bulk_rows import write_history
from people.services.staff_writing import plain, save_changed, write_journal

State = ImportBatch.State
CHUNK = 900


@dataclass
class Undone:
    removed: int = 0
    restored: int = 0
    kept: list[dict] = field(default_factory=list)  # {"person": id, "text": why}


def last_applied(organization) -> ImportBatch | None:
    """The only import that may be undone: a later one may rest on an earlier one."""
    rows = ImportBatch.objects.of(organization).filter(state=State.APPLIED)
    return rows.order_by("-applied_at", "-pk").first()


@transaction.atomic
def undo(batch: ImportBatch, *, by: Membership) -> Undone:
    """Take the import back as far as nothing was built on it; `batch.counts["kept"]` says what stayed."""
    can_edit_people(by).require()
    last = last_applied(by.organization)
    if last is None or last.pk != batch.pk:
        raise RuleError("Отменить можно только последнюю записанную загрузку.")
    if not batch.undo:
        raise RuleError("Отменять нечего: сведения для отмены стёрты по сроку хранения.")
    if not ImportBatch.objects.filter(pk=batch.pk, state=State.APPLIED).update(state=State.UNDONE):
        raise RuleError("Эта загрузка уже отменена. Обновите страницу.")
    now, done = timezone.now(), Undone()
    created = [entry["person"] for entry in batch.undo if entry["created"]]
    remove(created, done, by=by, now=now)
    restore([entry for entry in batch.undo if not entry["created"]], done, by=by, now=now)
    batch.state, batch.undone_at, batch.undo = State.UNDONE, now, []
    batch.counts = {
        **batch.counts, "removed": done.removed, "restored": done.restored, "kept": done.kept,
    }  # fmt: skip
    batch.save(update_fields=["state", "undone_at", "undo", "counts"])
    journal.record(by, "import.undone", batch)
    return done


def remove(ids: list[int], done: Undone, *, by: Membership, now) -> None:
    """Delete added cards that nothing refers to and nobody has worked with."""
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        there = set(Person.objects.of(by.organization).filter(pk__in=chunk).values_list("pk", flat=True))  # fmt: skip
        reasons = used(there)
        done.kept += [{"person": pk, "text": text} for pk, text in sorted(reasons.items())]
        free = sorted(there - reasons.keys())
        write_history(Person, free, "-", by=by, now=now)
        write_journal(free, "person.removed", by=by, now=now)
        members = Membership.objects.of(by.organization).filter(person__in=free)
        members._raw_delete(members.db)
        people = Person.objects.of(by.organization).filter(pk__in=free)
        people._raw_delete(people.db)
        done.removed += len(free)


def used(ids: set[int]) -> dict[int, str]:
    """Why a card must stay: person id → Russian reason. A query for each kind of reference."""
    reasons: dict[int, str] = {}
    members = dict(Membership.objects.filter(person__in=ids).values_list("pk", "person"))
    edited = Person.history.filter(id__in=ids, history_type="~").values_list("id", flat=True)
    accounts = Membership.objects.filter(pk__in=members, user__isnull=False)
    for pk in accounts.values_list("person", flat=True):
        reasons.setdefault(pk, "Есть вход в портал.")
    for relation in references(Person):
        if relation.related_model is not Membership:
            _referring(relation, ids, {pk: pk for pk in ids}, reasons)
    for relation in references(Membership):
        _referring(relation, set(members), members, reasons)
    for pk in edited:
        reasons.setdefault(pk, "Карточку изменили после загрузки.")
    return reasons


def references(model) -> list:
    """Every foreign key that leads to the model, those without a name back as well."""
    return [
        each
        for each in model._meta.get_fields(include_hidden=True)
        if each.auto_created and not each.concrete and (each.one_to_many or each.one_to_one)
    ]


def _referring(relation, ids: set[int], person_of: dict[int, int], reasons: dict) -> None:
    name, model = relation.field.name, relation.related_model
    rows = model._base_manager.filter(**{f"{name}__in": ids}).order_by()
    for pk in rows.values_list(relation.field.attname, flat=True).distinct():
        reasons.setdefault(person_of[pk], f"На карточку ссылаются записи: {model._meta.verbose_name}.")  # fmt: skip


def restore(entries: list[dict], done: Undone, *, by: Membership, now) -> None:
    """Give back the former values, but only where the import's own value still stands."""
    people = Person.objects.of(by.organization).in_bulk([entry["person"] for entry in entries])
    changed, names = [], set()
    for entry in entries:
        person = people.get(entry["person"])
        if person is None:
            continue
        current = plain({name: getattr(person, name) for name in entry["after"]})
        own = {name for name, value in entry["after"].items() if current[name] == value}
        for name in own:
            stored = Person._meta.get_field(name)
            setattr(person, name, stored.to_python(entry["before"][name]))
        if own:
            changed.append(person)
            names |= own
        if left := entry["after"].keys() - own:
            titles = sorted(str(Person._meta.get_field(name).verbose_name) for name in left)
            text = f"Изменено после загрузки и оставлено: {', '.join(titles)}."
            done.kept.append({"person": person.pk, "text": text})
    save_changed(changed, sorted(names), by=by, now=now)
    done.restored = len(changed)
