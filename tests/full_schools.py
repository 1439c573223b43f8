"""A school filled with rows of every kind, made by the services; `word` marks each of its texts."""

import datetime as dt

from people.models import Membership, Organization
from people.models.accounts import Role
from people.services import jobs
from roadmap.models import Document, KindSetting
from roadmap.services import attachments, drafts, readings, signatures
from roadmap.tasks import pack_papers
from tests.factories import make_curator, make_head, make_member, make_organization, make_person
from tests.roadmap.makers import DAY, approve, fresh, make_curator_order, make_package, send

OTHER_ROLES = {
    "teacher": [Role.STAFF],
    "psychologist": [Role.PSYCHOLOGIST, Role.STAFF],
    "portal_admin": [Role.ADMIN],
}


def fill_school(slug: str, word: str) -> tuple[Organization, dict[str, Membership]]:
    """The school and its members by role: papers in every state, plan, readings, files, a job."""
    school = make_organization(
        slug=slug, short_name=f"Школа {word}", full_name=f"Учреждение «{word}»"
    )
    members = {"head": make_head(school), "curator": make_curator(school, institution="")}
    for name, roles in OTHER_ROLES.items():
        members[name] = make_member(
            school, *roles, last_name="Громова", job_title=f"учитель {word}"
        )
    make_person(school, last_name="Орлова", job_title=f"учитель {word}")
    make_papers(members, word)
    KindSetting.objects.create(organization=school, kind="regulation", register="other")
    jobs.start(pack_papers, by=members["curator"], title=f"Архив {word}")
    return school, members


def make_papers(members: dict[str, Membership], word: str) -> None:
    head, curator = members["head"], members["curator"]
    order = approve(send(make_package(curator), curator), head, number="80/8")
    readings.ask_acknowledgement(order, people=[members["teacher"].person], by=curator)
    approve(send(make_curator_order(curator), curator), head, number="1-К")
    make_draft(members, word)
    send(make_curator_order(curator), curator)
    approve(send(make_curator_order(curator), curator), head, signed_on_paper=False)
    cancelled = make_curator_order(curator)
    signatures.cancel(cancelled, reason=f"Причина {word}", by=curator)


def make_draft(members: dict[str, Membership], word: str) -> Document:
    """An order in draft with an annex, a basis and a stamp, sent to the teacher to read."""
    curator = members["curator"]
    annex = drafts.create_draft(kind="target_model", day=DAY, by=curator)
    values = {"effective_from": "2026-09-01", "acquaint_due": "2026-09-15"}
    draft = drafts.create_draft(
        kind="regulation_order", day=DAY, by=curator, values=values, annexes=[annex]
    )
    drafts.edit_draft(draft, title=f"О порядке {word}", body=f"<p>Текст {word}</p>", by=curator)
    attachments.add_basis(draft, text=f"Основание {word}", by=curator)
    attachments.add_stamp(draft, by=curator, word="agreed", body_name=f"совет {word}")
    sent = readings.circulate(
        fresh(draft), readers=[members["teacher"].person], due_on=dt.date(2026, 9, 20), by=curator
    )
    readings.add_remark(sent, clause="1", text=f"Замечание {word}", by=members["teacher"])
    return draft
