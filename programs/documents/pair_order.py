"""Order that assigns mentors to mentees (R-204, R-508, R-509, R-510, R-517): personnel register, never public."""

import datetime as dt

from people.consent_rules import standing
from people.models.consents import ConsentKind
from programs.group_rules import duty_people, with_pupils
from roadmap.documents import Field
from roadmap.documents.context import base_context

ANNEX_FROM = 5  # with more pairs the order lists them in a table of its annex
FIELDS = (
    Field("groups", "Пары и группы", "groups", help="Те, в которых согласны все."),
    Field("starts_on", "С какой даты", "date"),
    Field("until", "По какую дату", "date", required=False),
    Field("regulation_details", "Каким приказом утверждено Положение", "text", required=False,
          help="Дата и номер. Например: от 1 сентября 2026 г. № 80/8."),
    Field("program_due", "Когда представить программы", "date", required=False),
    Field("controller", "Кому поручен контроль", "person", required=False, help="Пусто – руководитель оставляет контроль за собой."),
    Field("pay", "Доплата наставникам", "long_text", required=False, help="Размер и основание. Пусто – пункта об оплате не будет."),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """`groups`: in the order of mentors' names; `consents`: lines of the basis, as they stand on `day`."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    groups = sorted(values.get("groups") or (), key=lambda group: group.mentor.full_name)
    return {
        **context,
        "groups": groups,
        "several": len(groups) > 1,
        "as_table": len(groups) >= ANNEX_FROM,
        "only_pupils": bool(groups) and all(with_pupils(group) for group in groups),
        "consents": list(
            {
                line["person"].pk: line for group in groups for line in consents_of(group, day)
            }.values()
        ),
    }


def consents_of(group, day: dt.date) -> list[dict]:
    """Valid consents on extra duties that the order rests on; a missing one is a gap in the text."""
    people = duty_people(group)
    found = standing([person.pk for person in people], ConsentKind.DUTY, day)
    return [
        {"person": person, "on": found[person.pk].consent.given_on if found[person.pk].valid else None}
        for person in people
    ]  # fmt: skip


def heading(context: dict) -> str:
    if context["only_pupils"]:
        return "О закреплении наставников за обучающимися"
    groups = context["groups"]
    if len(groups) == 1:
        return f"О закреплении наставнической {'группы' if len(groups[0].mentees) > 1 else 'пары'}"
    return "О закреплении наставнических пар и групп" if groups else "О закреплении наставников"
