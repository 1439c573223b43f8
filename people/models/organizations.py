"""The school (or kindergarten, centre, authority) with the requisites its papers print."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords


class Organization(models.Model):
    """Owner of every row; its requisites feed every paper (R-914)."""

    class Type(models.TextChoices):
        SCHOOL = "school", "школа, лицей, гимназия"
        KINDERGARTEN = "kindergarten", "детский сад"
        ADDITIONAL = "additional_education", "дополнительное образование"
        COLLEGE = "college", "колледж"
        AUTHORITY = "authority", "орган управления образованием"

    class HeadTitle(models.TextChoices):
        DIRECTOR = "директор", "директор"
        MANAGER = "заведующий", "заведующий"

    class MenteeTerm(models.TextChoices):
        MENTEE = "наставляемый", "наставляемый"
        TRAINEE = "стажёр", "стажёр"
        WARD = "подшефный", "подшефный"

    class NumberYear(models.TextChoices):
        CALENDAR = "calendar", "календарный год"
        SCHOOL = "school", "учебный год"

    slug = models.SlugField("адрес в портале", unique=True)
    full_name = models.CharField("полное наименование", max_length=400)
    short_name = models.CharField("краткое наименование", max_length=160)
    name_forms = models.JSONField(
        "наименование в падежах",
        default=dict,
        blank=True,
        help_text="Заполняйте, только если портал склоняет неверно: {«gent»: «…»}.",
    )
    institution_type = models.CharField("вид организации", max_length=24, choices=Type)
    founder = models.CharField("учредитель или орган управления", max_length=400, blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    place = models.CharField("место издания документов", max_length=120, blank=True)
    phone = models.CharField("телефон", max_length=80, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    site = models.CharField("официальный сайт", max_length=120, blank=True)
    inn = models.CharField("ИНН", max_length=12, blank=True)
    ogrn = models.CharField("ОГРН", max_length=15, blank=True)
    head_title = models.CharField(
        "должность руководителя", max_length=24, choices=HeadTitle, default=HeadTitle.DIRECTOR
    )
    mentee_term = models.CharField(
        "как называть наставляемого", max_length=24, choices=MenteeTerm, default=MenteeTerm.MENTEE
    )

    has_trade_union = models.BooleanField("есть первичная профсоюзная организация", default=False)
    works_with_pupils = models.BooleanField("наставничество обучающихся", default=False)
    addendum_required = models.BooleanField(
        "дополнительное соглашение с наставником (ТК РФ, ст. 351.8)", default=True
    )
    simple_signature_allowed = models.BooleanField(
        "простая электронная подпись введена локальным актом", default=False
    )
    simple_signature_basis = models.CharField(
        "локальный акт о простой электронной подписи",
        max_length=200,
        blank=True,
        help_text="Например: приказ от 01.09.2026 № 12. Заполняется сам, когда вступает в силу приказ портала.",
    )
    mentor_min_teaching_years = models.PositiveSmallIntegerField(
        "педагогический стаж наставника, не меньше лет", default=3
    )
    mentor_min_here_years = models.PositiveSmallIntegerField(
        "стаж наставника в организации, не меньше лет", default=1
    )
    mentor_category_required = models.BooleanField(
        "наставник имеет квалификационную категорию", default=False
    )
    mentee_duty_consent = models.BooleanField(
        "согласие на дополнительные обязанности и от наставляемых", default=True
    )
    anonymous_minimum = models.PositiveSmallIntegerField(
        "анонимная сводка не меньше чем из ответов",
        default=5,
        validators=[MinValueValidator(3)],
    )
    pupils_have_accounts = models.BooleanField("обучающиеся входят в портал", default=False)
    roles_with_second_factor = models.JSONField(
        "кому нужно второе подтверждение входа", default=list, blank=True
    )
    year_confirmed_on = models.DateField(
        "сведения на учебный год подтверждены", null=True, blank=True
    )
    head_approves_programs = models.BooleanField("программы утверждает руководитель", default=False)
    program_min_months = models.PositiveSmallIntegerField("программа не короче, мес.", default=3)
    program_max_months = models.PositiveSmallIntegerField("программа не дольше, мес.", default=12)
    mentor_capacity = models.PositiveSmallIntegerField(
        "наставляемых у одного наставника, не больше", default=3, validators=[MinValueValidator(1)]
    )
    notice_days = models.PositiveSmallIntegerField(
        "срок предупреждения об отказе, рабочих дней",
        default=3,
        validators=[MinValueValidator(3), MaxValueValidator(60)],
        help_text="Не меньше трёх рабочих дней (ТК РФ, ст. 351.8).",
    )
    number_year = models.CharField(
        "номера документов уникальны за",
        max_length=10,
        choices=NumberYear,
        default=NumberYear.CALENDAR,
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        ordering = ["short_name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(program_max_months__gte=models.F("program_min_months")),
                name="organization_program_months",
                violation_error_message="Наибольший срок программы меньше наименьшего.",
            )
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("home", args=[self.slug])
