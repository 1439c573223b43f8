"""The roadmap: stage → optional block → activity (R-109); the rows are the working copy."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel


def default_columns() -> list[dict]:
    """Columns as printed: `code`, the school's own `heading`, `shown`; `extra:*` are its own."""
    headings = [
        ("number", "№"),
        ("stage", "Наименование этапа"),
        ("block", "Направление"),
        ("activity", "Мероприятия"),
        ("period", "Сроки"),
        ("responsible", "Ответственные"),
    ]
    return [{"code": code, "heading": heading, "shown": True} for code, heading in headings]


class Roadmap(OwnedModel):
    """A plan for a school year, for several years or without dates (R-110)."""

    class Numbering(models.TextChoices):
        STAGE = "stage", "нумеруются этапы"
        TWO_LEVEL = "two_level", "этапы и мероприятия: 1, 1.1"

    class Mark(models.TextChoices):
        NONE = "none", "без отметки"
        TO_ORDER = "annex_to_order", "«Приложение № … к приказу»"
        TO_REGULATION = "annex_to_regulation", "«Приложение к Положению»"
        APPROVED = "approved_by_order", "гриф «УТВЕРЖДАЮ» с приказом"

    title = models.CharField("название документа", max_length=500)
    year_start = models.PositiveSmallIntegerField("начало: 1 сентября", null=True, blank=True)
    year_end = models.PositiveSmallIntegerField(
        "последний учебный год с 1 сентября", null=True, blank=True
    )
    columns = models.JSONField("графы", default=default_columns)
    numbering = models.CharField(
        "нумерация", max_length=10, choices=Numbering, default=Numbering.STAGE
    )
    stamp = models.CharField(
        "отметка об утверждении", max_length=24, choices=Mark, default=Mark.TO_ORDER
    )
    footnote = models.CharField("сноска", max_length=500, blank=True)
    template_code = models.CharField("образец", max_length=40, blank=True)
    copied_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name="скопирована из",
    )
    created_at = models.DateTimeField(default=timezone.now)
    closed_on = models.DateField("год закрыт", null=True, blank=True)

    class Meta:
        verbose_name = "дорожная карта"
        verbose_name_plural = "дорожные карты"
        ordering = ["-year_start", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year_end=None) | Q(year_end__gte=F("year_start")),
                name="roadmap_years",
                violation_error_message="Последний учебный год раньше первого.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmap", args=[self.organization.slug, self.pk])

    @property
    def shown_columns(self) -> list[dict]:
        return [column for column in self.columns if column["shown"]]


class Scheduled(models.Model):
    """Period in any of the shapes schools use (R-114); the dates serve «overdue» only."""

    class PeriodKind(models.TextChoices):
        NONE = "", "без срока"
        DATES = "dates", "даты"
        MONTHS = "months", "месяцы"
        YEARLY = "yearly", "ежегодно"
        TEXT = "text", "словами"

    period_kind = models.CharField("срок", max_length=8, choices=PeriodKind, blank=True, default="")
    date_from = models.DateField("с даты", null=True, blank=True)
    date_to = models.DateField("по дату", null=True, blank=True)
    month_from = models.PositiveSmallIntegerField("с месяца", null=True, blank=True)
    month_to = models.PositiveSmallIntegerField("по месяц", null=True, blank=True)
    period_text = models.CharField("срок словами", max_length=200, blank=True)

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.date_from and self.date_to and self.date_to < self.date_from:
            raise ValidationError({"date_to": "Окончание раньше начала. Исправьте одну из дат."})
        needed = {"dates": "date_to", "months": "month_from", "text": "period_text"}.get(
            self.period_kind
        )
        if needed and not getattr(self, needed):
            raise ValidationError({needed: "Заполните срок или выберите «без срока»."})
        for name in ("month_from", "month_to"):
            value = getattr(self, name)
            if value is not None and not 1 <= value <= 12:
                raise ValidationError({name: "Месяц – число от 1 до 12."})


class PlanNode(OwnedModel, Scheduled):
    """What stage, block and activity share: a place in the order, a title, a period."""

    sort_index = models.PositiveIntegerField(default=0)
    title = models.TextField("название")

    class Meta:
        abstract = True
        ordering = ["sort_index", "pk"]

    def __str__(self) -> str:
        return self.title


