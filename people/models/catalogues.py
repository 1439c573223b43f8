"""A school's own words in the common catalogues (R-127, R-128, R-320)."""

from django.db import models

from mentoring.core.tenancy import OwnedModel


class Catalogue(models.TextChoices):
    FORM = "form", "формы наставничества"
    KIND = "kind", "виды наставничества"
    DIRECTION = "direction", "направления"
    DIFFICULTY = "difficulty", "затруднения"
    STRENGTH = "strength", "сильные стороны"
    COMPETENCE = "competence", "компетенции наставника"


class CatalogueEntry(OwnedModel):
    """An item added, renamed or hidden by the school; the usual items stand in fixtures/catalogues.json.

    Other rows keep the `code`, so that a renamed item is renamed everywhere.
    """

    catalogue = models.CharField("справочник", max_length=12, choices=Catalogue)
    code = models.SlugField("код", max_length=60)
    title = models.CharField("название", max_length=200)
    direction = models.SlugField("направление", max_length=60, blank=True)
    sort_index = models.PositiveSmallIntegerField("место в списке", default=500)
    hidden = models.BooleanField("скрыт", default=False)

    class Meta:
        verbose_name = "запись справочника"
        verbose_name_plural = "справочники"
        ordering = ["catalogue", "sort_index", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "catalogue", "code"],
                name="catalogue_entry_once",
                violation_error_message="Такая запись в справочнике уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title
