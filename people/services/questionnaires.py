"""Questionnaires of a school: the usual ones, own ones, versions that freeze at the first answer."""

import functools
import json
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import (
    BankQuestion,
    Membership,
    Organization,
    Questionnaire,
    QuestionnaireVersion,
)
from people.permissions import can_edit_questionnaires
from people.questionnaires import schema
from people.questionnaires.schema import Content, ContentError, Question
from people.services import catalogues, journal

PUPIL = Questionnaire.Audience.PUPIL


@functools.cache
def usual() -> tuple[dict, ...]:
    """The forms D1–D8 in our own wording; each file is checked when it is read."""
    found = []
    for path in sorted((settings.BASE_DIR / "fixtures/questionnaires").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        schema.from_json(data["content"])
        found.append(data)
    return tuple(found)


@transaction.atomic
def install(organization: Organization) -> None:
    """Give the school the usual questionnaires it has not got yet; safe to repeat."""
    known = set(Questionnaire.objects.of(organization).values_list("code", flat=True))
    for data in usual():
        if data["code"] in known:
            continue
        if data["audience"] == PUPIL and not organization.works_with_pupils:
            continue
        names = ("code", "title", "stage", "audience")
        form = Questionnaire.objects.create(
            organization=organization, **{name: data[name] for name in names}
        )
        QuestionnaireVersion.objects.create(
            organization=organization, questionnaire=form, number=1, content=data["content"]
        )


def content_of(version: QuestionnaireVersion) -> Content:
    """Content with the options of the school's catalogues; a frozen one has its own wording inside."""
    content = schema.from_json(version.content)
    if version.frozen_at:
        return content
    organization = version.organization
    offered = {
        name: {item.code: item.title for item in catalogues.items(organization, name)}
        for name in schema.catalogues_of(content)
    }
    return schema.with_options(content, offered)


def latest(form: Questionnaire) -> QuestionnaireVersion:
    return form.versions.select_related("organization").order_by("-number").first()


@transaction.atomic
def create_own(*, title: str, audience: str, by: Membership) -> Questionnaire:
    can_edit_questionnaires(by).require()
    form = Questionnaire(
        organization=by.organization, title=title, audience=audience,
        code=f"own_{secrets.token_hex(4)}", stage=Questionnaire.Stage.OWN,
    )  # fmt: skip
    form.full_clean()
    form.save()
    QuestionnaireVersion.objects.create(
        organization=by.organization, questionnaire=form, number=1,
        content={"intro": "", "sections": [{"code": "main", "title": "Вопросы", "questions": []}]},
    )  # fmt: skip
    journal.record(by, "questionnaire.created", form)
    return form


@transaction.atomic
def copy(form: Questionnaire, *, by: Membership) -> Questionnaire:
    """An own questionnaire that begins as this one."""
    can_edit_questionnaires(by).require()
    made = create_own(title=f"{form.title} (копия)"[:200], audience=form.audience, by=by)
    made.stage = form.stage
    made.save(update_fields=["stage"])
    made.versions.update(content=latest(form).content)
    return made


@transaction.atomic
def editable(form: Questionnaire, *, by: Membership) -> QuestionnaireVersion:
    """The version that may be edited: the latest, or a new one after it if it is frozen or in a run."""
    can_edit_questionnaires(by).require()
    version = latest(form)
    if version.frozen_at is None and not version.surveys.exclude(state="draft").exists():
        return version
    last = form.versions.aggregate(last=Max("number"))["last"]
    made = QuestionnaireVersion.objects.create(
        organization=form.organization, questionnaire=form, number=last + 1, content=version.content
    )
    journal.record(by, "questionnaire.version", made)
    return made


@transaction.atomic
def save_content(form: Questionnaire, content: dict, *, by: Membership) -> QuestionnaireVersion:
    """Check and keep new content; RuleError in Russian when it is not a questionnaire."""
    version = editable(form, by=by)
    try:
        version.content = schema.to_json(schema.from_json(content))
    except ContentError as error:
        raise RuleError(str(error)) from error
    version.save(update_fields=["content"])
    journal.record(by, "questionnaire.edited", version)
    return version


def freeze(version: QuestionnaireVersion) -> None:
    """At the first answer: options of catalogues are written in, nothing changes afterwards. Idempotent."""
    if version.frozen_at is not None:
        return
    content = schema.to_json(content_of(version))
    now = timezone.now()
    fresh = QuestionnaireVersion.objects.filter(pk=version.pk, frozen_at=None)
    fresh.update(content=content, frozen_at=now)
    version.refresh_from_db(fields=["content", "frozen_at"])


@transaction.atomic
def archive(form: Questionnaire, *, archived: bool, by: Membership) -> None:
    can_edit_questionnaires(by).require()
    form.archived = archived
    form.save(update_fields=["archived"])
    journal.record(by, "questionnaire.archived", form)


@transaction.atomic
def keep_question(question: Question, *, by: Membership) -> BankQuestion:
    """Put a question into the school's bank; the same code is renewed."""
    can_edit_questionnaires(by).require()
    kept, _ = BankQuestion.objects.update_or_create(
        organization=by.organization, code=question.code,
        defaults={"content": schema.question_to_json(question), "archived": False},
    )  # fmt: skip
    journal.record(by, "question.kept", kept)
    return kept


def bank_of(organization: Organization) -> dict[str, Question]:
    """Questions to take from: the school's own bank, then those of the usual questionnaires."""
    found = {}
    for data in usual():
        if data["audience"] == PUPIL and not organization.works_with_pupils:
            continue
        for question in schema.from_json(data["content"]).questions:
            found.setdefault(question.code, question)
    for row in BankQuestion.objects.of(organization).filter(archived=False):
        found[row.code] = schema.question_from_json(row.content)
    return found