class RoadmapStage(PlanNode):
    roadmap = models.ForeignKey(
        Roadmap, models.CASCADE, related_name="stages", verbose_name="дорожная карта"
    )

    class Meta(PlanNode.Meta):
        abstract = False
        verbose_name = "этап"
        verbose_name_plural = "этапы"


class RoadmapBlock(PlanNode):
    stage = models.ForeignKey(
        RoadmapStage, models.CASCADE, related_name="blocks", verbose_name="этап"
    )

    class Meta(PlanNode.Meta):
        abstract = False
        verbose_name = "блок"
        verbose_name_plural = "блоки"


class RoadmapActivity(PlanNode):
    """One line of the plan. `code` says what it means (free title, fixed meaning)."""

    class Progress(models.TextChoices):
        PLANNED = "planned", "запланировано"
        RUNNING = "running", "в работе"
        DONE = "done", "готово"
        NOT_NEEDED = "not_needed", "не требуется"

    stage = models.ForeignKey(
        RoadmapStage, models.CASCADE, related_name="activities", verbose_name="этап"
    )
    block = models.ForeignKey(
        RoadmapBlock,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="блок",
    )
    code = models.SlugField("что это", max_length=60, blank=True)
    fact = models.CharField("каким фактом закрывается", max_length=60, blank=True)
    document_kind = models.CharField("вид документа", max_length=40, blank=True)
    conditional = models.BooleanField("при необходимости", default=False)
    extra = models.JSONField("свои графы", default=dict, blank=True)
    progress = models.CharField(
        "состояние", max_length=12, choices=Progress, default=Progress.PLANNED
    )
    progress_on = models.DateField("отмечено", null=True, blank=True)
    progress_note = models.CharField("чем подтверждено", max_length=300, blank=True)
    progress_file = models.ForeignKey(
        "people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="подтверждающий файл",
    )  # fmt: skip
    by_fact = models.BooleanField("состояние поставил факт", default=False)

    class Meta(PlanNode.Meta):
        abstract = False
        verbose_name = "мероприятие"
        verbose_name_plural = "мероприятия"

    def clean(self):
        super().clean()
        if self.block_id and self.block.stage_id != self.stage_id:
            raise ValidationError(
                {"block": "Блок относится к другому этапу. Выберите блок этого этапа."}
            )


class Responsible(OwnedModel):
    """Who answers for a stage, block or activity: a role, a person or the whole staff (R-115)."""

    class RoleName(models.TextChoices):
        HEAD = "head", "руководитель"
        CURATOR = "curator", "куратор"
        COORDINATOR = "coordinator", "координатор"
        DEPUTY = "deputy_head", "заместитель директора по УВР"
        ADMINISTRATION = "administration", "администрация"
        TEACHERS = "teachers", "учителя"
        PSYCHOLOGIST = "psychologist", "педагог-психолог"
        ADMIN = "portal_admin", "системный администратор"
        ALL_STAFF = "all_staff", "весь коллектив"

    stage = models.ForeignKey(
        RoadmapStage, models.CASCADE, null=True, blank=True, related_name="responsible"
    )
    block = models.ForeignKey(
        RoadmapBlock, models.CASCADE, null=True, blank=True, related_name="responsible"
    )
    activity = models.ForeignKey(
        RoadmapActivity, models.CASCADE, null=True, blank=True, related_name="responsible"
    )
    role = models.CharField("роль", max_length=20, choices=RoleName, blank=True)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sort_index = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "ответственный"
        verbose_name_plural = "ответственные"
        ordering = ["sort_index", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(stage__isnull=False, block=None, activity=None)
                    | Q(stage=None, block__isnull=False, activity=None)
                    | Q(stage=None, block=None, activity__isnull=False)
                ),
                name="responsible_one_node",
                violation_error_message="Ответственный относится к одному этапу, блоку или мероприятию.",
            ),
            models.CheckConstraint(
                condition=Q(role="", person__isnull=False) | (~Q(role="") & Q(person=None)),
                name="responsible_role_or_person",
                violation_error_message="Выберите роль или человека.",
            ),
        ]
