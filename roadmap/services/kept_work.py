"""What this floor tells in «Мои данные» about work: tasks of orders, working groups, acts studied, photos."""

from people.models import Person
from people.my_data import Section
from people.services.kept_cards import day
from roadmap.models import EventFile, NormStudy, OrderTask, WorkingGroupMember


def work(person: Person) -> Section | None:
    """Four queries whatever the number of rows."""
    rows = []
    for task in OrderTask.objects.filter(person=person).select_related("document"):
        rows.append(("поручение приказа", task.text, day(task.done_on) or "не отмечено"))
    for row in WorkingGroupMember.objects.filter(person=person).select_related("group"):
        rows.append(("рабочая группа", row.group.title, "руководитель" if row.leads else "член группы"))  # fmt: skip
    for row in NormStudy.objects.filter(person=person).select_related("norm"):
        rows.append(("изученный акт", row.norm.requisites, day(row.studied_on)))
    for row in EventFile.objects.filter(people=person).select_related("event"):
        rows.append(("фотография, где вас отметили", row.event.title, str(row)))
    return Section("Поручения, группы, изученные акты", rows, columns=("Что", "О чём", "Как")) if rows else None  # fmt: skip
