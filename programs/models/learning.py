"""Learning: School of Mentors, courses elsewhere, materials (R-217, R-240, R-403…R-409)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mentoring.core.tenancy import OwnedModel
from people.models import Person


class Training(OwnedModel):
    """What a mentor or mentee learnt, with hours and a document."""

    class Kind(models.TextChoices):
        COURSE = "course", "курсы повышения квалификации"
        INTERNSHIP = "internship", "стажировка"
        SCHOOL = "mentor_school", "Школа наставников"
        CONSULTATION = "consultation", "консультация"
        INDUCTION = "induction", "установочная сессия"
        SEMINAR = "seminar", "семинар, вебинар"

    person = models.ForeignKey(Person, models.PROTECT, related_name="trainings")
    kind = models.CharField("что", max_length=13, choices=Kind)
    title = models.CharField("тема", max_length=300)
    provider = models.CharField("где", max_length=300, blank=True)
    hours = models.PositiveSmallIntegerField("часов", null=True, blank=True)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    paper = models.CharField("документ", max_length=200, blank=True, help_text="Вид, номер и дата.")
    scan = models.ForeignKey("people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")  # fmt: skip
    school = models.ForeignKey("programs.MentorSchool", models.SET_NULL, null=True, blank=True, related_name="trainings")  # fmt: skip

    class Meta:
        verbose_name = "обучение"
        verbose_name_plural = "обучение"
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="training_period",
                violation_error_message="Обучение заканчивается раньше, чем начинается.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class MentorSchool(OwnedModel):
    """School of Mentors: a programme of sessions by order, attendance, a certificate (R-404, R-405)."""

    class State(models.TextChoices):
        DRAFT = "draft", "готовится"
        OPEN = "open", "идёт"
        CLOSED = "closed", "завершена"

    title = models.CharField("название", max_length=200)
    purpose = models.TextField("зачем", blank=True)
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="руководитель Школы")  # fmt: skip
    pass_share = models.PositiveSmallIntegerField("сертификат при посещении, %", default=70)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    document = models.ForeignKey("roadmap.Document", models.PROTECT, null=True, blank=True, related_name="mentor_schools")  # fmt: skip

    class Meta:
        verbose_name = "Школа наставников"
        verbose_name_plural = "Школы наставников"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mentor_school", args=[self.organization.slug, self.pk])


class SchoolSession(OwnedModel):
    """One session of the schedule."""

    school = models.ForeignKey(MentorSchool, models.CASCADE, related_name="sessions")
    held_on = models.DateField("дата")
    topic = models.CharField("тема", max_length=300)
    hours = models.PositiveSmallIntegerField("часов", default=2)
    lecturer = models.CharField("кто ведёт", max_length=200, blank=True)

    class Meta:
        verbose_name = "занятие Школы"
        verbose_name_plural = "занятия Школы"
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return self.topic


class SchoolListener(OwnedModel):
    school = models.ForeignKey(MentorSchool, models.CASCADE, related_name="listeners")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    attended = models.ManyToManyField(SchoolSession, blank=True, related_name="visitors")

    class Meta:
        verbose_name = "слушатель Школы"
        verbose_name_plural = "слушатели Школы"
        ordering = ["person__last_name", "person__first_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["school", "person"], name="school_listener_once")]  # fmt: skip


class MaterialFolder(OwnedModel):
    """A folder of the library (R-103)."""

    title = models.CharField("название папки", max_length=200)

    class Meta:
        verbose_name = "папка материалов"
        verbose_name_plural = "папки материалов"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "title"], name="material_folder_once",
                violation_error_message="Такая папка уже есть.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Material(OwnedModel):
    """A material of the library: a file or a link, in a folder, with tags (R-103, R-104, R-403)."""

    title = models.CharField("название", max_length=300)
    note = models.TextField("о чём", blank=True)
    link = models.URLField("ссылка", blank=True)
    file = models.ForeignKey("people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")  # fmt: skip
    folder = models.ForeignKey(
        MaterialFolder, models.PROTECT, null=True, blank=True, related_name="materials",
        verbose_name="папка",
    )  # fmt: skip
    is_template = models.BooleanField("шаблон документа", default=False)
    tags = models.JSONField("метки", default=list, blank=True)
    for_mentees = models.BooleanField("и наставляемым", default=True)
    added_on = models.DateField("добавлен")

    class Meta:
        verbose_name = "материал"
        verbose_name_plural = "материалы"
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class MaterialReading(OwnedModel):
    """«Изучено»: who has read a material, and when."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="read_by")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    read_on = models.DateField("изучен")

    class Meta:
        verbose_name = "изучение материала"
        verbose_name_plural = "изучение материалов"
        constraints = [models.UniqueConstraint(fields=["material", "person"], name="material_reading_once")]  # fmt: skip
