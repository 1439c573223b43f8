"""The collection of practices (R-215, R-712)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from mentoring.core.tenancy import OwnedModel
from people.models import Person
from programs.models.programs import Program, ProgramState


class Practice(OwnedModel):
    """A practice worth handing on; `published` needs a completed programme where it came from one (R-907)."""

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        COLLECTED = "collected", "в копилке"
        BEST = "best", "лучший опыт"

    title = models.CharField("название", max_length=300)
    program = models.ForeignKey(Program, models.PROTECT, null=True, blank=True, related_name="practices")  # fmt: skip
    task = models.TextField("какую задачу решали", blank=True)
    method = models.TextField("что делали", blank=True)
    outcome = models.TextField("что получилось", blank=True)
    advice = models.TextField("что нужно, чтобы повторить", blank=True)
    directions = models.JSONField("направления", default=list, blank=True)
    authors = models.ManyToManyField(Person, through="programs.PracticeAuthor", related_name="practices")  # fmt: skip
    nominated = models.BooleanField("выдвинута на лучший опыт", default=False)
    state = models.CharField("состояние", max_length=9, choices=State, default=State.DRAFT)
    published = models.BooleanField("на сайте", default=False)
    made_on = models.DateField("составлена")

    class Meta:
        verbose_name = "практика"
        verbose_name_plural = "методическая копилка"
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self):
        super().clean()
        if self.published and self.program and self.program.state != ProgramState.COMPLETED:
            raise ValidationError({"published": "Опыт публикуют после завершения программы."})

    def get_absolute_url(self) -> str:
        return reverse("practice", args=[self.organization.slug, self.pk])


class PracticeAuthor(OwnedModel):
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="author_rows")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "автор практики"
        verbose_name_plural = "авторы практик"
        constraints = [models.UniqueConstraint(fields=["practice", "person"], name="practice_author_once")]  # fmt: skip


class PracticeFile(OwnedModel):
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="files")
    stored = models.ForeignKey("people.StoredFile", models.PROTECT, related_name="+")
    title = models.CharField("что в файле", max_length=200, blank=True)

    class Meta:
        verbose_name = "файл практики"
        verbose_name_plural = "файлы практик"
        ordering = ["pk"]
