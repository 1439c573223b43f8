"""Partners, talks and letters with them, postings outside the school's site (R-134, R-205, R-206, R-216, R-909)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mentoring.core.tenancy import OwnedModel


class Partner(OwnedModel):
    """An organisation or network the school works with."""

    class Kind(models.TextChoices):
        REGIONAL_CENTRE = "regional_centre", "региональный наставнический центр"
        AUTHORITY = "authority", "орган управления образованием"
        EDUCATION = "education", "образовательная организация"
        UNIVERSITY = "university", "вуз, колледж"
        EMPLOYER = "employer", "работодатель, предприятие"
        NETWORK = "network", "сетевое или профессиональное сообщество"
        MEDIA = "media", "средство массовой информации"
        OTHER = "other", "другой партнёр"

    title = models.CharField("наименование", max_length=300)
    kind = models.CharField("кто это", max_length=16, choices=Kind, default=Kind.OTHER)
    head_name = models.CharField(
        "руководитель: фамилия, имя, отчество", max_length=200, blank=True,
        help_text="Для договора и благодарственного письма.",
    )  # fmt: skip
    head_post = models.CharField("должность руководителя", max_length=200, blank=True)
    contact = models.CharField("с кем связываться", max_length=200, blank=True)
    phone = models.CharField("телефон", max_length=80, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    site = models.URLField("сайт", max_length=300, blank=True)
    note = models.TextField("чем помогает", blank=True)
    archived = models.BooleanField("больше не работаем вместе", default=False)

    class Meta:
        verbose_name = "партнёр"
        verbose_name_plural = "партнёры"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "title"], name="partner_once",
                violation_error_message="Такой партнёр уже записан.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partner", args=[self.organization.slug, self.pk])


class Contact(OwnedModel):
    """One talk or letter with a partner, and what to do next."""

    class Way(models.TextChoices):
        LETTER = "letter", "письмо"
        CALL = "call", "звонок"
        MEETING = "meeting", "встреча"
        WEBINAR = "webinar", "вебинар, совещание"
        VISIT = "visit", "стажировка, визит"

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contacts")
    held_on = models.DateField("когда")
    way = models.CharField("как", max_length=8, choices=Way, default=Way.LETTER)
    subject = models.CharField("о чём", max_length=300)
    outcome = models.TextField("чем закончилось", blank=True)
    next_step = models.CharField("что дальше", max_length=300, blank=True)
    next_on = models.DateField("вернуться к этому", null=True, blank=True)
    done = models.BooleanField("сделано", default=False)
    noted_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "запись о контакте"
        verbose_name_plural = "журнал контактов"
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.subject


class Posting(OwnedModel):
    """Something published elsewhere about the school's mentoring: where, when, at which level."""

    class Level(models.TextChoices):
        SCHOOL = "school", "организация"
        MUNICIPAL = "municipal", "муниципальный"
        REGIONAL = "regional", "региональный"
        FEDERAL = "federal", "федеральный"

    class Outlet(models.TextChoices):
        SITE = "site", "сайт"
        SOCIAL = "social", "социальная сеть"
        MEDIA = "media", "средство массовой информации"
        PARTNER = "partner", "сайт партнёра"
        COLLECTION = "collection", "сборник, журнал"

    title = models.CharField("о чём", max_length=300)
    link = models.URLField("ссылка", max_length=500, blank=True)
    posted_on = models.DateField("когда вышло")
    level = models.CharField("уровень", max_length=9, choices=Level, default=Level.SCHOOL)
    outlet = models.CharField("где", max_length=10, choices=Outlet, default=Outlet.SOCIAL)
    place = models.CharField("название площадки", max_length=200, blank=True)
    partner = models.ForeignKey(
        Partner, models.SET_NULL, null=True, blank=True, related_name="postings"
    )
    event = models.ForeignKey(
        "roadmap.Event", models.SET_NULL, null=True, blank=True, related_name="postings"
    )
    stage = models.ForeignKey(
        "roadmap.RoadmapStage", models.SET_NULL, null=True, blank=True, related_name="postings",
        verbose_name="этап дорожной карты",
    )  # fmt: skip

    class Meta:
        verbose_name = "публикация вовне"
        verbose_name_plural = "публикации вовне"
        ordering = ["-posted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(link="") | ~Q(place=""), name="posting_somewhere",
                violation_error_message="Укажите ссылку или название площадки.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title
