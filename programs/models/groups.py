"""A pair or a group: one mentor, one or more mentees, for a period; never overwritten (R-508, R-513)."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from mentoring.core.tenancy import OwnedModel, OwnedQuerySet
from people.models import Person

MARK = [MinValueValidator(1), MaxValueValidator(5)]


class GroupState(models.TextChoices):
    PROPOSED = "proposed", "предложена"
    ACCEPTED = "accepted", "все согласны"
    ACTIVE = "active", "работает"
    PAUSED = "paused", "приостановлена"
    ENDED = "ended", "завершена"


OPEN_STATES = [GroupState.PROPOSED, GroupState.ACCEPTED, GroupState.ACTIVE, GroupState.PAUSED]


class GroupQuerySet(OwnedQuerySet):
    def open(self) -> "GroupQuerySet":
        """Those that hold a place of the mentor: asked, agreed, working or paused."""
        return self.filter(state__in=OPEN_STATES)

    def in_period(self, day: dt.date) -> "GroupQuerySet":
        started = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
        return self.filter(started)

    def active_on(self, day: dt.date) -> "GroupQuerySet":
        """Working on that day: in force, not paused, and every member's consent to the use of data holds."""
        from programs.models.changes import GroupPause  # a pause refers to a group

        paused = GroupPause.objects.filter(group=OuterRef("pk")).covering(day)
        consenting = Person.objects.with_consent(on=day)
        without = GroupMember.objects.filter(group=OuterRef("pk")).on(day).exclude(person__in=consenting.values("pk"))  # fmt: skip
        working = self.in_period(day).exclude(state__in=[GroupState.PROPOSED, GroupState.ACCEPTED])
        return working.filter(~Exists(paused), ~Exists(without), mentor__in=consenting.values("pk"))

    def of_person(self, person: Person) -> "GroupQuerySet":
        members = GroupMember.objects.filter(person=person)
        return self.filter(Q(mentor=person) | Q(pk__in=members.values("group")))


