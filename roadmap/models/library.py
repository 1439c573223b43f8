"""The library of norms: acts, where they stand, who has studied them (R-101, R-238)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from mentoring.core.tenancy import OwnedModel


class Norm(OwnedModel):
    """An act with its requisites; `code` names one of the starter set, so a fact can ask for it."""

    class Level(models.TextChoices):
        FEDERAL = "federal", "федеральный"
        REGIONAL = "regional", "региональный"
        MUNICIPAL = "municipal", "муниципальный"
        LOCAL = "local", "локальный"

    code = models.SlugField(max_length=60, blank=True)
    level = models.CharField("уровень", max_length=9, choices=Level, default=Level.FEDERAL)
    kind = models.CharField("вид акта", max_length=80, help_text="Например: приказ, письмо, закон.")
    issuer = models.CharField("кем принят", max_length=300, blank=True)
    number = models.CharField("номер", max_length=60, blank=True)
    dated_on = models.DateField("дата", null=True, blank=True)
    title = models.CharField("название", max_length=600)
    note = models.TextField("о чём и что важно", blank=True)
    link = models.URLField("ссылка", max_length=400, blank=True)
    file = models.ForeignKey(
        "people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField("утратил силу", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces",
        verbose_name="заменён актом",
    )  # fmt: skip
    for_mentees = models.BooleanField("обязателен для наставляемых", default=False)
    for_mentors = models.BooleanField("обязателен для наставников", default=False)

    class Meta:
        verbose_name = "нормативный акт"
        verbose_name_plural = "нормативные акты"
        ordering = ["-dated_on", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "code"], condition=~Q(code=""), name="norm_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def requisites(self) -> str:
        """«Приказ Минпросвещения России от 25.12.2019 № Р-145»: as the list and a basis name it."""
        day = f"от {self.dated_on:%d.%m.%Y}" if self.dated_on else ""
        number = f"№ {self.number}" if self.number else ""
        words = " ".join(filter(None, [self.kind, self.issuer, day, number]))
        return words[:1].upper() + words[1:]

    def clean(self):
        super().clean()
        if self.replaced_by_id and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": "Акт не может заменить сам себя."})

    def get_absolute_url(self) -> str:
        return reverse("norm", args=[self.organization.slug, self.pk])


class NormStudy(OwnedModel):
    """«Изучено»: a person has studied an act."""

    norm = models.ForeignKey(Norm, models.CASCADE, related_name="studies")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="norm_studies")
    studied_on = models.DateField("изучен")

    class Meta:
        verbose_name = "изучение акта"
        verbose_name_plural = "изучение актов"
        constraints = [models.UniqueConstraint(fields=["norm", "person"], name="norm_study_once")]
