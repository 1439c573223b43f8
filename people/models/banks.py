"""Banks of mentors and mentees: cards of people in the mentoring programme (R-308…R-314, R-319, R-320)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from mentoring.core.tenancy import OwnedModel, OwnedQuerySet
from people.models.persons import Person

LEVEL = [MinValueValidator(1), MaxValueValidator(3)]


class BankState(models.TextChoices):
    CANDIDATE = "candidate", "кандидат"
    APPROVED = "approved", "утверждён"
    ACTIVE = "active", "работает"
    PAUSED = "paused", "приостановлен"
    LEFT = "left", "вышел"


class DeliveryMode(models.TextChoices):
    IN_PERSON = "in_person", "очно"
    ONLINE = "online", "онлайн"
    MIXED = "mixed", "смешанно"


class BankQuerySet(OwnedQuerySet):
    def with_consent(self, *, on) -> "BankQuerySet":
        """Cards of persons who may be shown on that day: a valid consent to the use of data (R-316)."""
        return self.filter(person__in=Person.objects.with_consent(on=on))


class BankCard(OwnedModel):
    """What both banks keep; lists hold codes of the school's catalogues."""

    state = models.CharField("состояние", max_length=10, choices=BankState, default="candidate")
    entered_on = models.DateField("дата вхождения")
    approved_on = models.DateField("утверждён", null=True, blank=True)
    approved_by = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    left_on = models.DateField("вышел", null=True, blank=True)
    state_reason = models.CharField("причина", max_length=300, blank=True)
    reviewed_on = models.DateField("сведения проверены", null=True, blank=True)
    forms = models.JSONField("формы", default=list, blank=True)
    kinds = models.JSONField("виды", default=list, blank=True)
    delivery_mode = models.CharField(
        "как встречаться", max_length=10, choices=DeliveryMode, blank=True, default=""
    )
    schedule = models.CharField("когда удобно", max_length=300, blank=True)
    subject = models.CharField("предмет или возрастная группа", max_length=200, blank=True)
    interests = models.TextField("интересы", blank=True)
    note = models.TextField("заметка куратора", blank=True)

    objects = BankQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.person)


class MentorProfile(BankCard):
    """Card of a mentor; at most `capacity` mentees at once."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="mentor_profile")
    capacity = models.PositiveSmallIntegerField(
        "наставляемых, не больше", default=1, validators=[MinValueValidator(1)]
    )
    group_ready = models.BooleanField("готов(а) вести группу", default=False)
    hours_per_month = models.PositiveSmallIntegerField("часов в месяц", null=True, blank=True)
    competences = models.JSONField("компетенции", default=list, blank=True)
    achievements = models.TextField("достижения", blank=True)
    mentee_wishes = models.TextField("кого хотел(а) бы сопровождать", blank=True)
    trained_on = models.DateField("обучен(а)", null=True, blank=True)
    training = models.CharField("чему и где учился", max_length=300, blank=True)
    basis = models.CharField("основание участия внешнего наставника", max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "карточка наставника"
        verbose_name_plural = "банк наставников"
        ordering = ["person__last_name", "person__first_name", "pk"]
        indexes = [models.Index(fields=["organization", "state"])]

    def get_absolute_url(self) -> str:
        return reverse("mentor", args=[self.organization.slug, self.pk])


class MenteeProfile(BankCard):
    """Card of a mentee."""

    class Category(models.TextChoices):
        YOUNG = "young_specialist", "молодой специалист"
        NEW_HERE = "new_here", "новый в этой организации"
        NEW_IN_POST = "new_in_post", "впервые в должности"
        OTHER = "other", "другой запрос"

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="mentee_profile")
    category = models.CharField("кто", max_length=16, choices=Category, default=Category.OTHER)
    request = models.TextField("основной запрос", blank=True)
    expectation = models.TextField("чего ждёт", blank=True)
    strengths = models.JSONField("сильные стороны", default=list, blank=True)
    mentor_wishes = models.TextField("какого наставника хотел(а) бы", blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "карточка наставляемого"
        verbose_name_plural = "банк наставляемых"
        ordering = ["person__last_name", "person__first_name", "pk"]
        indexes = [models.Index(fields=["organization", "state"])]

    def get_absolute_url(self) -> str:
        return reverse("mentee", args=[self.organization.slug, self.pk])


class MentorStrength(OwnedModel):
    """What a mentor can give in one direction; level 1 (may help) … 3 (strong)."""

    profile = models.ForeignKey(MentorProfile, models.CASCADE, related_name="strengths")
    direction = models.SlugField("направление", max_length=60)
    level = models.PositiveSmallIntegerField("насколько", default=2, validators=LEVEL)
    text = models.CharField("уточнение", max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "сильная сторона наставника"
        verbose_name_plural = "сильные стороны наставников"
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "direction"],
                name="mentor_strength_once",
                violation_error_message="Это направление уже указано.",
            )
        ]


class NeedSource(models.TextChoices):
    """Where a need was found (R-304)."""

    QUESTIONNAIRE = "questionnaire", "анкета"
    PERSONAL_FILE = "personal_file", "личное дело"
    ATTESTATION = "attestation", "рекомендации аттестации"
    METHODICAL = "methodical_work", "методическая работа"
    STANDARD = "standard", "самооценка по профстандарту"
    THIRD_PARTY = "third_party", "сведения от третьих лиц"


class MenteeNeed(OwnedModel):
    """A need in one direction; weight 1 (would be useful) … 3 (cannot wait)."""

    profile = models.ForeignKey(MenteeProfile, models.CASCADE, related_name="needs")
    direction = models.SlugField("направление", max_length=60)
    difficulty = models.SlugField("затруднение", max_length=60, blank=True)
    weight = models.PositiveSmallIntegerField("насколько важно", default=2, validators=LEVEL)
    source = models.CharField("откуда известно", max_length=16, choices=NeedSource)
    text = models.CharField("уточнение", max_length=300, blank=True)
    noted_on = models.DateField("записано")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "запрос наставляемого"
        verbose_name_plural = "запросы наставляемых"
        ordering = ["-weight", "direction", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "direction", "difficulty", "source"],
                name="mentee_need_once",
                violation_error_message="Этот запрос из того же источника уже записан.",
            )
        ]
