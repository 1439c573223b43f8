"""What hangs on a programme: milestones, lines of the plan, comments, difficulties, consents, frozen versions."""

import datetime as dt

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from mentoring.core.tenancy import OwnedModel
from people.models import Person
from programs.models.programs import Program


class Milestone(OwnedModel):
    """An interim result: planned and reached (R-609)."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="milestones")
    title = models.CharField("этап", max_length=200)
    due_on = models.DateField("срок")
    planned = models.TextField("планируемый результат", blank=True)
    actual = models.TextField("что получилось", blank=True)

    class Meta:
        verbose_name = "этап программы"
        verbose_name_plural = "этапы программы"
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class PlanItem(OwnedModel):
    """One line of the plan; done when every mentee of the group has done it (R-605, R-628)."""

    class Category(models.TextChoices):
        LEARNING = "learning", "работа пары"
        COMMUNITY = "community", "общественная жизнь"
        CONTEST = "contest", "конкурс или форум"
        INNOVATION = "innovation", "инновационная деятельность"

    class State(models.TextChoices):
        PLANNED = "planned", "запланировано"
        DONE = "done", "выполнено"
        CANCELLED = "cancelled", "снято"

    program = models.ForeignKey(Program, models.CASCADE, related_name="items")
    title = models.CharField("что делаем", max_length=300)
    direction = models.SlugField("направление", max_length=60, blank=True)
    form_of_work = models.CharField("форма работы", max_length=120, blank=True)
    category = models.CharField("вид", max_length=10, choices=Category, default=Category.LEARNING)
    due_on = models.DateField("срок")
    expected = models.CharField("ожидаемый результат", max_length=500, blank=True)
    actual = models.CharField("что получилось", max_length=500, blank=True)
    state = models.CharField("состояние", max_length=9, choices=State, default=State.PLANNED)
    done_on = models.DateField("выполнено", null=True, blank=True)
    cancel_reason = models.CharField("почему снято", max_length=300, blank=True)
    evidence_link = models.URLField("ссылка на подтверждение", blank=True)
    evidence = models.ForeignKey(
        "people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "пункт плана"
        verbose_name_plural = "пункты плана"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False), name="plan_item_done_day",
                violation_error_message="Укажите, когда выполнено.",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""), name="plan_item_cancel_reason",
                violation_error_message="Укажите, почему пункт снят.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def overdue_on(self, day: dt.date) -> bool:
        return self.state == self.State.PLANNED and self.due_on < day


class ItemProgress(OwnedModel):
    """One mentee has done an item (personal progress in a group, R-628)."""

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="progress")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    done_on = models.DateField("когда")

    class Meta:
        verbose_name = "выполнение пункта"
        verbose_name_plural = "выполнение пунктов"
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="item_progress_once")]  # fmt: skip


class ItemComment(OwnedModel):
    """A comment or a suggestion beside an item, or about the whole programme; the curator answers (R-233, R-235)."""

    class Kind(models.TextChoices):
        COMMENT = "comment", "замечание"
        SUGGESTION = "suggestion", "предложение"

    program = models.ForeignKey(Program, models.CASCADE, related_name="comments")
    item = models.ForeignKey(PlanItem, models.CASCADE, null=True, blank=True, related_name="comments")  # fmt: skip
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField("что", max_length=10, choices=Kind, default=Kind.COMMENT)
    text = models.TextField("текст", max_length=2000)
    made_on = models.DateField("когда")
    answer = models.TextField("ответ", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "замечание к программе"
        verbose_name_plural = "замечания к программам"
        ordering = ["made_on", "pk"]


class Difficulty(OwnedModel):
    """A difficulty of a mentee that the programme works on, and how it ended (R-239)."""

    class Outcome(models.TextChoices):
        NONE = "", "в работе"
        SOLVED = "solved", "решено"
        PARTLY = "partly", "частично"
        OPEN = "open", "осталось"

    program = models.ForeignKey(Program, models.CASCADE, related_name="difficulties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    title = models.CharField("затруднение", max_length=300)
    direction = models.SlugField("направление", max_length=60, blank=True)
    outcome = models.CharField("чем кончилось", max_length=6, choices=Outcome, blank=True, default="")  # fmt: skip
    note = models.CharField("пояснение", max_length=300, blank=True)

    class Meta:
        verbose_name = "затруднение"
        verbose_name_plural = "затруднения"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class ProgramConsent(OwnedModel):
    """Who agreed with the programme, or read it before a witness (R-610)."""

    class Kind(models.TextChoices):
        AGREED = "agreed", "согласие"
        READ = "read", "ознакомление"

    program = models.ForeignKey(Program, models.CASCADE, related_name="consents")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    given_on = models.DateField("когда")
    witness = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "согласие с программой"
        verbose_name_plural = "согласия с программами"
        ordering = ["given_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "person"], name="program_consent_once")]  # fmt: skip


class ProgramVersion(OwnedModel):
    """What was approved, frozen: the paper is drawn from it (R-624)."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("редакция")
    made_on = models.DateField("утверждена")
    made_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    reason = models.CharField("почему", max_length=500, blank=True)
    content = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "редакция программы"
        verbose_name_plural = "редакции программ"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="program_version_once")]  # fmt: skip
