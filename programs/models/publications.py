"""The public section of a school: how it looks, what is published, who stands in it, archives given to the site."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from mentoring.core.rich_text import sanitise
from mentoring.core.tenancy import OwnedModel, OwnedQuerySet
from people.models import Person
from programs.models.awards import Award
from programs.models.programs import Program, ProgramState

COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Укажите цвет вида #0b5a66.")
UNFINISHED = "Результат публикуют после завершения программы (Положение, раздел 8)."


class PublicSection(OwnedModel):
    """One row a school: title, look, order of blocks, where it may be embedded (R-901).

    `blocks`: [{"code", "title", "hidden"}] in order, codes of `programs/publication/blocks.py`; what is missing stands last
    with its usual title. `parents`: origins that may show it in a frame, «https://school.example».
    `page_address`: the section in the portal; `site_address`: the school's own page where it is embedded or unpacked. A person
    is shown at an address only if the consent names that address.
    """

    class Theme(models.TextChoices):
        CALM = "calm", "спокойное"
        CONTRAST = "contrast", "строгое"
        WARM = "warm", "тёплое"

    title = models.CharField("заголовок раздела", max_length=120, default="Наставничество")
    intro = models.TextField("о программе", blank=True)
    contacts = models.TextField("контакты", blank=True)
    opened = models.BooleanField("раздел открыт", default=True)
    theme = models.CharField("оформление", max_length=8, choices=Theme, default=Theme.CALM)
    accent = models.CharField("цвет школы", max_length=7, blank=True, validators=[COLOUR])
    blocks = models.JSONField("блоки", default=list, blank=True)
    parents = models.JSONField("сайты, где раздел встроен", default=list, blank=True)
    page_address = models.ForeignKey(
        "people.PublicAddress", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="адрес раздела в портале"
    )  # fmt: skip
    site_address = models.ForeignKey(
        "people.PublicAddress", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="страница на сайте школы"
    )  # fmt: skip

    history = HistoricalRecords()

    class Meta:
        verbose_name = "публичный раздел"
        verbose_name_plural = "публичный раздел"
        constraints = [models.UniqueConstraint(fields=["organization"], name="public_section_once")]


class PublicationQuerySet(OwnedQuerySet):
    def shown_on(self, day) -> "PublicationQuerySet":
        """Published, their day has come and their term is not over."""
        over = Q(until=None) | Q(until__gte=day)
        return self.filter(over, state=Publication.State.PUBLISHED, publish_on__lte=day)


class Publication(OwnedModel):
    """News, an announcement, a photo report or the result of a completed programme (R-906, R-907, R-911, R-913).

    In `body` the mark {1} stands for the first person of `marks`: the name where the consent allows, else `instead`.
    """

    class Kind(models.TextChoices):
        NEWS = "news", "новость"
        ANNOUNCEMENT = "announcement", "анонс"
        PHOTO_REPORT = "photo_report", "фотоотчёт"
        RESULT = "result", "результат программы"

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        PUBLISHED = "published", "опубликовано"
        WITHDRAWN = "withdrawn", "снято с сайта"

    kind = models.CharField("вид", max_length=12, choices=Kind, default=Kind.NEWS)
    title = models.CharField("заголовок", max_length=200)
    lead = models.CharField("коротко", max_length=300, blank=True)
    body = models.TextField("текст", blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    publish_on = models.DateField("опубликовать")
    until = models.DateField("показывать по", null=True, blank=True)
    author = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="автор")  # fmt: skip
    stage = models.ForeignKey("roadmap.RoadmapStage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="этап дорожной карты")  # fmt: skip
    event = models.ForeignKey("roadmap.Event", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="событие")  # fmt: skip
    program = models.ForeignKey(Program, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name="программа")  # fmt: skip
    postings = models.ManyToManyField("roadmap.Posting", blank=True, related_name="publications", verbose_name="где ещё вышло")  # fmt: skip
    created_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PublicationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "публикация"
        verbose_name_plural = "публикации"
        ordering = ["-publish_on", "-pk"]
        indexes = [models.Index(fields=["organization", "state", "publish_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("publish_on")), name="publication_period",
                violation_error_message="Показ заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="result") | Q(program__isnull=False), name="publication_result_has_program",
                violation_error_message="Выберите завершённую программу.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def clean(self):
        """The result of a running programme cannot be published by any door (R-907); the text is harmless by all of them."""
        super().clean()
        self.body = sanitise(self.body)
        if self.program and self.program.state != ProgramState.COMPLETED:
            raise ValidationError({"program": UNFINISHED})

    def get_absolute_url(self) -> str:
        return reverse("publication", args=[self.organization.slug, self.pk])


class PublicationMark(OwnedModel):
    """A person named in a publication: {number} in its text; `instead` stands where the name may not."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="marks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("номер отметки")
    instead = models.CharField("как назвать без имени", max_length=120, default="педагог")

    class Meta:
        verbose_name = "человек в публикации"
        verbose_name_plural = "люди в публикации"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="publication_mark_number"),
            models.UniqueConstraint(fields=["publication", "person"], name="publication_mark_person"),
        ]  # fmt: skip


class PublicationPhoto(OwnedModel):
    """A photo, re-encoded and without metadata; not shown until somebody said who can be recognised (R-911)."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="photos")
    stored = models.ForeignKey("people.StoredFile", models.PROTECT, related_name="+")
    alt = models.CharField("что на снимке", max_length=200)
    people = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name="кого можно узнать")  # fmt: skip
    people_marked = models.BooleanField("люди отмечены", default=False)
    sort_index = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "фотография"
        verbose_name_plural = "фотографии"
        ordering = ["sort_index", "pk"]


class HonourEntry(OwnedModel):
    """A person on the honour board: name, post and photo each only with its own consent (R-910)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="honours")
    award = models.ForeignKey(Award, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="поощрение")  # fmt: skip
    merit = models.CharField("за что", max_length=300)
    photo = models.ForeignKey("people.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")  # fmt: skip
    since = models.DateField("показывать с")
    until = models.DateField("показывать по", null=True, blank=True)
    sort_index = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "запись доски почёта"
        verbose_name_plural = "доска почёта"
        ordering = ["sort_index", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "person"], name="honour_entry_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="honour_entry_period",
                violation_error_message="Показ заканчивается раньше, чем начинается.",
            ),
        ]  # fmt: skip


class SiteArchive(OwnedModel):
    """A zip of the section that was taken to a site; who is in it must be removed there by hand when a consent ends."""

    stored = models.ForeignKey("people.StoredFile", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    with_people = models.BooleanField("с именами и фотографиями", default=False)
    people = models.ManyToManyField(Person, blank=True, related_name="+")
    replace_by = models.DateField("заменить на сайте до", null=True, blank=True)
    replaced_on = models.DateField("заменён на сайте", null=True, blank=True)

    class Meta:
        verbose_name = "архив раздела"
        verbose_name_plural = "архивы раздела"
        ordering = ["-made_at", "-pk"]
