"""What a mentor adds in own words to the record for attestation."""

from django.db import models

from mentoring.core.tenancy import OwnedModel
from people.models import Person


class AttestationNote(OwnedModel):
    """«Дополнительно», one text a person; printed at the end of the record."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="attestation_note")
    text = models.TextField("дополнительно", max_length=3000, blank=True)

    class Meta:
        verbose_name = "дополнение к сведениям о наставничестве"
        verbose_name_plural = "дополнения к сведениям о наставничестве"

    def __str__(self) -> str:
        return f"Дополнение: {self.person.short_name}"
