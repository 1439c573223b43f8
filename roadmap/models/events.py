"""Events: meetings of many kinds with sign-up, attendance and minutes (R-301, R-310, R-503)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mentoring.core.tenancy import OwnedModel


class Event(OwnedModel):
    """A meeting at a place or a link; people are invited or sign up, afterwards attendance is marked."""

    class Kind(models.TextChoices):
        MENTEE_CALL = "mentee_call", "встреча для желающих стать наставляемыми"
        ROUND_TABLE = "round_table", "круглый стол для потенциальных наставников"
        GROUP_SESSION = "group_session", "групповая встреча наставников и наставляемых"
        MEETING = "meeting", "административное совещание"
        STAFF_COUNCIL = "staff_council", "педагогический совет"
        PARENTS = "parents", "родительское собрание"
        CLASS_HOUR = "class_hour", "классный час"
        SEMINAR = "seminar", "семинар"
        INDUCTION = "induction", "установочная сессия, обмен опытом"
        CLOSING = "closing", "итоговое мероприятие"
        EXTERNAL = "external", "внешняя конференция, форум, вебинар"
        OTHER = "other", "другое"

    class Level(models.TextChoices):
        SCHOOL = "school", "организация"
        MUNICIPAL = "municipal", "муниципальный"
        REGIONAL = "regional", "региональный"
        FEDERAL = "federal", "федеральный"

    class State(models.TextChoices):
        PLANNED = "planned", "запланировано"
        HELD = "held", "проведено"
        CANCELLED = "cancelled", "отменено"

    kind = models.CharField("вид", max_length=16, choices=Kind)
    title = models.CharField("название", max_length=200)
    starts_at = models.DateTimeField("начало")
    ends_at = models.DateTimeField("окончание", null=True, blank=True)
    place = models.CharField("место", max_length=200, blank=True)
    link = models.URLField("ссылка для подключения", max_length=300, blank=True)
    description = models.TextField("о чём", blank=True)
    sign_up = models.BooleanField("запись открыта", default=False)
    sign_up_until = models.DateField("записаться до", null=True, blank=True)
    level = models.CharField("уровень", max_length=9, choices=Level, default=Level.SCHOOL)
    organiser = models.CharField("кто проводит", max_length=300, blank=True)
    agenda = models.TextField("повестка", blank=True)
    scenario = models.TextField("сценарий", blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    minutes = models.TextField("итоги", blank=True)
    decision = models.TextField("решение", blank=True)
    survey = models.ForeignKey(
        "people.Survey", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="на каком анкетировании основано решение",
    )  # fmt: skip
    activity = models.ForeignKey(
        "roadmap.RoadmapActivity",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="мероприятие дорожной карты",
    )

    class Meta:
        verbose_name = "событие"
        verbose_name_plural = "события"
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["organization", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="event_period",
                violation_error_message="Событие заканчивается раньше, чем начинается.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.organization.slug, self.pk])


class EventParticipant(OwnedModel):
    """A person at an event: invited or signed up, then present or not (None: not marked yet)."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participants")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="events")
    invited = models.BooleanField("приглашён(а)", default=False)
    signed_up_at = models.DateTimeField("записался(ась)", null=True, blank=True)
    attended = models.BooleanField("был(а)", null=True, blank=True)

    class Meta:
        verbose_name = "участник события"
        verbose_name_plural = "участники событий"
        ordering = ["person__last_name", "person__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="event_person_once",
                violation_error_message="Этот человек уже в списке.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.person}"


class EventFile(OwnedModel):
    """A photo, a scenario or another file of an event."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "фотография"
        SCENARIO = "scenario", "сценарий, презентация"
        OTHER = "other", "другой файл"

    event = models.ForeignKey(Event, models.CASCADE, related_name="files")
    kind = models.CharField("что это", max_length=8, choices=Kind, default=Kind.OTHER)
    stored = models.ForeignKey("people.StoredFile", models.PROTECT, related_name="+")
    title = models.CharField("подпись", max_length=200, blank=True)
    people_marked = models.BooleanField("люди отмечены", default=False)
    people = models.ManyToManyField("people.Person", blank=True, related_name="event_photos")

    class Meta:
        verbose_name = "файл события"
        verbose_name_plural = "файлы событий"
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()
