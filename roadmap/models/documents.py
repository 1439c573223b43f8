"""Papers with approval and a number: document, its frozen editions, annexes, stamps, files."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from mentoring.core.tenancy import OwnedModel, OwnedQuerySet
from roadmap.kinds import KINDS, Kind, Register, full_title


def publishable_kinds() -> list[str]:
    return [kind.code for kind in KINDS.values() if kind.publishable]


class DocumentQuerySet(OwnedQuerySet):
    def in_force(self) -> "DocumentQuerySet":
        return self.filter(state=Document.State.IN_FORCE)

    def publishable(self) -> "DocumentQuerySet":
        """In force and of a kind that may be public; no other filter opens a document."""
        return self.in_force().filter(kind__in=publishable_kinds())


class Document(OwnedModel):
    """One paper through its life draft → review → approved → in_force → replaced | cancelled."""

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        REVIEW = "review", "на утверждении"
        APPROVED = "approved", "утверждён, ждёт подписи"
        IN_FORCE = "in_force", "действует"
        REPLACED = "replaced", "заменён"
        CANCELLED = "cancelled", "отменён"

    kind = models.CharField("вид", max_length=40)
    title = models.CharField("заголовок", max_length=400)
    roadmap = models.ForeignKey(
        "roadmap.Roadmap", models.PROTECT, null=True, blank=True, related_name="documents"
    )
    values = models.JSONField("данные", default=dict, blank=True)
    body = models.TextField("текст", blank=True)
    body_edited = models.BooleanField("текст правили", default=False)
    state = models.CharField("состояние", max_length=10, choices=State, default=State.DRAFT)
    register = models.CharField("журнал", max_length=12, choices=Register)
    number = models.CharField("номер", max_length=40, blank=True)
    number_period = models.PositiveSmallIntegerField("год номера", null=True, blank=True)
    dated_on = models.DateField("дата документа", null=True, blank=True)
    signatory = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    signatory_post = models.CharField("должность подписавшего", max_length=120, blank=True)
    check_code = models.CharField("код проверки", max_length=32, unique=True)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="взамен",
    )
    cancelled_reason = models.CharField("причина отмены", max_length=300, blank=True)
    from_paper = models.BooleanField("подписан до портала", default=False)
    event = models.ForeignKey(
        "roadmap.Event", models.SET_NULL, null=True, blank=True, related_name="papers",
        verbose_name="событие",
    )  # fmt: skip
    created_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = DocumentQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["body"])

    class Meta:
        verbose_name = "документ"
        verbose_name_plural = "документы"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["organization", "state", "kind"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "register", "number_period", "number"],
                # Papers signed before the portal may contradict each other: that is told, not forbidden.
                condition=~Q(number="") & Q(from_paper=False),
                name="document_number_unique",
                violation_error_message="Этот номер в журнале за год уже занят. Укажите другой.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "review", "cancelled"])
                | Q(dated_on__isnull=False, signatory__isnull=False),
                name="document_approved_has_date_and_signatory",
                violation_error_message="У утверждённого документа должны быть дата и подписавший.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_title

    @property
    def full_title(self) -> str:
        """«Положение о системе …»: the title with the kind's word where it needs one."""
        return full_title(self.kind, self.title)

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.organization.slug, self.pk])

    @property
    def kind_info(self) -> Kind:
        return KINDS[self.kind]


class Edition(OwnedModel):
    """Canonical text frozen when the document is sent for approval; never changed."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="editions")
    no = models.PositiveSmallIntegerField("редакция")
    title = models.CharField(max_length=400)
    body = models.TextField()
    data = models.JSONField(default=dict)
    annexes = models.JSONField(default=list)
    basis = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "редакция"
        verbose_name_plural = "редакции"
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["document", "no"], name="edition_no_unique")]


class DocumentFile(OwnedModel):
    """A PDF written once; a later number gives a further file, the earlier ones stay."""

    class Rendition(models.TextChoices):
        OFFICIAL = "official", "подлинник"
        PUBLIC = "public", "для сайта"

    document = models.ForeignKey(Document, models.CASCADE, related_name="files")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    rendition = models.CharField(max_length=8, choices=Rendition)
    stored = models.ForeignKey("people.StoredFile", models.PROTECT, related_name="+")
    file_hash = models.CharField(max_length=64)
    # What the PDF was drawn from: Word is made of it and so never drifts from the kept file.
    html = models.TextField(default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "файл документа"
        verbose_name_plural = "файлы документа"
        ordering = ["pk"]  # not by time: a clock set back must not make an older file the valid one


class Annex(OwnedModel):
    """A document approved by an order as its numbered annex (R-106)."""

    order_document = models.ForeignKey(Document, models.CASCADE, related_name="annexes")
    document = models.OneToOneField(Document, models.PROTECT, related_name="annexed_to")
    number = models.PositiveSmallIntegerField("номер приложения")

    class Meta:
        verbose_name = "приложение"
        verbose_name_plural = "приложения"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["order_document", "number"],
                name="annex_number_unique",
                violation_error_message="Приложение с таким номером уже есть.",
            )
        ]


class Basis(OwnedModel):
    """A document of another body on which ours rests (law, regional order, minutes)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="bases")
    text = models.CharField("документ-основание", max_length=500)
    norm = models.ForeignKey(
        "roadmap.Norm", models.SET_NULL, null=True, blank=True, related_name="bases",
        verbose_name="акт библиотеки",
    )  # fmt: skip
    dated_on = models.DateField("дата основания", null=True, blank=True)

    class Meta:
        verbose_name = "основание"
        verbose_name_plural = "основания"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Stamp(OwnedModel):
    """ПРИНЯТО, УЧТЕНО МНЕНИЕ, СОГЛАСОВАНО, УТВЕРЖДЕНО with body, minutes and date (R-119)."""

    class Word(models.TextChoices):
        ADOPTED = "adopted", "ПРИНЯТО"
        OPINION = "opinion_considered", "УЧТЕНО МНЕНИЕ"
        AGREED = "agreed", "СОГЛАСОВАНО"
        APPROVED = "approved", "УТВЕРЖДЕНО"

    document = models.ForeignKey(Document, models.CASCADE, related_name="stamps")
    word = models.CharField("гриф", max_length=20, choices=Word)
    body_name = models.CharField("кем: орган", max_length=300)
    minutes_number = models.CharField("протокол №", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("год", null=True, blank=True)
    month = models.PositiveSmallIntegerField("месяц", null=True, blank=True)
    day = models.PositiveSmallIntegerField("день", null=True, blank=True)
    sort_index = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "гриф"
        verbose_name_plural = "грифы"
        ordering = ["sort_index", "pk"]


class KindSetting(OwnedModel):
    """What a school decided for a kind: its register, its chain, stricter signature records."""

    kind = models.CharField("вид документа", max_length=40)
    register = models.CharField("журнал", max_length=12, choices=Register, blank=True)
    chain = models.JSONField("шаги утверждения", null=True, blank=True)
    records = models.JSONField("какие подписи засчитываются", null=True, blank=True)

    class Meta:
        verbose_name = "настройка вида документа"
        verbose_name_plural = "настройки видов документов"
        constraints = [
            models.UniqueConstraint(fields=["organization", "kind"], name="kind_setting_unique")
        ]

    def __str__(self) -> str:
        return KINDS[self.kind].title if self.kind in KINDS else self.kind
