"""Notes that leave the pair: to a service of the school, to the head; release from duties (R-207, R-228, R-230)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mentoring.core.tenancy import OwnedModel
from people.models import Person
from programs.models.programs import Program


class Referral(OwnedModel):
    """A note to the psychologist, the council or the methodical service, with their answer."""

    class Service(models.TextChoices):
        PSYCHOLOGIST = "psychologist", "педагогу-психологу"
        COUNCIL = "council", "совету наставников"
        METHODICAL = "methodical", "методической службе"

    program = models.ForeignKey(Program, models.CASCADE, related_name="referrals")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    service = models.CharField("кому", max_length=12, choices=Service)
    text = models.TextField("о чём", max_length=3000)
    sent_on = models.DateField("отправлено")
    answer = models.TextField("ответ", max_length=3000, blank=True)
    answered_on = models.DateField("отвечено", null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "обращение в службу"
        verbose_name_plural = "обращения в службы"
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"Обращение {self.get_service_display()} от {self.sent_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("referral", args=[self.organization.slug, self.pk])


class Proposal(OwnedModel):
    """A closed proposal to the head, seen by author, head and curator (R-230)."""

    class Kind(models.TextChoices):
        ENCOURAGE = "encourage", "о поощрении"
        DISCIPLINE = "discipline", "о дисциплинарных мерах"

    class State(models.TextChoices):
        OPEN = "open", "ждёт решения"
        ACCEPTED = "accepted", "принято"
        DECLINED = "declined", "отклонено"

    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="о ком")
    kind = models.CharField("предложение", max_length=10, choices=Kind)
    text = models.TextField("обоснование", max_length=3000)
    made_on = models.DateField("когда")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    decision = models.TextField("решение", max_length=2000, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "предложение руководителю"
        verbose_name_plural = "предложения руководителю"
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return f"Предложение {self.get_kind_display()}: {self.about.short_name}"

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.organization.slug, self.pk])


class DutyRelease(OwnedModel):
    """An exceptional release from duties for a meeting, with a named substitute, by order (R-207, R-208)."""

    class State(models.TextChoices):
        ASKED = "asked", "ждёт решения"
        ORDERED = "ordered", "готовится приказ"
        GRANTED = "granted", "приказ подписан"
        DECLINED = "declined", "отказано"

    program = models.ForeignKey(Program, models.CASCADE, related_name="releases")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кого освободить")  # fmt: skip
    substitute = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кто заменит")  # fmt: skip
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    hours = models.CharField("время", max_length=120, blank=True)
    reason = models.CharField("почему нельзя в другое время", max_length=500)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    decision = models.CharField("решение", max_length=300, blank=True)
    document = models.ForeignKey(
        "roadmap.Document", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "освобождение от обязанностей"
        verbose_name_plural = "освобождения от обязанностей"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="duty_release_period",
                violation_error_message="Освобождение заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("substitute")), name="duty_release_two_people",
                violation_error_message="Заменяет другой человек.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person.short_name}, {self.starts_on:%d.%m.%Y}"
