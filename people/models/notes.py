"""Restricted records about a person, and who has read them (R-224, R-305)."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel, OwnedQuerySet


class SupportCaseQuerySet(OwnedQuerySet):
    def active_on(self, day: dt.date) -> "SupportCaseQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class SupportCase(OwnedModel):
    """A psychologist accompanies a person for a time; «own cases» of design §3a are these."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="support_cases")
    psychologist = models.ForeignKey(
        "people.Membership", models.PROTECT, related_name="support_cases"
    )
    starts_on = models.DateField("с")
    ends_on = models.DateField("по", null=True, blank=True)

    objects = SupportCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "сопровождение психолога"
        verbose_name_plural = "сопровождение психолога"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="support_case_period",
                violation_error_message="Сопровождение не может закончиться раньше, чем началось.",
            )
        ]


class PersonNote(OwnedModel):
    """A note about a person by a third party or the psychologist; every reading is logged."""

    class Kind(models.TextChoices):
        THIRD_PARTY = "third_party", "сведения от третьих лиц"
        PSYCHOLOGIST = "psychologist", "записи психолога"

    class AuthorRole(models.TextChoices):
        CLASS_TEACHER = "class_teacher", "классный руководитель"
        PSYCHOLOGIST = "psychologist", "педагог-психолог"
        SOCIAL = "social_worker", "социальный педагог"
        PARENT = "parent", "родитель"
        METHODIST = "methodist", "методист"
        COLLEAGUE = "colleague", "коллега"
        OTHER = "other", "другое"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="notes")
    kind = models.CharField("вид", max_length=12, choices=Kind)
    author_role = models.CharField("от кого", max_length=14, choices=AuthorRole)
    text = models.TextField("сведения")
    noted_on = models.DateField("дата")
    entered_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "закрытая запись"
        verbose_name_plural = "закрытые записи"
        ordering = ["-noted_on", "-pk"]
        indexes = [models.Index(fields=["organization", "person"])]


class DataGrant(OwnedModel):
    """A mentor asks for named parts of a mentee's file; the curator grants them for a term (R-224)."""

    class State(models.TextChoices):
        ASKED = "asked", "запрошено"
        GRANTED = "granted", "разрешено"
        REFUSED = "refused", "отказано"
        ENDED = "ended", "прекращено"

    class Part(models.TextChoices):
        CARD = "card", "карточка сотрудника"
        NEEDS = "needs", "запросы и затруднения"
        ANSWERS = "answers", "ответы на входную анкету"
        TRAINING = "training", "обучение и категория"

    mentee = models.ForeignKey("people.Person", models.PROTECT, related_name="grants_about")
    mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="grants_asked")
    parts = models.JSONField("что нужно")
    reason = models.CharField("зачем", max_length=400)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_on = models.DateField("запрошено")
    until = models.DateField("открыто по", null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField("решено", null=True, blank=True)

    class Meta:
        verbose_name = "доступ к материалам личного дела"
        verbose_name_plural = "доступ к материалам личного дела"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(mentee=F("mentor")),
                name="data_grant_two_people",
                violation_error_message="Собственные сведения открыты и без запроса.",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(until__isnull=False),
                name="data_grant_term",
                violation_error_message="Укажите, до какого дня открыт доступ.",
            ),
        ]

    def open_on(self, day: dt.date) -> bool:
        return self.state == self.State.GRANTED and self.until is not None and day <= self.until


class RestrictedRead(OwnedModel):
    """One reading of something restricted about a person; shown to that person in «Мои данные»."""

    class What(models.TextChoices):
        THIRD_PARTY = "third_party", "сведения от третьих лиц"
        PSYCHOLOGIST = "psychologist", "записи психолога"
        GRANT_CARD = "grant_card", "карточка сотрудника"
        GRANT_NEEDS = "grant_needs", "запросы и затруднения"
        GRANT_ANSWERS = "grant_answers", "ответы на входную анкету"
        GRANT_TRAINING = "grant_training", "обучение и категория"
        ANSWERS = "answers", "ответы на анкету"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="restricted_reads")
    reader = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    what = models.CharField("что", max_length=16, choices=What)
    object_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "просмотр закрытых сведений"
        verbose_name_plural = "просмотры закрытых сведений"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organization", "person"])]