class MentoringGroup(OwnedModel):
    """`proposed → accepted → active → paused → ended`; a new mentor means a new row with `follows`."""

    class Origin(models.TextChoices):
        RUN = "run", "из подбора"
        HAND = "hand", "вручную"
        MUTUAL = "mutual", "взаимный выбор"
        EXISTING = "existing", "уже работала"
        REPLACEMENT = "replacement", "замена наставника"

    class EndReason(models.TextChoices):
        DECLINED = "declined", "участник отказался"
        NO_ANSWER = "no_answer", "ответа не было в срок"
        WITHDRAWN = "withdrawn", "предложение отозвано"
        REPLACED = "replaced", "наставник заменён"
        NOTICE = "mentor_notice", "наставник сложил обязанности"
        REQUEST = "mentee_request", "по просьбе наставляемого"
        CURATOR = "curator", "по решению куратора"
        CONSENT = "consent", "согласие утрачено"
        LEFT = "left", "участник выбыл"
        COMPLETED = "completed", "программа завершена"

    mentor = models.ForeignKey(
        Person, models.PROTECT, related_name="mentored_groups", verbose_name="наставник"
    )
    form = models.SlugField("форма", max_length=60, blank=True)
    kinds = models.JSONField("виды", default=list, blank=True)
    theme = models.CharField("о чём", max_length=300, blank=True)
    reverse_theme = models.CharField(
        "чему учит наставляемый", max_length=300, blank=True,
        help_text="Реверсивное наставничество: в этой теме помогает наставляемый.",
    )  # fmt: skip
    state = models.CharField("состояние", max_length=10, choices=GroupState, default="proposed")
    origin = models.CharField("откуда", max_length=12, choices=Origin, default=Origin.HAND)
    proposed_on = models.DateField("предложена")
    answer_by = models.DateField("ответить до", null=True, blank=True)
    starts_on = models.DateField("с", null=True, blank=True)
    planned_until = models.DateField("планируется по", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)
    end_reason = models.CharField(
        "почему завершена", max_length=16, choices=EndReason, blank=True, default=""
    )
    profile_mark = models.PositiveSmallIntegerField(
        "опыт отвечает запросу", null=True, blank=True, validators=MARK
    )
    profile_word = models.CharField("опыт и запрос: словами", max_length=300, blank=True)
    interest_mark = models.PositiveSmallIntegerField(
        "взаимный интерес", null=True, blank=True, validators=MARK
    )
    interest_word = models.CharField("взаимный интерес: словами", max_length=300, blank=True)
    document = models.ForeignKey(
        "roadmap.Document", models.PROTECT, null=True, blank=True, related_name="groups",
        verbose_name="приказ",
    )  # fmt: skip
    paper_number = models.CharField("номер приказа на бумаге", max_length=40, blank=True)
    paper_date = models.DateField("дата приказа на бумаге", null=True, blank=True)
    scan = models.ForeignKey(
        "people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by",
        verbose_name="продолжает",
    )  # fmt: skip

    objects = GroupQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "пара или группа"
        verbose_name_plural = "пары и группы"
        ordering = ["mentor__last_name", "mentor__first_name", "pk"]
        indexes = [models.Index(fields=["organization", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="group_period",
                violation_error_message="Пара заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | ~Q(end_reason=""),
                name="group_end_has_reason",
                violation_error_message="Укажите, почему пара завершена.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["active", "paused"]) | Q(starts_on__isnull=False),
                name="group_active_has_start",
                violation_error_message="У работающей пары должна быть дата начала.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.mentor.short_name}"

    @property
    def word(self) -> str:
        return "Группа" if len(self.members.all()) > 1 else "Пара"

    @property
    def mentees(self) -> list[Person]:
        """People mentored now or last, by name; `members__person` is best prefetched."""
        rows = self.members.all()
        now = [row.person for row in rows if row.ends_on is None or row.ends_on == self.ends_on]
        return sorted(now, key=lambda person: person.full_name)

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.organization.slug, self.pk])


class MemberQuerySet(OwnedQuerySet):
    def on(self, day: dt.date) -> "MemberQuerySet":
        """Members on that day; before the group has begun all who are asked."""
        begun = Q(starts_on=None) | Q(starts_on__lte=day)
        return self.filter(begun, Q(ends_on=None) | Q(ends_on__gte=day))


class GroupMember(OwnedModel):
    """A mentee of a group for a period within the group's."""

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="group_members")
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "наставляемый пары"
        verbose_name_plural = "наставляемые пар"
        ordering = ["person__last_name", "person__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                name="group_member_once",
                violation_error_message="Этот человек уже в группе.",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class Agreement(OwnedModel):
    """What one member answered to the proposal; a refusal needs no reason (R-507)."""

    class Side(models.TextChoices):
        MENTOR = "mentor", "наставник"
        MENTEE = "mentee", "наставляемый"

    class State(models.TextChoices):
        WAITING = "waiting", "ждём ответа"
        ACCEPTED = "accepted", "согласие"
        DECLINED = "declined", "отказ"

    class Method(models.TextChoices):
        NONE = "", "ещё не ответил(а)"
        PORTAL = "portal", "в портале"
        PAPER = "paper", "на бумаге"

    group = models.ForeignKey(MentoringGroup, models.CASCADE, related_name="agreements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="agreements")
    side = models.CharField("сторона", max_length=6, choices=Side)
    state = models.CharField("ответ", max_length=8, choices=State, default=State.WAITING)
    answered_on = models.DateField("когда", null=True, blank=True)
    method = models.CharField("как", max_length=6, choices=Method, blank=True, default=Method.NONE)
    recorded_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "ответ на предложение пары"
        verbose_name_plural = "ответы на предложения пар"
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="agreement_once"),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(answered_on__isnull=False),
                name="agreement_answer_has_day",
                violation_error_message="Укажите дату ответа.",
            ),
        ]
