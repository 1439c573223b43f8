"""Pupils and their legal representatives; an option of the school (R-303, R-307, N-5)."""

import datetime as dt

from django.db import models

from mentoring.core.tenancy import OwnedModel
from people.models.persons import full_years


class PupilCard(OwnedModel):
    """What the portal keeps about a pupil beside the name."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="pupil")
    school_class = models.CharField("класс", max_length=20)
    birth_date = models.DateField("дата рождения")

    class Meta:
        verbose_name = "карточка обучающегося"
        verbose_name_plural = "карточки обучающихся"

    def __str__(self) -> str:
        return f"{self.person}, {self.school_class}"

    def age_on(self, day: dt.date) -> int:
        return full_years(self.birth_date, day)


class LegalRepresentative(OwnedModel):
    """Parent or guardian of a pupil: no account, a personal link to read and a blank to sign."""

    class Kind(models.TextChoices):
        PARENT = "parent", "родитель"
        ADOPTER = "adopter", "усыновитель"
        GUARDIAN = "guardian", "опекун или попечитель"
        OTHER = "other", "иной законный представитель"

    pupil = models.ForeignKey("people.Person", models.PROTECT, related_name="representatives")
    last_name = models.CharField("фамилия", max_length=80)
    first_name = models.CharField("имя", max_length=80)
    patronymic = models.CharField("отчество", max_length=80, blank=True)
    sex = models.CharField("пол", max_length=1, choices=[("m", "мужской"), ("f", "женский")])
    kind = models.CharField("кем приходится", max_length=10, choices=Kind, default=Kind.PARENT)
    basis = models.CharField(
        "основание",
        max_length=200,
        help_text="Например: свидетельство о рождении, постановление об опеке. Номер не нужен.",
    )
    phone = models.CharField("телефон", max_length=40, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    archived = models.BooleanField("больше не представляет", default=False)
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    token_expires_on = models.DateField("ссылка действует по", null=True, blank=True)

    class Meta:
        verbose_name = "законный представитель"
        verbose_name_plural = "законные представители"
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.last_name, self.first_name, self.patronymic]))
