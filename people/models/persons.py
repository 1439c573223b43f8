"""A person of the school: a worker, an external participant or a pupil."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from mentoring.core.keys import Key, moved
from mentoring.core.tenancy import OwnedModel, OwnedQuerySet


class PersonQuerySet(OwnedQuerySet):
    def active_on(self, day: dt.date) -> "PersonQuerySet":
        """Persons who are with the school on that day."""
        return self.filter(
            Q(employed_from=None) | Q(employed_from__lte=day),
            Q(employed_to=None) | Q(employed_to__gte=day),
        )

    def with_consent(self, *, on: dt.date | Key) -> "PersonQuerySet":
        """Persons with a valid consent to the use of their data on that day (R-306, R-307, R-316).

        For a pupil: under 14 the representative's, from 14 to 17 both; a consent given before 18
        ends with the 18th birthday (`valid_until`), after it the person's own fresh one counts.
        """
        own, representative = _consent("data", on), _consent("representative", on)
        born_14_ago = moved(on, lambda day: years_before(day, 14))
        born_18_ago = moved(on, lambda day: years_before(day, 18))
        return self.filter(
            (~Q(kind="pupil") & own)
            | Q(representative, kind="pupil", pupil__birth_date__gt=born_14_ago)
            | Q(
                representative,
                own,
                kind="pupil",
                pupil__birth_date__lte=born_14_ago,
                pupil__birth_date__gt=born_18_ago,
            )
            | Q(own, kind="pupil", pupil__birth_date__lte=born_18_ago)
        )


def _consent(kind: str, day: dt.date) -> Exists:
    from people.models.consents import Consent  # consents know persons, not the other way round

    return Exists(Consent.objects.valid_on(day).filter(person=OuterRef("pk"), kind=kind))


def years_before(day: dt.date, years: int) -> dt.date:
    """The same date some years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


class Person(OwnedModel):
    """Card of the staff list; its ground is labour law, not a consent."""

    class Kind(models.TextChoices):
        EMPLOYED = "employed", "работник"
        EXTERNAL = "external", "внешний участник"
        PUPIL = "pupil", "обучающийся"

    class Sex(models.TextChoices):
        MALE = "m", "мужской"
        FEMALE = "f", "женский"

    class Category(models.TextChoices):
        NONE = "", "нет"
        FIRST = "первая", "первая"
        HIGHEST = "высшая", "высшая"
        METHODIST = "педагог-методист", "педагог-методист"
        MENTOR = "педагог-наставник", "педагог-наставник"

    kind = models.CharField("кто", max_length=10, choices=Kind, default=Kind.EMPLOYED)
    last_name = models.CharField("фамилия", max_length=80)
    first_name = models.CharField("имя", max_length=80)
    patronymic = models.CharField("отчество", max_length=80, blank=True)
    sex = models.CharField("пол", max_length=1, choices=Sex)
    job_title = models.CharField("должность", max_length=200, blank=True)
    subject = models.CharField("предмет или возрастная группа", max_length=200, blank=True)
    institution = models.CharField(
        "место работы", max_length=300, blank=True, help_text="Только для внешнего участника."
    )
    email = models.EmailField("электронная почта", blank=True)
    phone = models.CharField("телефон", max_length=40, blank=True)
    employed_from = models.DateField("работает с", null=True, blank=True)
    employed_to = models.DateField("работает по", null=True, blank=True)
    new_in_post_since = models.DateField("впервые в должности с", null=True, blank=True)
    category = models.CharField(
        "категория", max_length=20, choices=Category, blank=True, default=Category.NONE
    )
    category_date = models.DateField("категория присвоена", null=True, blank=True)
    teaching_since = models.DateField("педагогический стаж с", null=True, blank=True)
    teaching_years = models.PositiveSmallIntegerField(
        "педагогический стаж, лет", null=True, blank=True
    )
    teaching_years_on = models.DateField("стаж указан на дату", null=True, blank=True)
    here_years = models.PositiveSmallIntegerField("стаж в организации, лет", null=True, blank=True)
    here_years_on = models.DateField("стаж в организации на дату", null=True, blank=True)
    working_hours = models.CharField(
        "часы работы", max_length=200, blank=True,
        help_text="Например: пн–чт 8:00–14:00, пт 8:00–12:00. Портал предупредит о встрече в это время.",
    )  # fmt: skip
    birth_year = models.PositiveSmallIntegerField("год рождения", null=True, blank=True)
    anonymised_on = models.DateField("обезличено", null=True, blank=True, editable=False)
    name_forms = models.JSONField("ФИО в падежах", default=dict, blank=True)
    job_title_forms = models.JSONField("должность в падежах", default=dict, blank=True)

    objects = PersonQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "человек"
        verbose_name_plural = "сотрудники и участники"
        ordering = ["last_name", "first_name", "patronymic", "pk"]
        indexes = [models.Index(fields=["organization", "last_name"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(employed_to=None)
                | Q(employed_from=None)
                | Q(employed_to__gte=models.F("employed_from")),
                name="person_employment_period",
                violation_error_message="Дата увольнения раньше даты приёма.",
            ),
            models.CheckConstraint(
                condition=Q(teaching_years=None) | Q(teaching_years_on__isnull=False),
                name="person_teaching_years_dated",
                violation_error_message="Укажите, на какую дату посчитан стаж.",
            ),
            models.CheckConstraint(
                condition=Q(here_years=None) | Q(here_years_on__isnull=False),
                name="person_here_years_dated",
                violation_error_message="Укажите, на какую дату посчитан стаж в организации.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self):
        super().clean()
        if self.kind == self.Kind.EXTERNAL and not self.institution:
            raise ValidationError({"institution": "Укажите, где работает внешний участник."})

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.last_name, self.first_name, self.patronymic]))

    @property
    def short_name(self) -> str:
        """Surname and initials: «Ким А. С.»."""
        letters = [f"{part[0]}." for part in (self.first_name, self.patronymic) if part]
        return " ".join([self.last_name, *letters])

    def teaching_experience_on(self, day: dt.date) -> int | None:
        """Full years of teaching on that day; None when the card does not know."""
        return experience(self.teaching_since, self.teaching_years, self.teaching_years_on, day)

    def experience_here_on(self, day: dt.date) -> int | None:
        """Full years in this school on that day; stated years go before the date of employment."""
        start = None if self.here_years is not None else self.employed_from
        return experience(start, self.here_years, self.here_years_on, day)


def experience(
    start: dt.date | None, years: int | None, stated_on: dt.date | None, day: dt.date
) -> int | None:
    """Full years on a day from a start date, or from years stated on a date."""
    if start:
        return full_years(start, day)
    return years + full_years(stated_on, day) if years is not None else None


def full_years(start: dt.date, day: dt.date) -> int:
    """Full years between two dates; negative when `day` is before `start`."""
    return day.year - start.year - ((day.month, day.day) < (start.month, start.day))
