"""A school filled with rows of every kind, made by the services; `word` marks each of its texts."""

import datetime as dt

from django.apps import apps
from django.db import models

from mentoring.core.tenancy import OwnedModel
from people.models import Membership, Organization, Person
from people.models.accounts import Role
from people.services import accounts, jobs
from roadmap.models import Document, KindSetting, Roadmap, RoadmapActivity
from roadmap.services import approvals, attachments, drafts, plan_edit, readings, signatures
from roadmap.tasks import pack_papers
from tests.factories import make_curator, make_head, make_member, make_organization, make_person
from tests.full_groups import fill_groups
from tests.full_office import fill_office
from tests.full_people import fill_people
from tests.full_programs import fill_programs
from tests.full_publicity import fill_publicity
from tests.full_section import fill_section
from tests.roadmap.makers import DAY, approve, fresh, make_curator_order, make_package, send

OTHER_ROLES = {
    "teacher": [Role.STAFF],
    "psychologist": [Role.PSYCHOLOGIST, Role.STAFF],
    "portal_admin": [Role.ADMIN],
}
# Codes and hashes: texts that no user writes and that the portal reads back.
CODES = {
    "slug", "kind", "register", "role", "event", "object_type", "purpose", "content_type",
    "check_code", "code", "document_kind", "template_code", "token_hash", "content_hash",
    "fact", "batch", "file_hash", "sha256", "question", "direction", "difficulty", "key", "url", "email", "address",
    "digest", "previous",
}  # fmt: skip


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
    newcomer = make_person(school, last_name="Орлова", job_title=f"учитель {word}")
    accounts.set_role(newcomer, Role.STAFF, on=DAY, by=members["curator"])
    accounts.invite(newcomer.membership, by=members["curator"])
    make_papers(members, word)
    fill_people(members, word)
    fill_groups(members, word)
    fill_programs(members, word)
    fill_office(members, word)
    fill_publicity(members, word)
    fill_section(members, word)
    KindSetting.objects.create(organization=school, kind="regulation", register="other")
    jobs.start(pack_papers, by=members["curator"], title=f"Архив {word}")
    return school, members


def make_papers(members: dict[str, Membership], word: str) -> None:
    head, curator = members["head"], members["curator"]
    order = approve(send(make_package(curator), curator), head, number="80/8")
    add_plan_rows(order.roadmap, members, word)
    readings.ask_acknowledgement(order, people=[members["teacher"].person], by=curator)
    approve(send(make_curator_order(curator), curator), head, number="1-К")
    make_draft(members, word)
    send(make_curator_order(curator), curator)
    approve(send(make_curator_order(curator), curator), head, signed_on_paper=False)
    returned = send(make_curator_order(curator), curator)
    approvals.return_to_draft(returned, reason=f"Возврат {word}", by=head)
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
    add_side_rows(draft, word, by=curator)
    circulate(draft, members["teacher"], word, by=curator)
    return draft


def add_side_rows(draft: Document, word: str, *, by: Membership) -> None:
    attachments.add_basis(draft, text=f"Основание {word}", by=by)
    attachments.add_stamp(draft, by=by, word="agreed", body_name=f"совет {word}")


def circulate(draft: Document, reader: Membership, word: str, *, by: Membership) -> None:
    sent = readings.circulate(
        fresh(draft), readers=[reader.person], due_on=dt.date(2026, 9, 20), by=by
    )
    readings.add_remark(sent, clause="1", text=f"Замечание {word}", by=reader)


def add_plan_rows(plan: Roadmap, members: dict[str, Membership], word: str) -> RoadmapActivity:
    """A stage with a block and an activity, for which a role and a person answer."""
    curator = members["curator"]
    stage = plan_edit.add_stage(plan, title=f"Этап {word}", by=curator)
    block = plan_edit.add_block(plan, stage=stage.pk, title=f"Блок {word}", by=curator)
    return plan_edit.add_activity(
        plan, stage=stage.pk, block=block.pk, title=f"Мероприятие {word}", by=curator,
        roles=["curator"], persons=[members["teacher"].person],
    )  # fmt: skip


def owned_models() -> list[type[OwnedModel]]:
    """Every model of the floors whose rows belong to a school."""
    found = [
        model
        for app in ("people", "roadmap", "programs")
        for model in apps.get_app_config(app).get_models()
    ]
    return [model for model in found if issubclass(model, OwnedModel)]


def mark_texts(school: Organization, word: str) -> None:
    """Put the word into every text of every row of the school, whoever may have written it."""
    for row in Organization.objects.filter(pk=school.pk):
        mark_row(row, word)
    for model in owned_models():
        for row in model.objects.of(school):
            mark_row(row, word)


def mark_row(row: models.Model, word: str) -> None:
    """Written past the services on purpose: no rule may stand between a text and its mark."""
    marked = {
        field.name: f"{getattr(row, field.name)[: (field.max_length or 10**6) - len(word) - 1]} {word}".strip()
        for field in row._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in CODES
    }  # fmt: skip
    if marked:
        type(row).objects.filter(pk=row.pk).update(**marked)


def grow(school: Organization, members: dict[str, Membership], word: str) -> None:
    """More rows of each kind, beside and inside those that `fill_school` made first."""
    curator, teacher = members["curator"], members["teacher"]
    for name in ("Лисова", "Зимина"):
        person = make_person(school, last_name=name)
        order = Document.objects.of(school).filter(kind="regulation_order", state="in_force").get()
        readings.ask_acknowledgement(order, people=[person], by=curator)
        draft = Document.objects.of(school).filter(kind="regulation_order", state="draft").first()
        add_side_rows(draft, word, by=curator)
        circulate(draft, teacher, word, by=curator)
        first = draft.circulations.order_by("pk").first()
        readings.add_remark(first, clause="2", text=name, by=teacher)
        add_plan_rows(Roadmap.objects.of(school).order_by("pk").first(), members, word)
        invited = Person.objects.of(school).get(last_name="Орлова")
        role = Role.PSYCHOLOGIST if name == "Лисова" else Role.COUNCIL
        accounts.set_role(invited, role, on=DAY, by=curator)
        send(make_curator_order(curator), curator)
        jobs.start(pack_papers, by=curator, title=f"Архив {name}")
