"""The personalised programme of a pair or group: what was agreed, its plan and how it goes (R-602…R-611, R-628)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from mentoring.core.tenancy import OwnedModel, OwnedQuerySet
from people.models import Person
from people.models.banks import DeliveryMode
from programs.models.groups import MentoringGroup


class ProgramState(models.TextChoices):
    DRAFT = "draft", "черновик"
    AGREED = "agreed", "согласована, ждёт утверждения"
    APPROVED = "approved", "утверждена"
    RUNNING = "running", "идёт"
    COMPLETED = "completed", "завершена"


OPEN_PROGRAMS = [ProgramState.DRAFT, ProgramState.AGREED, ProgramState.APPROVED, ProgramState.RUNNING]  # fmt: skip


class ProgramQuerySet(OwnedQuerySet):
    def of_person(self, person: Person) -> "ProgramQuerySet":
        """Of the person's own pairs and groups, and those the person helps in."""
        groups = MentoringGroup.objects.of_person(person)
        helped = Program.objects.filter(helpers__person=person, helpers__state="accepted")
        return self.filter(Q(group__in=groups.values("pk")) | Q(pk__in=helped.values("pk")))

    def publishable(self) -> "ProgramQuerySet":
        """Only what is over may be shown outside (R-907, N-4)."""
        return self.filter(state=ProgramState.COMPLETED)


class ProgramContent(models.Model):
    """Rationale of a programme; the bank and the programme itself keep the same fields (R-604)."""

    TEXTS = ("problem", "goal", "tasks", "content", "results", "schedule", "conditions")

    title = models.CharField("название", max_length=200)
    problem = models.TextField("проблема", blank=True)
    goal = models.TextField("цель", blank=True)
    tasks = models.TextField("задачи", blank=True, help_text="Каждая задача с новой строки.")
    content = models.TextField("содержание", blank=True)
    results = models.TextField("ожидаемые результаты", blank=True)
    schedule = models.TextField("расписание встреч", blank=True)
    conditions = models.TextField("условия", blank=True)
    delivery_mode = models.CharField(
        "режим", max_length=10, choices=DeliveryMode, default=DeliveryMode.IN_PERSON
    )
    forms = models.JSONField("формы", default=list, blank=True)
    kinds = models.JSONField("виды", default=list, blank=True)
    directions = models.JSONField("направления", default=list, blank=True)

    class Meta:
        abstract = True


class Program(OwnedModel, ProgramContent):
    """`draft → agreed → approved → running → completed`; later changes are new versions, never silent edits."""

    class Route(models.TextChoices):
        JOINT = "joint", "составлена вместе"
        READ = "read", "составил наставник, наставляемый ознакомлен"

    class CompletionReason(models.TextChoices):
        PLAN = "plan_fulfilled", "план выполнен полностью"
        PARTICIPANT = "participant_initiative", "по инициативе участников"
        CURATOR = "curator_initiative", "по инициативе куратора"

    class Decision(models.TextChoices):
        FINISH = "finish", "завершить"
        CONTINUE = "continue", "продолжить"

    group = models.ForeignKey(MentoringGroup, models.PROTECT, related_name="programs")
    state = models.CharField("состояние", max_length=10, choices=ProgramState, default="draft")
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    route = models.CharField("как составлена", max_length=5, choices=Route, default=Route.JOINT)
    one_meeting = models.BooleanField("одна встреча (скоростное наставничество)", default=False)
    based_on = models.ForeignKey(
        "programs.ProgramPattern", models.SET_NULL, null=True, blank=True, related_name="programs"
    )
    template = models.ForeignKey(
        "roadmap.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="шаблон",
    )  # fmt: skip
    from_paper = models.BooleanField("шла на бумаге", default=False)
    paper_plan = models.TextField("план с бумаги", blank=True)
    paper_file = models.ForeignKey(
        "people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    unlocked = models.BooleanField("изменение согласовано, правится", default=False)
    revision = models.PositiveIntegerField(default=0)
    submitted_on = models.DateField("согласована", null=True, blank=True)
    returned_because = models.CharField("возвращена: почему", max_length=500, blank=True)
    approved_on = models.DateField("утверждена", null=True, blank=True)
    approved_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    running_since = models.DateField("идёт с", null=True, blank=True)
    completed_on = models.DateField("завершена", null=True, blank=True)
    completion_reason = models.CharField(
        "основание завершения", max_length=24, choices=CompletionReason, blank=True, default=""
    )
    completion_text = models.CharField("обстоятельства", max_length=500, blank=True)
    decision = models.CharField("решение", max_length=8, choices=Decision, blank=True, default="")
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )

    objects = ProgramQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "программа"
        verbose_name_plural = "программы"
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["organization", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="program_period",
                violation_error_message="Программа заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=~Q(state="completed")
                | Q(completed_on__isnull=False)
                & Q(completion_reason__in=["plan_fulfilled", "participant_initiative", "curator_initiative"]),
                name="program_completed_has_reason",
                violation_error_message="Укажите дату и основание завершения.",
            ),
            models.CheckConstraint(
                condition=Q(state="completed") | Q(completion_reason=""),
                name="program_reason_only_completed",
                violation_error_message="Основание завершения бывает только у завершённой программы.",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(running_since__isnull=False),
                name="program_running_since",
                violation_error_message="У программы, которая идёт, должна быть дата начала.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("program", args=[self.organization.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.state != ProgramState.COMPLETED

    @property
    def editable(self) -> bool:
        """Its text and plan may be changed: a draft, or an agreed change is being written down."""
        return self.state == ProgramState.DRAFT or self.unlocked
