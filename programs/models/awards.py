"""Recognition: awards of all kinds, submissions, contests (R-231, R-801…R-807, R-809, R-810)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mentoring.core.tenancy import OwnedModel
from people.models import Person


class Award(OwnedModel):
    """`proposed → given | declined`, given by an order; submissions to other bodies `proposed → sent → given | declined`."""

    class Kind(models.TextChoices):
        COMMENDATION = "commendation", "благодарность"
        CERTIFICATE = "certificate", "почётная грамота"
        GIFT = "gift", "ценный подарок"
        STATE = "state_award", "государственная или ведомственная награда"
        TALENT_POOL = "talent_pool", "включение в кадровый резерв"
        PAYMENT = "payment", "стимулирующая выплата"

    class State(models.TextChoices):
        PROPOSED = "proposed", "предложено"
        SENT = "sent", "представление отправлено"
        GIVEN = "given", "вручено"
        DECLINED = "declined", "отклонено"

    SUBMITTED = (Kind.STATE,)
    RESTRICTED = (Kind.TALENT_POOL,)

    person = models.ForeignKey(Person, models.PROTECT, related_name="awards", verbose_name="кого")
    kind = models.CharField("чем", max_length=12, choices=Kind)
    merit = models.CharField("за что", max_length=500)
    basis = models.CharField("основание", max_length=300, blank=True)
    name = models.CharField("название награды", max_length=300, blank=True)
    amount = models.CharField("размер", max_length=120, blank=True)
    proposed_on = models.DateField("предложено")
    proposed_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=8, choices=State, default=State.PROPOSED)
    sent_on = models.DateField("отправлено", null=True, blank=True)
    decided_on = models.DateField("решено", null=True, blank=True)
    document = models.ForeignKey("roadmap.Document", models.PROTECT, null=True, blank=True, related_name="awards")  # fmt: skip

    class Meta:
        verbose_name = "поощрение"
        verbose_name_plural = "поощрения"
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="given") | Q(decided_on__isnull=False), name="award_given_day",
                violation_error_message="Укажите, когда вручено.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()}: {self.person.short_name}"

    def get_absolute_url(self) -> str:
        return reverse("award", args=[self.organization.slug, self.pk])


class Contest(OwnedModel):
    """A contest of the school or of a wider level."""

    class Level(models.TextChoices):
        SCHOOL = "school", "организация"
        MUNICIPAL = "municipal", "муниципальный"
        REGIONAL = "regional", "региональный"
        FEDERAL = "federal", "федеральный"

    title = models.CharField("конкурс", max_length=300)
    level = models.CharField("уровень", max_length=9, choices=Level, default=Level.SCHOOL)
    organiser = models.CharField("кто проводит", max_length=300, blank=True)
    apply_by = models.DateField("заявки до", null=True, blank=True)
    held_on = models.DateField("итоги", null=True, blank=True)
    note = models.TextField("условия", blank=True)

    class Meta:
        verbose_name = "конкурс"
        verbose_name_plural = "конкурсы"
        ordering = ["-apply_by", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("contest", args=[self.organization.slug, self.pk])


class ContestEntry(OwnedModel):
    """Somebody (or a pair, with a practice) nominated for a contest, and the result."""

    class State(models.TextChoices):
        NOMINATED = "nominated", "рекомендован(а)"
        APPLIED = "applied", "заявка отправлена"
        RESULT = "result", "есть результат"

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="entries")
    person = models.ForeignKey(Person, models.PROTECT, related_name="contest_entries")
    partner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="второй из пары")  # fmt: skip
    practice = models.ForeignKey("programs.Practice", models.SET_NULL, null=True, blank=True, related_name="entries")  # fmt: skip
    nomination = models.CharField("номинация", max_length=200, blank=True)
    support = models.CharField("как помогаем готовиться", max_length=500, blank=True)
    recommended_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.NOMINATED)
    applied_on = models.DateField("заявка", null=True, blank=True)
    result = models.CharField("результат", max_length=200, blank=True)
    document = models.ForeignKey("roadmap.Document", models.SET_NULL, null=True, blank=True, related_name="+")  # fmt: skip

    class Meta:
        verbose_name = "участие в конкурсе"
        verbose_name_plural = "участие в конкурсах"
        ordering = ["person__last_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "person", "nomination"], name="contest_entry_once",
                violation_error_message="Этот участник уже выдвинут в этой номинации.",
            )
        ]  # fmt: skip
