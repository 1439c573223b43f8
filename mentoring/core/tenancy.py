"""Every row of a school carries its owner; queries start from `.of(organization)`."""

from django.core.exceptions import ValidationError
from django.db import models


class OwnedQuerySet(models.QuerySet):
    """Queryset of rows that belong to one organization."""

    def of(self, organization) -> "OwnedQuerySet":
        """Rows of one owner; given as a row itself, it is theirs without another query or a join."""
        rows = self.filter(organization=organization)
        owner = self.model._meta.get_field("organization")
        if isinstance(organization, owner.related_model):
            # As the manager of a reverse link does it for its own rows.
            rows._known_related_objects = {**rows._known_related_objects, owner: {organization.pk: organization}}  # fmt: skip
        return rows

    def only(self, *fields) -> "OwnedQuerySet":
        """With the number of the owner, which rows of an owner are asked for as they are made."""
        return super().only("organization", *fields)


class OwnedModel(models.Model):
    """Abstract base: the owner, and the check that linked rows have the same owner."""

    organization = models.ForeignKey(
        "people.Organization", models.PROTECT, related_name="+", verbose_name="организация"
    )

    # Links that lead to another owner on purpose: what a school answers to an authority.
    CROSSING: frozenset[str] = frozenset()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        for field in self._foreign_links():
            linked = getattr(self, field.name)
            if linked is not None and linked.organization_id != self.organization_id:
                message = "Эта запись принадлежит другой организации. Выберите свою."
                raise ValidationError({field.name: message})

    def _foreign_links(self):
        """Foreign keys with a value that lead to owned rows (each costs a query if not loaded)."""
        for field in self._meta.concrete_fields:
            model = field.related_model
            if not field.many_to_one and not field.one_to_one:
                continue
            if field.name in self.CROSSING or not issubclass(model, OwnedModel):
                continue
            if getattr(self, field.attname) is not None:
                yield field
